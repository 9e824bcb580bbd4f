import { randomBytes } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import type { Deps } from '../model/deps.ts';
import { StanceError } from '../model/error.ts';
import { EXIT } from './exit-code.ts';
import { printProblem } from './problem.ts';

/** The seams between a run and the process it runs in. */
export interface Streams {
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

const FAIL_ON = ['critical', 'high', 'medium', 'low', 'none'] as const;
/** The traffic store keeps times from 1900 to 2299, and retention windows reach back from now. */
const EARLIEST_NOW = new Date('2000-01-01T00:00:00Z');
const LATEST_NOW = new Date('2200-01-01T00:00:00Z');
const collect = (value: string, earlier: readonly string[] = []) => [...earlier, value];
/** What repeatable options are when nobody gives them. */
const NONE_REPEATED = { spec: [], policy: [], output: [] };

/** The options that say how logs are to be read. */
const READING = {
  format: 'read every line as this format (see: stance formats)',
  logFormat: 'format string of text logs: nginx log_format, Apache LogFormat, Envoy',
  fieldMap: 'what names in JSON logs mean: verb=method,uri=target,code=status,took=latencyMs:us',
};

/**
 * WebAssembly is compiled once and never optimised: PostgreSQL has a function that takes 450 MB to optimise, whatever
 * the budget. A scan of 5,000 lines takes 360 MB with these and 750 MB without; the time is the same.
 */
const COMPILE_ONCE = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

/** Runs the command line of this process and sets its exit code. */
export async function runFromProcess(): Promise<void> {
  for (const flag of COMPILE_ONCE) setFlagsFromString(flag);
  const streams: Streams = { stdout: process.stdout, stderr: process.stderr };
  // A reader that has seen enough (`| head`) is no error: the run goes on to its other outputs and its exit code.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') process.exit(EXIT.internal);
    });
  }
  process.exitCode = await run(process.argv.slice(2), streams);
}

/** Parses arguments and runs a command; the result is the exit code. */
async function run(argv: readonly string[], streams: Streams): Promise<number> {
  let exitCode: number = EXIT.fine;
  const program = buildProgram(streams, (code) => {
    exitCode = code;
  });
  try {
    await program.parseAsync([...argv], { from: 'user' });
    return exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.fine : EXIT.usage;
    printProblem(streams.stderr, error);
    return error instanceof StanceError ? error.exitCode : EXIT.internal;
  }
}

function buildProgram(streams: Streams, exitWith: (code: number) => void): Command {
  const program = new Command('stance')
    .description('API security posture from the evidence you already have')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => streams.stdout.write(text),
      writeErr: (text) => streams.stderr.write(text),
    })
    .showHelpAfterError('(run with --help for the options)')
    .version('0.1.0', '-V, --version');
  addScan(program, streams, exitWith);
  addExplain(program, streams, exitWith);
  addFormats(program, streams, exitWith);
  addDetect(program, streams, exitWith);
  return program;
}

function addScan(program: Command, streams: Streams, exitWith: (code: number) => void): void {
  program
    .command('scan')
    .description('read gateway logs and OpenAPI, and report the posture of every API found')
    .argument('<paths...>', 'log files, folders, OpenAPI documents; .gz and .zst too')
    .addOption(repeatable('--spec <path>', 'OpenAPI document or folder of them'))
    .addOption(repeatable('--policy <file>', 'policies in YAML instead of the built-in baseline'))
    .option('--data <dir>', 'keep the inventory in this folder and extend it; without it nothing is kept')
    .option('--config <file>', 'configuration file (default: stance.yaml if there is one)')
    .option('--format <id>', READING.format)
    .option('--log-format <string>', READING.logFormat)
    .option('--field-map <pairs>', READING.fieldMap)
    .addOption(
      repeatable('--output <format[=file]>', 'pretty (the default), json or sarif; to stdout without =file'),
    )
    .addOption(
      new Option('--fail-on <severity>', 'exit 1 when a finding this severe or worse is open')
        .choices([...FAIL_ON])
        .default('none'),
    )
    .option('--strict', 'exit 3 when any line was rejected or any input only partly read', false)
    .option('--now <time>', 'RFC 3339 time to judge and report at, for reproducible output', parseTime)
    .option('--no-progress', 'no progress on stderr')
    .option('--no-color', 'no colours (NO_COLOR is obeyed too)')
    .option('--quiet', 'nothing on stderr but errors', false)
    .action(async (paths: string[], options) => {
      const { prepareEngineProcess } = await import('../store/clickhouse/engine-process.ts');
      prepareEngineProcess();
      const { runScan } = await import('./run-scan.ts');
      exitWith(
        await runScan(
          paths,
          { ...NONE_REPEATED, ...options },
          { streams, deps: (now) => processDeps(streams, now) },
        ),
      );
    });
}

