import { z } from 'zod';
import { DATA_TYPES } from './data-type.ts';
import { CLASSIFICATIONS, EXPOSURES, LIFECYCLES } from './endpoint.ts';
import { SEVERITIES } from './severity.ts';
import { CONTROLS, VERDICT_KINDS } from './verdict.ts';

/** Raised when a key is removed or changes meaning; new keys do not raise it. */
export const REPORT_SCHEMA_VERSION = '1.0';

const count = z.int().nonnegative();
const timestamp = z.iso.datetime().describe('RFC 3339, UTC');
const bands = ['critical', 'high', 'medium', 'low', 'unknown'] as const;

const rejectedSchema = z
  .strictObject({
    count,
    examples: z.array(z.string()).max(3).describe('the first three lines, masked: letters x, digits 9'),
  })
  .meta({ id: 'Rejected' });

const inputSchema = z
  .strictObject({
    path: z.string(),
    format: z
      .string()
      .describe('formats recognised, joined by `+`; `openapi` for specs; empty when unreadable'),
    document: z
      .string()
      .optional()
      .describe('the kind of document that held the records, when they were no lines'),
    wrappers: z.array(z.string()).optional().describe('what was taken off around the records'),
    possibleFormats: z.array(z.string()).optional().describe('of lines that could be of several formats'),
    read: count,
    accepted: count,
    duplicate: count,
    blank: count,
    rejected: z.record(z.string(), rejectedSchema),
    problem: z.string().optional().describe('why the input could not be read, or not to its end'),
  })
  .meta({ id: 'Input' });

const lineReferenceSchema = z.strictObject({ input: z.string(), line: z.int().positive() });

const evidenceSchema = z
  .strictObject({
    observed: z.string(),
    count,
    source: z.string(),
    firstSeen: z.string(),
    lastSeen: z.string(),
    example: lineReferenceSchema.optional(),
  })
  .meta({ id: 'Evidence' });

const verdictSchema = z
  .strictObject({
    control: z.enum(CONTROLS),
    kind: z.enum(VERDICT_KINDS),
    required: z.boolean(),
    severity: z.enum(SEVERITIES),
    reason: z.string(),
    passed: count,
    failed: count,
    unknown: count,
    failedShare: z.number().min(0).max(1).optional(),
    evidence: z.array(evidenceSchema),
  })
  .meta({ id: 'Verdict' });

const scoreSchema = z
  .strictObject({
    value: z.number().min(0).max(100),
    band: z.enum(bands),
    assessed: z.boolean(),
    confidence: z.number().min(0).max(1),
    contributions: z.array(z.strictObject({ factor: z.string(), points: z.number(), reason: z.string() })),
  })
  .meta({ id: 'RiskScore' });

const vantageSchema = z
  .strictObject({
    vantage: z.string(),
    calls: count,
    firstSeen: z.string(),
    lastSeen: z.string(),
    consumers: count,
    requestBytes: count,
    responseBytes: count,
    status: z.strictObject({
      informational: count,
      success: count,
      redirect: count,
      clientError: count,
      serverError: count,
    }),
    latencyMs: z.strictObject({ p50: z.number(), p95: z.number(), p99: z.number() }).optional(),
  })
  .meta({ id: 'Vantage' });

const endpointSchema = z
  .strictObject({
    api_id: z.string().regex(/^[0-9a-f]{16}$/),
    method: z.string(),
    path: z.string(),
    service_name: z.string(),
    classification: z.enum(CLASSIFICATIONS),
    exposure: z.enum(EXPOSURES),
    exposure_reason: z.string(),
    lifecycle: z.enum(LIFECYCLES),
    documented: z.union([z.boolean(), z.literal('unknown')]),
    deprecated: z.boolean(),
    sunset: z.string().nullable(),
    owner: z.string().nullable(),
    version: z.string().nullable(),
    route_source: z.enum(['spec', 'shape']),
    spec_location: z.strictObject({ file: z.string(), line: z.int() }).nullable(),
    first_discovered: timestamp,
    last_seen: timestamp.nullable(),
    security_controls: z.array(verdictSchema),
    risk_score: z.number().min(0).max(100),
    risk: scoreSchema,
    sensitive_data_types: z.array(z.enum(DATA_TYPES)),
    compliance_tags: z.array(z.string()),
    traffic_volume_daily: z.number().nonnegative(),
    traffic: z.array(vantageSchema),
  })
  .meta({ id: 'Endpoint' });

