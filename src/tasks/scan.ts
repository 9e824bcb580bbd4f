import { scanReport } from '../engine/report/scan-report.ts';
import { offeredFormats, type ReadingOptions } from '../inputs/traffic/offered-formats.ts';
import { StanceError } from '../model/error.ts';
import type { Policy } from '../model/policy.ts';
import type { InputReport, ScanReport } from '../model/report.ts';
import type { SpecDocument } from '../model/spec.ts';
import { MAX_SHAPES as MAX_BATCH_SHAPES, MAX_ORIGINS, MAX_PROBE_SHAPES } from '../store/clickhouse/bounds.ts';
import { readOverflow } from '../store/clickhouse/overflow.ts';
import { AMBIGUOUS } from '../store/clickhouse/segment-select.ts';
import { commitChange } from '../store/postgres/commit-change.ts';
import { upsertSpec } from '../store/postgres/specs.ts';
import { replayBatches } from './apply-batch.ts';
import { assessPosture } from './assess-posture.ts';
import { type CollectedInput, collectInputs } from './collect-inputs.ts';
import { expireOld } from './expire-old.ts';
import { type IngestOptions, ingestFile } from './ingest-file.ts';
import { type Effect, learnRoutes, MAX_SHAPES } from './learn-routes.ts';
import type { Workspace } from './open-workspace.ts';

export interface ScanOptions {
  readonly paths: readonly string[];
  readonly specPaths: readonly string[];
  readonly policies: readonly Policy[];
  readonly reading: ReadingOptions;
  /** The wall clock: a line is from the future only when it is ahead of this too, whatever `--now` says. */
  readonly wallClock: Date;
  readonly segmentBytes?: IngestOptions['segmentBytes'];
  readonly onProgress?: IngestOptions['onProgress'];
}

export interface ScanResult {
  readonly report: ScanReport;
  /** Problems people should read, in the order they came up. */
  readonly problems: readonly StanceError[];
}

const DAY_MS = 86_400_000;
/** Before this no HTTP was spoken; a temporary inventory takes all else. */
const EARLIEST = new Date('1990-01-01T00:00:00Z');

/**
 * From files to a posture report: what was left by a stopped run first, then every input, then routes, verdicts,
 * findings. An interrupted scan reports on what was applied. A bad input is a problem in the result, never an end.
 */
export async function scan(workspace: Workspace, options: ScanOptions): Promise<ScanResult> {
  offeredFormats(options.reading);
  await replayBatches(workspace);
  const { inputs, problems } = await takeInputs(workspace, options);
  const report = await reportOn(workspace, { inputs, policies: options.policies, effect: 'keep' });
  if (workspace.isKept) await expireOld(workspace, options.wallClock);
  return { report, problems };
}

/** The posture of an inventory as it is: nothing is taken in, and nothing that is kept changes. */
export function look(workspace: Workspace, policies: readonly Policy[]): Promise<ScanReport> {
  return reportOn(workspace, { inputs: [], policies, effect: 'look' });
}

interface Reporting {
  readonly inputs: readonly InputReport[];
  readonly policies: readonly Policy[];
  readonly effect: Effect;
}

async function reportOn(workspace: Workspace, { inputs, policies, effect }: Reporting): Promise<ScanReport> {
  const inventory = await learnRoutes(workspace, effect);
  const posture = await assessPosture(workspace, { inventory: inventory.entries, policies, effect });
  return scanReport({
    generatedAt: workspace.deps.now(),
    complete: !workspace.deps.signal.aborted,
    inputs,
    assessments: posture.assessments,
    policies,
    findings: posture.findings,
    limits: await limitsReached(workspace, inventory.shapesLeftOut),
  });
}

/** What the bounds left out: the first counts shapes, the others count calls. */
async function limitsReached({ traffic }: Workspace, shapesLeftOut: number): Promise<ScanReport['limits']> {
  const { overflowCalls, probeCalls } = await readOverflow(traffic);
  const limits = [
    { limit: 'shapes', bound: MAX_SHAPES, exceededBy: shapesLeftOut },
    {
      limit: `shapes of an origin in a batch, of at most ${MAX_ORIGINS} origins (calls)`,
      bound: MAX_BATCH_SHAPES,
      exceededBy: overflowCalls,
    },
    {
      limit: 'never found shapes of an origin in a batch (calls)',
      bound: MAX_PROBE_SHAPES,
      exceededBy: probeCalls,
    },
  ];
  return limits.filter(({ exceededBy }) => exceededBy > 0);
}

