import { quoted } from './spec-problems.ts';
import type { SpecReading } from './spec-reading.ts';
import { kindOf, type SpecEntry, type SpecMap } from './spec-tree.ts';

/** The edition that brought each method. */
const METHODS: ReadonlyMap<string, number> = new Map([
  ['get', 2],
  ['put', 2],
  ['post', 2],
  ['delete', 2],
  ['options', 2],
  ['head', 2],
  ['patch', 2],
  ['trace', 3],
  ['query', 3.2],
]);
const ADDITIONAL = 'additionalOperations';
const OTHER_FIELDS: ReadonlySet<string> = new Set([
  '$ref',
  'summary',
  'description',
  'servers',
  'parameters',
  ADDITIONAL,
  'sunset',
]);
/** RFC 9110 token, with a length no real method reaches. */
const METHOD_TOKEN = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,64}$/;
/** Methods read from `additionalOperations` of one path item. */
const MAX_ADDITIONAL = 100;

/** An operation as it stands in a path item. */
export interface MethodEntry {
  /** Upper case. */
  readonly method: string;
  readonly offset: number;
  readonly operation: SpecMap;
}

/** The operations written in one path item, in order; methods of a later edition are read, with a problem. */
export function methodsOf(reading: SpecReading, item: SpecMap): readonly MethodEntry[] {
  const found = new Map<string, MethodEntry>();
  for (const [field, entry] of item.entries) {
    const since = METHODS.get(field.toLowerCase());
    if (since !== undefined) {
      noteMisfit(reading, { field, since, offset: entry.keyOffset });
      addMethod(reading, found, [field, entry]);
    } else if (!field.startsWith('x-') && !OTHER_FIELDS.has(field)) {
      reading.problems.add(`${quoted(field)} is no field of a path`, entry.keyOffset);
    }
  }
  const additional = item.entries.get(ADDITIONAL);
  if (additional !== undefined) {
    addAdditional(reading, found, additional);
  }
  return [...found.values()];
}

function noteMisfit(reading: SpecReading, at: { field: string; since: number; offset: number }): void {
  if (at.since > reading.edition) {
    reading.problems.add(
      `${quoted(at.field)} came with OpenAPI ${at.since.toFixed(1)}; it is read`,
      at.offset,
    );
  }
  if (at.field !== ADDITIONAL && at.field !== at.field.toLowerCase()) {
    reading.problems.add(`${quoted(at.field)} is written in lower case; it is read`, at.offset);
  }
}

function addMethod(
  { problems }: SpecReading,
  found: Map<string, MethodEntry>,
  [name, { keyOffset, value }]: readonly [string, SpecEntry],
): void {
  const method = name.toUpperCase();
  if (value.kind !== 'map') {
    problems.add(
      `The operation ${quoted(name)} is an object, not ${kindOf(value)}; it is left out`,
      keyOffset,
    );
    return;
  }
  if (found.has(method)) {
    problems.add(`The method ${quoted(name)} stands twice; the first one counts`, keyOffset);
    return;
  }
  found.set(method, { method, offset: keyOffset, operation: value });
}

function addAdditional(
  reading: SpecReading,
  found: Map<string, MethodEntry>,
  { keyOffset, value }: SpecEntry,
): void {
  const { problems } = reading;
  noteMisfit(reading, { field: ADDITIONAL, since: 3.2, offset: keyOffset });
  if (value.kind !== 'map') {
    problems.add(`"${ADDITIONAL}" is an object, not ${kindOf(value)}`, keyOffset);
    return;
  }
  const leftOut = value.entries.size - MAX_ADDITIONAL;
  if (leftOut > 0) {
    problems.add(`More than ${MAX_ADDITIONAL} methods on one path; ${leftOut} are left out`, keyOffset);
  }
  for (const [name, entry] of [...value.entries].slice(0, MAX_ADDITIONAL)) {
    if (name.startsWith('x-')) {
      continue;
    }
    if (METHOD_TOKEN.test(name)) {
      addMethod(reading, found, [name, entry]);
    } else {
      problems.add(`${quoted(name)} is no HTTP method; it is left out`, entry.keyOffset);
    }
  }
}