function repeatable(flags: string, description: string): Option {
  return new Option(flags, `${description} (repeatable)`).argParser<readonly string[]>(collect);
}

function addExplain(program: Command, streams: Streams, exitWith: (code: number) => void): void {
  program
    .command('explain')
    .description('say why an endpoint has its score: every verdict, its counts and its evidence')
    .argument('<endpoint>', 'api_id, "METHOD /path" or "/path"')
    .option('--data <dir>', 'the inventory folder of an earlier scan')
    .option('--report <file>', 'the JSON report of an earlier scan')
    .option('--config <file>', 'configuration file (default: stance.yaml if there is one)')
    .addOption(repeatable('--policy <file>', 'policies in YAML instead of the built-in baseline'))
    .option('--now <time>', 'RFC 3339 time to judge at', parseTime)
    .option('--no-color', 'no colours (NO_COLOR is obeyed too)')
    .action(async (endpoint: string, options) => {
      const { runExplain } = await import('./run-explain.ts');
      exitWith(
        await runExplain(
          endpoint,
          { ...NONE_REPEATED, ...options },
          { streams, deps: (now) => processDeps(streams, now) },
        ),
      );
    });
}

function addFormats(program: Command, streams: Streams, exitWith: (code: number) => void): void {
  program
    .command('formats')
    .description('list the log formats that are read, and what each can tell')
    .argument('[id]', 'one format in full')
    .option('--json', 'as JSON', false)
    .action(async (id: string | undefined, options) => {
      const { runFormats } = await import('./run-formats.ts');
      exitWith(await runFormats(id, options, streams));
    });
}

function addDetect(program: Command, streams: Streams, exitWith: (code: number) => void): void {
  program
    .command('detect')
    .description('say what a file holds, by which signs, and show its first calls, masked')
    .argument('<files...>', 'log files; .gz and .zst too')
    .option('--format <id>', READING.format)
    .option('--log-format <string>', READING.logFormat)
    .option('--field-map <pairs>', READING.fieldMap)
    .option('--json', 'as JSON', false)
    .action(async (files: string[], options) => {
      const { prepareEngineProcess } = await import('../store/clickhouse/engine-process.ts');
      prepareEngineProcess();
      const { runDetect } = await import('./run-detect.ts');
      exitWith(await runDetect(files, options, streams));
    });
}

function parseTime(text: string): Date {
  const time = new Date(text);
  const isRfc3339 = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/.test(text);
  if (!isRfc3339 || !(time >= EARLIEST_NOW && time < LATEST_NOW)) {
    throw new InvalidArgumentError('A time looks like 2026-01-31T12:00:00Z, between 2000 and 2199.');
  }
  return time;
}

/** The outside world: the only place that knows the real clock, randomness and signals. */
function processDeps(streams: Streams, now: Date | undefined): Deps {
  const interrupt = new AbortController();
  process.once('SIGINT', () => {
    streams.stderr.write('\nInterrupted: finishing the batch at hand. Press Ctrl-C again to stop at once.\n');
    interrupt.abort();
    process.once('SIGINT', () => process.exit(EXIT.interrupted));
  });
  return {
    now: () => now ?? new Date(),
    randomBytes: (size) => randomBytes(size),
    log: (message) => streams.stderr.write(`${message}\n`),
    onStage: async () => undefined,
    signal: interrupt.signal,
  };
}
