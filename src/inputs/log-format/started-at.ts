import type { CapturedField } from './line-pattern.ts';
import type { Clock, StrftimeForm, TimePart } from './log-token.ts';
import { sqlText } from './sql-text.ts';

interface Part<Kind extends TimePart['kind']> {
  readonly part: Extract<TimePart, { kind: Kind }>;
  readonly value: string;
}

const ISO = '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]+)?(Z|[+-][0-9]{2}:?[0-9]{2})$';
const EPOCH = '^[0-9]{1,11}(\\.[0-9]{1,9})?$';

/** The finest first. */
const EPOCH_UNITS = ['us', 'ms', 's'] as const;

/**
 * Expression for the time of a line, `Nullable(DateTime64(3, 'UTC'))`, from the most exact way the format
 * writes it; undefined when what it writes makes no time. A time without zone is taken for UTC.
 */
export function startedAt(fields: readonly CapturedField[]): string | undefined {
  return timeOf(fields, 'begin') ?? timeOf(fields, 'end');
}

function timeOf(fields: readonly CapturedField[], clock: Clock): string | undefined {
  const epochs = partsOf(fields, 'epoch').filter(({ part }) => part.clock === clock);
  const [epoch] = EPOCH_UNITS.flatMap((unit) => epochs.filter(({ part }) => part.unit === unit));
  if (epoch !== undefined) return epochTime(epoch, fractionOf(fields, clock));
  const strftime = strftimeTime(fields, clock);
  if (strftime !== undefined || clock === 'end') return strftime;
  const [iso] = partsOf(fields, 'iso');
  if (iso !== undefined) return isoTime(iso.value);
  const [clf] = partsOf(fields, 'clf');
  return clf === undefined ? undefined : clfTime(clf.value);
}

function partsOf<Kind extends TimePart['kind']>(
  fields: readonly CapturedField[],
  kind: Kind,
): readonly Part<Kind>[] {
  return fields.flatMap(({ field, value }) =>
    field.time?.kind === kind ? [{ part: field.time as Part<Kind>['part'], value }] : [],
  );
}

function epochTime({ part, value }: Part<'epoch'>, fraction: string): string {
  const digits = `if(match(${value}, ${sqlText(EPOCH)}), toDecimal64OrNull(${value}, 3), NULL)`;
  const milliseconds = {
    s: `toInt64(${digits} * 1000) + ${fraction}`,
    ms: `if(match(${value}, '^[0-9]{1,14}$'), toInt64OrNull(${value}), NULL)`,
    us: `intDiv(if(match(${value}, '^[0-9]{1,17}$'), toInt64OrNull(${value}), NULL), 1000)`,
  }[part.unit];
  return `fromUnixTimestamp64Milli(${milliseconds}, 'UTC')`;
}

function clfTime(value: string): string {
  return `toDateTime64(parseDateTimeOrNull(toLowCardinality(${value}), '%d/%b/%Y:%H:%i:%s %z', 'UTC'), 3, 'UTC')`;
}

/** The parser behind it takes much that is no time, so the form is checked first. */
function isoTime(value: string): string {
  return `if(match(${value}, ${sqlText(ISO)}), parseDateTime64BestEffortOrNull(${value}, 3, 'UTC'), NULL)`;
}

function strftimeTime(fields: readonly CapturedField[], clock: Clock): string | undefined {
  const parts = partsOf(fields, 'strftime').filter(({ part }) => part.clock === clock);
  if (!isWhole(parts.map(({ part }) => part.form))) return undefined;
  const text =
    parts.length === 1 ? parts[0]?.value : `concat(${parts.map(({ value }) => value).join(`, ' ', `)})`;
  const format = parts.map(({ part }) => part.form.format).join(' ');
  const seconds = `toDateTime64(parseDateTimeOrNull(toLowCardinality(${text}), ${sqlText(format)}, 'UTC'), 3, 'UTC')`;
  return `addMilliseconds(${seconds}, ${fractionOf(fields, clock)})`;
}

/** A date and a time of day, however they are written. */
function isWhole(forms: readonly StrftimeForm[]): boolean {
  const letters = forms.map((form) => form.letters).join('');
  const isDate =
    /[Yy]/.test(letters) && (/j/.test(letters) || (/[mbB]/.test(letters) && /[de]/.test(letters)));
  return isDate && (/H/.test(letters) || (/I/.test(letters) && /p/.test(letters))) && /M/.test(letters);
}

function fractionOf(fields: readonly CapturedField[], clock: Clock): string {
  const found = partsOf(fields, 'fraction').find(({ part }) => part.clock === clock);
  if (found === undefined) return '0';
  const { value, part } = found;
  return `ifNull(intDiv(toInt64OrNull(${value}) * 100, ${10 ** (part.digits - 1)}), 0)`;
}
