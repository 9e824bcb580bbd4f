import { readFile, stat } from 'node:fs/promises';
import { StanceError } from '../model/error.ts';
import { type EndpointReport, type ScanReport, scanReportSchema } from '../model/report.ts';
import { openWorkspace } from '../tasks/open-workspace.ts';
import { look } from '../tasks/scan.ts';
import { EXIT } from './exit-code.ts';
import { explainText } from './explain-text.ts';
import { loadConfig } from './load-config.ts';
import { loadPolicies } from './load-policies.ts';
import { colors, type Surroundings } from './run-scan.ts';

export interface ExplainFlags {
  readonly data?: string;
  readonly report?: string;
  readonly config?: string;
  readonly policy: readonly string[];
  readonly now?: Date;
  readonly color: boolean;
}

/** `stance explain`: the result is the exit code. */
export async function runExplain(
  wanted: string,
  flags: ExplainFlags,
  surroundings: Surroundings,
): Promise<number> {
  const { stdout } = surroundings.streams;
  const report = await reportFor(flags, surroundings);
  const endpoints = findEndpoints(report, wanted);
  if (endpoints.length === 0) {
    throw new StanceError(
      'ENDPOINT_UNKNOWN',
      `no endpoint is called "${wanted}" among ${report.endpoints.length}`,
    );
  }
  const color = colors(flags.color, stdout);
  const text = endpoints.map((endpoint) => explainText(endpoint, report, { color })).join('\n');
  await new Promise<void>((resolve) => stdout.write(text, () => resolve()));
  return EXIT.fine;
}

async function reportFor(flags: ExplainFlags, { deps: makeDeps }: Surroundings): Promise<ScanReport> {
  if ((flags.data === undefined) === (flags.report === undefined)) {
    throw new StanceError('USAGE', 'explain needs either --data DIR or --report FILE');
  }
  if (flags.report !== undefined) return readReport(flags.report);
  const directory = flags.data ?? '';
  await requireFolder(directory);
  const config = await loadConfig(flags.config, process.env);
  const policies = await loadPolicies(flags.policy);
  const workspace = await openWorkspace({ directory, config }, makeDeps(flags.now));
  try {
    return await look(workspace, policies);
  } finally {
    await workspace.close();
  }
}

/** Asking about an inventory must not begin one. */
async function requireFolder(directory: string): Promise<void> {
  const found = await stat(directory).catch(() => undefined);
  if (found?.isDirectory() === true) return;
  throw new StanceError('INPUT_UNREADABLE', 'there is no such folder', { place: { file: directory } });
}

async function readReport(file: string): Promise<ScanReport> {
  try {
    return scanReportSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    throw new StanceError('INPUT_UNREADABLE', 'this is not a JSON report of stance scan', {
      place: { file },
      cause: error,
    });
  }
}

/** By api_id, by `METHOD /path`, or by path alone; parameter names do not matter. */
function findEndpoints(report: ScanReport, wanted: string): EndpointReport[] {
  const bare = (path: string) => path.replace(/\{[^{}]*\}/g, '{}');
  const [first = '', second] = wanted.trim().split(/\s+/);
  return report.endpoints.filter((endpoint) => {
    if (endpoint.api_id === first) return true;
    if (second === undefined) return bare(endpoint.path) === bare(first);
    return endpoint.method === first.toUpperCase() && bare(endpoint.path) === bare(second);
  });
}
