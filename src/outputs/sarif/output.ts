import { inertJson } from '../../model/inert-text.ts';
import { compareSeverity, compareText } from '../../model/order.ts';
import type { Output, OutputOptions } from '../../model/output.ts';
import type { EndpointReport, FindingReport, ScanReport } from '../../model/report.ts';
import { locationOf, SOURCE_ROOT } from './location.ts';
import { messageText } from './message.ts';
import { LEVEL, rulesOf } from './rule.ts';
import { writeWithin } from './upload-limit.ts';

/** GitHub refuses a run above 25,000 results and keeps the 5,000 most severe of the rest; here they are chosen. */
const MAX_RESULTS = 5_000;
/** GitHub refuses an upload above 10 MB after gzip. */
const MAX_GZIP_BYTES = 10_000_000;
/** More unreadable inputs than this are counted, not listed. */
const MAX_NOTIFICATIONS = 100;

export const output: Output = {
  id: 'sarif',
  title: 'SARIF 2.1.0 with the open findings, within the limits of GitHub code scanning',
  mediaType: 'application/sarif+json',
  render: renderSarif,
};

interface Selection {
  /** Most severe first. */
  readonly kept: readonly FindingReport[];
  readonly dropped: number;
}

function renderSarif(report: ScanReport, options: OutputOptions): string {
  const endpoints = new Map(report.endpoints.map((endpoint) => [endpoint.api_id, endpoint]));
  const open = report.findings.filter(({ state }) => state !== 'resolved').sort(bySeverity(endpoints));
  return writeWithin(MAX_GZIP_BYTES, Math.min(open.length, MAX_RESULTS), (count) => {
    const selection = { kept: open.slice(0, count), dropped: open.length - count };
    return sarifText(
      runOf(report, selection, (finding) => resultOf(finding, { report, endpoints, options })),
    );
  });
}

function sarifText(run: object): string {
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] };
  return `${inertJson(JSON.stringify(log, null, 2))}\n`;
}

function runOf(
  report: ScanReport,
  { kept, dropped }: Selection,
  toResult: (finding: FindingReport) => object,
) {
  const rules = rulesOf(kept);
  const indexOfRule = new Map(rules.map(({ id }, index) => [id, index]));
  const results = kept.map((finding) => ({
    ruleId: finding.rule,
    ruleIndex: indexOfRule.get(finding.rule),
    ...toResult(finding),
  }));
  return {
    tool: { driver: { name: 'stance', rules } },
    automationDetails: { id: 'stance/' },
    originalUriBaseIds: { [SOURCE_ROOT]: { description: { text: 'The folder the scan was started in.' } } },
    invocations: [
      {
        executionSuccessful: report.complete,
        endTimeUtc: report.generatedAt,
        toolExecutionNotifications: notificationsOf(report, dropped),
      },
    ],
    results,
    properties: { openFindings: kept.length + dropped, results: kept.length, droppedResults: dropped },
  };
}

interface ResultContext {
  readonly report: ScanReport;
  readonly endpoints: ReadonlyMap<string, EndpointReport>;
  readonly options: OutputOptions;
}

function resultOf(finding: FindingReport, { report, endpoints, options }: ResultContext) {
  const { api_id, method, path, service } = finding.endpoint;
  const endpoint = endpoints.get(api_id);
  const { workingDirectory } = options;
  const sentences = [`${finding.title}: ${method} ${path} (${service})`, finding.reason, finding.remediation];
  return {
    level: LEVEL[finding.severity],
    message: { text: messageText(sentences.map(endedSentence).join(' ')) },
    locations: [locationOf(finding, { endpoint, inputs: report.inputs, workingDirectory })],
    partialFingerprints: { 'stanceFingerprint/v1': finding.fingerprint },
    properties: {
      id: finding.id,
      api_id,
      service,
      severity: finding.severity,
      state: finding.state,
      ...(endpoint?.risk.assessed ? { score: endpoint.risk_score } : {}),
    },
  };
}

function endedSentence(sentence: string): string {
  return /[.!?]$/.test(sentence) ? sentence : `${sentence}.`;
}

/** What a reader must know before taking the results for the whole. */
function notificationsOf(report: ScanReport, dropped: number) {
  const unread = report.inputs.filter(({ problem }) => problem !== undefined);
  const unlisted = Math.max(0, unread.length - MAX_NOTIFICATIONS);
  const texts = [
    ...(report.complete ? [] : ['The run was interrupted: the results cover what had been read.']),
    ...(dropped === 0
      ? []
      : [`${dropped} less severe findings were left out to keep the file within the limits.`]),
    ...unread.slice(0, MAX_NOTIFICATIONS).map(({ path, problem }) => `${path}: ${problem}`),
    ...(unlisted === 0 ? [] : [`${unlisted} more inputs could not be read.`]),
  ];
  return texts.map((text) => ({ level: 'warning', message: { text: messageText(text) } }));
}

function bySeverity(endpoints: ReadonlyMap<string, EndpointReport>) {
  return (left: FindingReport, right: FindingReport): number =>
    compareSeverity(left.severity, right.severity) ||
    scoreOf(endpoints, right) - scoreOf(endpoints, left) ||
    compareText(left.rule, right.rule) ||
    compareText(left.fingerprint, right.fingerprint);
}

function scoreOf(endpoints: ReadonlyMap<string, EndpointReport>, finding: FindingReport): number {
  return endpoints.get(finding.endpoint.api_id)?.risk_score ?? 0;
}
