import type { Finding } from '../../model/finding.ts';
import { type Change, timestamp, upsert } from './change.ts';
import type { StateStore } from './open-state.ts';

/** `openedAt` of a finding already known is not reset. Its endpoint is in the inventory, or comes in the same change set. */
export function upsertFindings(findings: readonly Finding[]): Change[] {
  return findings.map((finding) =>
    upsert(
      'findings',
      { fingerprint: finding.fingerprint },
      { after: columnsOf(finding), initial: { opened_at: timestamp(finding.openedAt) } },
    ),
  );
}

/** Every finding ever opened, resolved ones too, in order of fingerprint. */
export async function listFindings(store: StateStore): Promise<Finding[]> {
  const rows = await selectFindings(store).execute();
  return rows.map(findingOf);
}

function selectFindings(store: StateStore) {
  return store.db
    .selectFrom('findings as f')
    .innerJoin('endpoints as e', 'e.api_id', 'f.api_id')
    .selectAll('f')
    .select(['e.service', 'e.method', 'e.path'])
    .orderBy('f.fingerprint');
}

type FindingRow = Awaited<ReturnType<ReturnType<typeof selectFindings>['execute']>>[number];

function columnsOf(finding: Finding) {
  return {
    fingerprint_version: finding.fingerprintVersion,
    rule: finding.identity.rule,
    api_id: finding.identity.apiId,
    control: finding.control,
    title: finding.title,
    severity: finding.severity,
    state: finding.state,
    reason: finding.reason,
    remediation: finding.remediation,
    last_confirmed_at: timestamp(finding.lastConfirmedAt),
    resolved_at: finding.resolvedAt === undefined ? null : timestamp(finding.resolvedAt),
    evidence: finding.evidence,
  };
}

function findingOf(row: FindingRow): Finding {
  return {
    id: `STN-${row.fingerprint.slice(0, 12)}`,
    fingerprintVersion: row.fingerprint_version,
    fingerprint: row.fingerprint,
    identity: { rule: row.rule, apiId: row.api_id },
    endpoint: { apiId: row.api_id, service: row.service, method: row.method, path: row.path },
    control: row.control,
    title: row.title,
    severity: row.severity,
    state: row.state,
    reason: row.reason,
    remediation: row.remediation,
    openedAt: row.opened_at,
    lastConfirmedAt: row.last_confirmed_at,
    ...(row.resolved_at !== null && { resolvedAt: row.resolved_at }),
    evidence: row.evidence,
  };
}
