import { LineCounter } from 'yaml';
import { CLASSIFICATIONS, type Classification } from '../../model/endpoint.ts';
import { formatPlace, type Place, StanceError } from '../../model/error.ts';
import type { Policy } from '../../model/policy.ts';
import { SEVERITIES } from '../../model/severity.ts';
import { type Part, quoted, type Report, readList, readMapping, readText, readWord } from './policy-nodes.ts';
import { readRule } from './read-rule.ts';
import { readYaml } from './read-yaml.ts';

/** A file of 1,000 policies has about 300 KiB. */
export const MAX_POLICY_FILE_BYTES = 1_048_576;
/** A hostile file has one problem per character; a person mends no more than this at a time. */
const MAX_PROBLEMS_LISTED = 100;
const MAX_NAME_CHARACTERS = 100;
const FIRST_CHARACTER = { line: 1, column: 1 };

const FILE = { keys: ['policies'], required: ['policies'] };
const POLICY = {
  keys: ['name', 'description', 'scope', 'rule', 'severity', 'remediation'],
  required: ['name', 'description', 'rule', 'severity', 'remediation'],
};
const SCOPE = { keys: ['classification'], required: ['classification'] };

interface Problem {
  readonly offset: number;
  readonly message: string;
}

/**
 * Reads a policy file: one `policies:` list of mappings with name, description, scope, rule, severity, remediation.
 * Without `scope` a policy holds for every endpoint.
 *
 * @throws StanceError `POLICY_INVALID`, with every problem on a line of its own: `file:line:column what; mend`.
 */
export function parsePolicies(file: string, text: string): Policy[] {
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes > MAX_POLICY_FILE_BYTES) {
    const message = `the file has ${sizeBytes} bytes and the limit is ${MAX_POLICY_FILE_BYTES}; split it`;
    throw invalidPolicies([{ place: { file, ...FIRST_CHARACTER }, message }]);
  }
  const lines = new LineCounter();
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems: Problem[] = [];
  const report: Report = (offset, message) => problems.push({ offset, message });
  const root = readYaml(text, lines, report);
  const policies = root === undefined ? [] : readPolicies(root, report);
  if (problems.length > 0) {
    const inOrder = problems.toSorted((left, right) => left.offset - right.offset);
    throw invalidPolicies(inOrder.map(({ offset, message }) => ({ place: placeAt(offset), message })));
  }
  return policies.map(({ offset, ...policy }) => ({
    ...policy,
    source: { file, line: placeAt(offset).line ?? 1 },
  }));
}

type UnplacedPolicy = Omit<Policy, 'source'> & { readonly offset: number };

function readPolicies(root: Part, report: Report): UnplacedPolicy[] {
  const list = readMapping(root, FILE, report)?.parts.get('policies');
  if (list === undefined) return [];
  const names = new Set<string>();
  return (readList(list, 'the policy', report) ?? [])
    .map((part) => readPolicy(part, names, report))
    .filter((policy) => policy !== undefined);
}

function readPolicy(part: Part, names: Set<string>, report: Report): UnplacedPolicy | undefined {
  const mapping = readMapping(part, POLICY, report);
  if (mapping === undefined) return undefined;
  const read = <Value>(key: string, reader: (found: Part) => Value | undefined): Value | undefined => {
    const found = mapping.parts.get(key);
    return found === undefined ? undefined : reader(found);
  };
  const name = read('name', (found) => readName(found, names, report));
  const description = read('description', (found) => readText(found, report, 'many'));
  const scope = mapping.parts.has('scope')
    ? read('scope', (found) => readScope(found, report))
    : { classification: [] };
  const rule = read('rule', (found) => readRule(found, report));
  const severity = read('severity', (found) => readWord(found, SEVERITIES, report));
  const remediation = read('remediation', (found) => readText(found, report, 'many'));
  if (!name || !description || !scope || !rule || !severity || !remediation) return undefined;
  return { name, description, scope, rule, severity, remediation, offset: mapping.offset };
}

function readName(part: Part, names: Set<string>, report: Report): string | undefined {
  const name = readText(part, report);
  if (name === undefined) return undefined;
  if (name.length > MAX_NAME_CHARACTERS) {
    report(
      part.offset,
      `the name has ${name.length} characters and the limit is ${MAX_NAME_CHARACTERS}; shorten it`,
    );
  }
  if (names.has(name)) {
    report(
      part.offset,
      `another policy is named ${quoted(name)} already; findings are told apart by name, rename one`,
    );
  }
  names.add(name);
  return name;
}

function readScope(part: Part, report: Report): Policy['scope'] | undefined {
  const list = readMapping(part, SCOPE, report)?.parts.get('classification');
  const items = list === undefined ? undefined : readList(list, 'classification', report);
  if (list === undefined || items === undefined) return undefined;
  if (items.length === 0) {
    report(list.offset, '`classification` is empty; list a word, or remove `scope` to mean every endpoint');
  }
  const classification = items
    .map((item) => readWord(item, CLASSIFICATIONS, report))
    .filter((word): word is Classification => word !== undefined);
  return { classification };
}

function invalidPolicies(problems: readonly { place: Place; message: string }[]): StanceError {
  const listed = problems
    .slice(0, MAX_PROBLEMS_LISTED)
    .map(({ place, message }) => `${formatPlace(place)} ${message}`);
  const left = problems.length - listed.length;
  const lines = left > 0 ? [...listed, `and ${left} more`] : listed;
  const first = problems[0];
  return new StanceError(
    'POLICY_INVALID',
    lines.join('\n'),
    first === undefined ? {} : { place: first.place },
  );
}
