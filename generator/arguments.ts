import { parseArgs } from 'node:util';
import { FORMATS } from './formats/index.ts';
import { formatNamed } from './formats.ts';
import { type LineOptions, TRAFFIC_DEFAULTS } from './lines.ts';
import { SERVICE_PLANS } from './services.ts';

export const USAGE = `Usage: node generator/generate.ts [options]

  --format ID      ${FORMATS.map((format) => format.id).join(', ')}
  --out FILE       where the lines go; - is standard output
  --count N        exchanges (${TRAFFIC_DEFAULTS.count})
  --seed N         the same options give the same bytes (${TRAFFIC_DEFAULTS.seed})
  --start ISO      first moment (${new Date(TRAFFIC_DEFAULTS.start).toISOString()})
  --days N         length of the time range (${TRAFFIC_DEFAULTS.days})
  --services A,B   only these of ${SERVICE_PLANS.map((plan) => plan.name).join(', ')}
  --array K        JSON arrays of up to K records
  --pretty         JSON documents over many lines
  --dirty SHARE    malformed lines to add, per exchange
  --gzip           compress the lines
  --truth FILE     write what a reader must count
  --specs DIR      write the API descriptions
`;

export interface GenerateArguments {
  readonly lines: LineOptions & { readonly seed: number; readonly start: number };
  readonly out: string | undefined;
  readonly specs: string | undefined;
  readonly truth: string | undefined;
  readonly gzip: boolean;
}

const TEXT = { type: 'string' } as const;
const SWITCH = { type: 'boolean', default: false } as const;
const OPTIONS = {
  format: TEXT,
  out: TEXT,
  count: TEXT,
  seed: TEXT,
  start: TEXT,
  days: TEXT,
  services: TEXT,
  array: TEXT,
  pretty: SWITCH,
  dirty: TEXT,
  gzip: SWITCH,
  truth: TEXT,
  specs: TEXT,
} as const;
const MOMENT = /^(\d{4}-\d\d-\d\d)(T[\d:.]+)?(Z|[+-]\d\d:\d\d)?$/;
const INTEGER = { least: 0, most: Number.MAX_SAFE_INTEGER, whole: true };

/** Throws a RangeError or TypeError that says what is wrong with them. */
export function readArguments(args: readonly string[]): GenerateArguments {
  const { values } = parseArgs({ args: [...args], options: OPTIONS });
  if (values.out === undefined && values.specs === undefined)
    throw new RangeError('Give --out, --specs or both');
  if (values.truth !== undefined && values.out === undefined) throw new RangeError('--truth needs --out');
  const format = formatNamed(values.format ?? 'kong');
  if (!format.json && (values.pretty || values.array !== undefined)) {
    throw new RangeError(`--pretty and --array are for JSON formats; ${format.id} is text`);
  }
  const { seed, count, days, start } = TRAFFIC_DEFAULTS;
  const lines = {
    format: format.id,
    seed: readNumber('--seed', values.seed, INTEGER) ?? seed,
    count: readNumber('--count', values.count, INTEGER) ?? count,
    days: readNumber('--days', values.days, { least: 0.01, most: 3650, whole: false }) ?? days,
    start: values.start === undefined ? start : readMoment(values.start),
    ...(values.services !== undefined && { services: readServices(values.services) }),
    array: readNumber('--array', values.array, { ...INTEGER, least: 1 }),
    pretty: values.pretty,
    dirty: readNumber('--dirty', values.dirty, { least: 0, most: 1, whole: false }),
  };
  return { lines, out: values.out, specs: values.specs, truth: values.truth, gzip: values.gzip };
}

interface NumberRange {
  readonly least: number;
  readonly most: number;
  readonly whole: boolean;
}

function readNumber(name: string, text: string | undefined, range: NumberRange): number | undefined {
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (value >= range.least && value <= range.most && (!range.whole || Number.isInteger(value))) return value;
  throw new RangeError(
    `${name} takes ${range.whole ? 'an integer' : 'a number'} of at least ${range.least}, not ${text}`,
  );
}

/** Without an offset the time is UTC: the machine's own zone must not show in the bytes. */
function readMoment(text: string): number {
  const [, date, time = 'T00:00', offset = 'Z'] = MOMENT.exec(text) ?? [];
  const moment = Date.parse(`${date}${time}${offset}`);
  if (moment >= 0) return moment;
  throw new RangeError(`--start takes a date such as 2026-11-01T00:00:00Z, not ${text}`);
}

function readServices(text: string): string[] {
  const names = text.split(',');
  const unknown = names.find((name) => !SERVICE_PLANS.some((plan) => plan.name === name));
  if (unknown !== undefined) throw new RangeError(`No service is named ${unknown}`);
  return names;
}
