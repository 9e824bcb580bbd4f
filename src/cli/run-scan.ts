import type { ReadingOptions } from '../inputs/traffic/offered-formats.ts';
import type { Deps } from '../model/deps.ts';
import { ERROR_CODES, type StanceError } from '../model/error.ts';
import type { ScanReport } from '../model/report.ts';
import { RISK_LEVEL, type Severity } from '../model/severity.ts';
import { openWorkspace } from '../tasks/open-workspace.ts';
import { type ScanResult, scan } from '../tasks/scan.ts';
import { EXIT } from './exit-code.ts';
import { inputSize } from './input-size.ts';
import { loadConfig } from './load-config.ts';
import { loadPolicies } from './load-policies.ts';
import type { Streams } from './main.ts';
import { printProblem } from './problem.ts';
import { noProgress, terminalProgress } from './progress.ts';
import { parseDestinations, writeOutputs } from './write-outputs.ts';

export interface ScanFlags {
  readonly spec: readonly string[];
  readonly policy: readonly string[];
  readonly data?: string;
  readonly config?: string;
  readonly logFormat?: string;
  readonly format?: string;
  readonly fieldMap?: string;
  readonly output: readonly string[];
  readonly failOn: Severity | 'none';
  readonly strict: boolean;
  readonly now?: Date;
  readonly progress: boolean;
  readonly color: boolean;
  readonly quiet: boolean;
}

export interface Surroundings {
  readonly streams: Streams;
  readonly deps: (now: Date | undefined) => Deps;
}

/** Columns when stdout is no terminal. */
const DEFAULT_WIDTH = 100;
/** A spec full of flaws must not bury the other problems. */
const MAX_PROBLEMS_SHOWN = 20;

/** `stance scan`: the result is the exit code. */
export async function runScan(
  paths: readonly string[],
  flags: ScanFlags,
  { streams, deps: makeDeps }: Surroundings,
): Promise<number> {
  const { stdout, stderr } = streams;
  const destinations = parseDestinations(flags.output, stdout.isTTY);
  const config = await loadConfig(flags.config, process.env);
  const policies = await loadPolicies(flags.policy);
  const deps = makeDeps(flags.now);
  const progress = await progressFor(paths, flags, stderr);
  const workspace = await openWorkspace(
    { config, ...(flags.data !== undefined && { directory: flags.data }) },
    deps,
  );
  try {
    const result = await scan(workspace, {
      paths,
      specPaths: flags.spec,
      policies,
      wallClock: new Date(),
      onProgress: progress.add,
      reading: readingOf(flags),
    });
    progress.clear();
    const options = {
      width: stdout.columns ?? DEFAULT_WIDTH,
      color: colors(flags.color, stdout),
      workingDirectory: process.cwd(),
    };
    const unwritten = await writeOutputs(result.report, destinations, { stdout, options });
    const problems = [...unwritten, ...result.problems];
    printProblems(stderr, flags.quiet ? problems.filter((problem) => counts(problem, flags)) : problems);
    if (!flags.quiet) stderr.write(gateLines(result.report, flags));
    return deps.signal.aborted ? EXIT.interrupted : exitCode({ report: result.report, problems }, flags);
  } finally {
    progress.clear();
    await workspace.close();
  }
}

/** Only what was given: a batch's plan has no key for what was not. */
function readingOf({ format, logFormat, fieldMap }: ReadingOptions): ReadingOptions {
  return {
    ...(format !== undefined && { format }),
    ...(logFormat !== undefined && { logFormat }),
    ...(fieldMap !== undefined && { fieldMap }),
  };
}

async function progressFor(paths: readonly string[], flags: ScanFlags, stderr: NodeJS.WriteStream) {
  if (!stderr.isTTY || !flags.progress || flags.quiet) return noProgress;
  return terminalProgress(stderr, () => performance.now(), await inputSize(paths));
}

/** NO_COLOR and FORCE_COLOR as their conventions say; otherwise colours are for terminals. */
export function colors(wanted: boolean, stdout: NodeJS.WriteStream, environment = process.env): boolean {
  if (!wanted || (environment.NO_COLOR ?? '') !== '') return false;
  if ((environment.FORCE_COLOR ?? '') !== '' && environment.FORCE_COLOR !== '0') return true;
  return stdout.isTTY && environment.TERM !== 'dumb';
}

function printProblems(stderr: NodeJS.WriteStream, problems: readonly StanceError[]): void {
  for (const problem of problems.slice(0, MAX_PROBLEMS_SHOWN)) printProblem(stderr, problem);
  const left = problems.length - MAX_PROBLEMS_SHOWN;
  if (left > 0) stderr.write(`and ${left} more problems\n`);
}

/** Inputs that were read in part are worth a word; with --strict they are failures. */
const PARTLY: readonly StanceError['code'][] = ['INPUT_DAMAGED', 'SPEC_FLAWED'];

function counts(problem: StanceError, flags: ScanFlags): boolean {
  return flags.strict || !PARTLY.includes(problem.code);
}

/** The highest code that applies. */
function exitCode({ report, problems }: ScanResult, flags: ScanFlags): number {
  const codes: number[] = problems
    .filter((problem) => counts(problem, flags))
    .map((problem) => ERROR_CODES[problem.code].exitCode);
  if (flags.strict && report.inputs.some((input) => Object.keys(input.rejected).length > 0))
    codes.push(EXIT.input);
  if (openFindings(report, flags.failOn) > 0) codes.push(EXIT.gate);
  return Math.max(EXIT.fine, ...codes);
}

/** Why a run that found and read everything ends with another code than 0. */
function gateLines(report: ScanReport, flags: ScanFlags): string {
  const lines: string[] = [];
  const open = openFindings(report, flags.failOn);
  if (open > 0) lines.push(`--fail-on ${flags.failOn}: open findings that severe or worse: ${open}\n`);
  const rejected = report.inputs.flatMap((input) => Object.values(input.rejected));
  const lost = rejected.reduce((sum, { count }) => sum + count, 0);
  if (flags.strict && lost > 0) lines.push(`--strict: rejected lines: ${lost}\n`);
  return lines.join('');
}

function openFindings(report: ScanReport, failOn: ScanFlags['failOn']): number {
  if (failOn === 'none') return 0;
  return report.findings.filter(
    (finding) => finding.state !== 'resolved' && RISK_LEVEL[finding.severity] >= RISK_LEVEL[failOn],
  ).length;
}