const topRiskSchema = z.strictObject({
  api_id: z.string(),
  method: z.string(),
  path: z.string(),
  service: z.string(),
  risk_score: z.number(),
  classification: z.enum(CLASSIFICATIONS),
});

const postureSchema = z
  .strictObject({
    report_date: timestamp,
    empty: z.boolean().describe('true when the inventory holds no endpoint; all numbers are then 0'),
    total_apis: count,
    average_risk_score: z.number().describe('over assessed endpoints, one decimal'),
    not_assessed: count.describe('endpoints left out of the average'),
    risk_distribution: z.strictObject({
      CRITICAL: count,
      HIGH: count,
      MEDIUM: count,
      LOW: count,
      INFO: count,
      UNKNOWN: count,
    }),
    classification: z.record(z.enum(CLASSIFICATIONS), count),
    undocumented_apis: count,
    documentation_unknown: count,
    missing_authentication: count.describe('endpoints whose verdict is fail or mixed'),
    authentication_unknown: count,
    missing_tls: count.describe('endpoints whose verdict is fail or mixed'),
    tls_unknown: count,
    top_risks: z.array(topRiskSchema).max(20),
  })
  .meta({ id: 'PostureReport' });

export const METRIC_IDS = [
  'discovery_coverage',
  'average_risk',
  'critical_findings',
  'shadow_apis',
  'authentication_coverage',
  'tls_coverage',
  'policy_compliance',
  'mean_time_to_remediate',
] as const;

const metricSchema = z
  .strictObject({
    id: z.enum(METRIC_IDS),
    title: z.string(),
    value: z.number().nullable().describe('null when nothing is known'),
    unit: z.enum(['percent', 'score', 'count', 'days']),
    target: z.string().describe('`> 95`, `= 0`, `< 7`'),
    met: z.enum(['met', 'missed', 'unknown']),
    known: count.describe('endpoints (or findings) the value rests on'),
    unknown: count.describe('endpoints where the matter is not known'),
    how: z.string().describe('how the value was computed, with its numbers'),
  })
  .meta({ id: 'Metric' });

const policySchema = z
  .strictObject({
    name: z.string(),
    description: z.string(),
    severity: z.enum(SEVERITIES),
    in_scope: count,
    passed: count,
    failed: count,
    unknown: count,
    violations: z.array(z.strictObject({ api_id: z.string(), reason: z.string() })),
  })
  .meta({ id: 'PolicyResult' });

const findingSchema = z
  .strictObject({
    id: z.string(),
    fingerprintVersion: z.literal(1),
    fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
    rule: z.string(),
    endpoint: z.strictObject({
      api_id: z.string(),
      service: z.string(),
      method: z.string(),
      path: z.string(),
    }),
    control: z.string(),
    title: z.string(),
    severity: z.enum(SEVERITIES),
    state: z.enum(['open', 'reopened', 'resolved']),
    reason: z.string(),
    remediation: z.string(),
    opened_at: timestamp,
    last_confirmed_at: timestamp,
    resolved_at: timestamp.nullable(),
    evidence: z.array(evidenceSchema),
  })
  .meta({ id: 'Finding' });

/** The JSON output of a scan: the one shape that all outputs are made from. */
export const scanReportSchema = z
  .strictObject({
    schemaVersion: z.literal(REPORT_SCHEMA_VERSION),
    generatedAt: timestamp,
    complete: z.boolean().describe('false when the run was interrupted: the report covers what was applied'),
    inputs: z.array(inputSchema),
    report: postureSchema,
    metrics: z.array(metricSchema),
    endpoints: z.array(endpointSchema),
    policies: z.array(policySchema),
    findings: z.array(findingSchema),
    limits: z
      .array(z.strictObject({ limit: z.string(), bound: count, exceededBy: count }))
      .describe('bounds that were reached, with how much went to the overflow bucket'),
  })
  .meta({ id: 'ScanReport', title: 'Stance scan report' });

export type ScanReport = z.infer<typeof scanReportSchema>;
export type InputReport = z.infer<typeof inputSchema>;
export type EndpointReport = z.infer<typeof endpointSchema>;
export type PostureReport = z.infer<typeof postureSchema>;
export type Metric = z.infer<typeof metricSchema>;
export type PolicyResult = z.infer<typeof policySchema>;
export type FindingReport = z.infer<typeof findingSchema>;
