import { fieldOf, type Layers } from './references.ts';
import { capped, type SpecReading } from './spec-reading.ts';
import { childOf, kindOf, type SpecNode, textOf } from './spec-tree.ts';

const OWNER_FIELDS = ['x-owner', 'x-team', 'x-service-owner', 'x-api-owner'] as const;
const OWNER_NAMES = ['name', 'team', 'email'] as const;
const SUNSET_FIELDS = ['x-sunset', 'x-sunset-date', 'sunset'] as const;
const RFC3339 =
  /^(\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01]))(?:[Tt](?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d))?$/;

/** The owner at the first level that names one; levels run from the most specific to the document's `info`. */
export function readOwner(reading: SpecReading, levels: readonly Layers[]): string | undefined {
  for (const level of levels) {
    for (const name of OWNER_FIELDS) {
      const node = fieldOf(level, name)?.value;
      const owner = node && ownerIn(node);
      if (owner) {
        return capped(owner);
      }
      if (node !== undefined) {
        reading.problems.add(
          `"${name}" names nobody: a text, or an object with name, team or email`,
          node.offset,
        );
      }
    }
  }
  return undefined;
}

function ownerIn(node: SpecNode): string | undefined {
  const candidates = node.kind === 'map' ? OWNER_NAMES.map((name) => childOf(node, name)) : [node];
  return candidates.map((candidate) => textOf(candidate)?.trim()).find(Boolean);
}

/** The sunset at the first level that gives a date: RFC 3339 date or date-time, as written. */
export function readSunset(reading: SpecReading, levels: readonly Layers[]): string | undefined {
  for (const level of levels) {
    for (const name of SUNSET_FIELDS) {
      const node = fieldOf(level, name)?.value;
      const text = textOf(node);
      if (text !== undefined && isDate(text)) {
        return capped(text);
      }
      if (node !== undefined) {
        const found = node.kind === 'scalar' ? '' : `, not ${kindOf(node)}`;
        reading.problems.add(`"${name}" is a date or date-time of RFC 3339${found}`, node.offset);
      }
    }
  }
  return undefined;
}

/** Checks the form and that the day exists. */
function isDate(text: string): boolean {
  const day = RFC3339.exec(text)?.[1];
  return day !== undefined && new Date(`${day}T00:00:00Z`).toISOString().startsWith(day);
}