async function takeInputs(
  workspace: Workspace,
  options: ScanOptions,
): Promise<{ inputs: InputReport[]; problems: StanceError[] }> {
  const inputs: InputReport[] = [];
  const problems: StanceError[] = [];
  for await (const collected of collectInputs(options.paths, options.specPaths)) {
    if (workspace.deps.signal.aborted) break;
    const taken = await takeInput(workspace, collected, options);
    inputs.push(taken.report);
    problems.push(...taken.problems);
  }
  return { inputs, problems };
}

interface Taken {
  readonly report: InputReport;
  readonly problems: readonly StanceError[];
}

async function takeInput(
  workspace: Workspace,
  collected: CollectedInput,
  options: ScanOptions,
): Promise<Taken> {
  if (collected.kind === 'unreadable') return { report: collected.report, problems: [collected.error] };
  if (collected.kind === 'spec') return importSpec(workspace, collected.spec);
  const { config, deps, isKept } = workspace;
  const { reading, segmentBytes, onProgress } = options;
  const latest = Math.max(deps.now().getTime(), options.wallClock.getTime());
  const report = await ingestFile(workspace, collected.input, {
    notBefore: isKept ? new Date(deps.now().getTime() - config.retention.factsDays * DAY_MS) : EARLIEST,
    notAfter: new Date(latest + DAY_MS),
    reading,
    ...(segmentBytes !== undefined && { segmentBytes }),
    ...(onProgress !== undefined && { onProgress }),
  });
  return { report, problems: problemsOf(report) };
}

function problemsOf(report: InputReport): StanceError[] {
  const place = { file: report.path };
  const rejected = Object.values(report.rejected).reduce((sum, reason) => sum + reason.count, 0);
  const problems: StanceError[] = [];
  if (report.problem !== undefined)
    problems.push(new StanceError('INPUT_DAMAGED', report.problem, { place }));
  const ambiguous = report.rejected[AMBIGUOUS]?.count ?? 0;
  if (ambiguous > 0) problems.push(ambiguousLines(report, ambiguous));
  else if (rejected > 0 && report.accepted + report.duplicate === 0) {
    problems.push(nothingAccepted(report.rejected, place));
  }
  return problems;
}

function ambiguousLines({ path, possibleFormats = [] }: InputReport, lines: number): StanceError {
  const formats = possibleFormats.join(' or ');
  const message = `${lines} ${lines === 1 ? 'line' : 'lines'} could be of ${formats}, and nothing in them says which`;
  return new StanceError('INPUT_AMBIGUOUS', message, { place: { file: path } });
}

function nothingAccepted(rejected: InputReport['rejected'], place: { readonly file: string }): StanceError {
  const reasons = Object.entries(rejected).map(([reason, { count }]) => `${reason}: ${count}`);
  if (Object.keys(rejected).every((reason) => reason === 'outside_retention')) {
    const message = `every call is older than what the data folder keeps (${reasons.join(', ')})`;
    return new StanceError('INPUT_OUTSIDE_RETENTION', message, { place });
  }
  const message = `no line is an HTTP call Stance can read (${reasons.join(', ')})`;
  return new StanceError('INPUT_UNRECOGNISED', message, { place });
}

async function importSpec({ deps, state }: Workspace, spec: SpecDocument): Promise<Taken> {
  await commitChange(state, {
    actor: 'stance',
    actorKind: 'system',
    action: 'spec.import',
    target: `spec/${spec.file}`,
    at: deps.now(),
    changes: upsertSpec(spec, deps.now().toISOString()),
  });
  const operations = spec.operations.length;
  const report = {
    path: spec.file,
    format: 'openapi',
    read: operations,
    accepted: operations,
    duplicate: 0,
    blank: 0,
    rejected: {},
  };
  const problems = spec.problems.map(
    ({ message, file, line, column }) =>
      new StanceError('SPEC_FLAWED', message, { place: { file, line, column } }),
  );
  return { report, problems };
}
