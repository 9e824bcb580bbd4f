import { createHash } from 'node:crypto';
import type { SpecDocument } from '../../../model/spec.ts';
import { JsonFlaw, readJsonTree } from './json-tree.ts';
import { readOperations } from './operations.ts';
import { readOwner, readSunset } from './ownership.ts';
import { createServerReader } from './servers.ts';
import { collectProblems, quoted, type SpecProblems } from './spec-problems.ts';
import { capped, type SpecReading } from './spec-reading.ts';
import { decodeSpec, type SpecText, unreadable } from './spec-text.ts';
import { childOf, kindOf, type SpecMap, type SpecNode, textOf } from './spec-tree.ts';
import { readYamlTree } from './yaml-tree.ts';

export { looksLikeOpenApi } from './looks-like-openapi.ts';

const EDITION = /^(\d+)(?:\.(\d+))?(?:[.-].*)?$/s;
const NEWEST_MINOR = { 2: 0, 3: 2 } as const;
const REPLACEMENT_CHARACTER = '\uFFFD';

/**
 * Reads an OpenAPI description of edition 2.0, 3.0, 3.1 or 3.2, in JSON or YAML, from nothing but its bytes.
 * What is wrong but leaves the rest readable becomes a problem with its place.
 * Throws SPEC_UNREADABLE with a place when the syntax is broken, a bound is passed, or it is no OpenAPI.
 * Source: https://spec.openapis.org/oas/
 */
export function readOpenApi(file: string, bytes: Uint8Array): SpecDocument {
  const source = decodeSpec(file, bytes);
  const problems = collectProblems(source);
  const root = readRoot(source, problems);
  const { written, edition } = readEdition(source, problems, root);
  const reading = { source, problems, root, edition };
  const info = readInfo(reading);
  const owner = readDocumentOwner(reading);
  const servers = createServerReader(reading);
  const sunset = readSunset(reading, [[root]]);
  const operations = readOperations(reading, { servers, owner, sunset });
  return {
    file,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    edition: written,
    ...info,
    ...(owner === undefined ? {} : { owner }),
    ...(sunset === undefined ? {} : { sunset }),
    servers: servers.document,
    operations,
    problems: problems.list(),
  };
}

function readRoot(source: SpecText, problems: SpecProblems): SpecMap {
  if (source.text.trim() === '') {
    throw unreadable(source, 'The file is empty', 0);
  }
  const root = readTree(source, problems);
  if (root.kind !== 'map') {
    throw unreadable(source, `Not an OpenAPI document: it is ${kindOf(root)}, not an object`, root.offset);
  }
  const damage = source.text.indexOf(REPLACEMENT_CHARACTER);
  if (damage !== -1) {
    problems.add('The text is not valid UTF-8, or holds the mark of text that was not', damage);
  }
  return root;
}

/** JSON is read as JSON; what only resembles it (comments, trailing commas) may still be YAML. */
function readTree(source: SpecText, problems: SpecProblems): SpecNode {
  if (!/^\s*[{[]/.test(source.text)) {
    return readYamlTree(source, problems);
  }
  try {
    return readJsonTree(source, problems);
  } catch (error) {
    if (error instanceof JsonFlaw) {
      return readAlmostJson(source, problems, error);
    }
    throw error;
  }
}

function readAlmostJson(source: SpecText, problems: SpecProblems, flaw: JsonFlaw): SpecNode {
  problems.add(`${flaw.message}; it is read as YAML`, flaw.offset);
  try {
    return readYamlTree(source, problems);
  } catch {
    // Broken as YAML too: the place where JSON breaks is the one its author looks for.
    throw unreadable(source, flaw.message, flaw.offset);
  }
}

function readEdition(source: SpecText, problems: SpecProblems, root: SpecMap) {
  const node = childOf(root, 'openapi') ?? childOf(root, 'swagger');
  if (node === undefined) {
    throw unreadable(
      source,
      'Not an OpenAPI document: neither "openapi" nor "swagger" stands in it',
      root.offset,
    );
  }
  const written = textOf(node) ?? '';
  const [, major, minor = '0'] = EDITION.exec(written) ?? [];
  if (major !== '2' && major !== '3') {
    throw unreadable(source, `The edition ${quoted(written)} is not one of 2.0, 3.0, 3.1, 3.2`, node.offset);
  }
  const newest = NEWEST_MINOR[major];
  if (Number(minor) > newest) {
    problems.add(
      `The edition ${quoted(written)} is newer than ${major}.${newest}; it is read as that`,
      node.offset,
    );
  }
  const edition = Number(`${major}.${Math.min(Number(minor), newest)}`);
  return { written: capped(written), edition };
}

function readInfo(reading: SpecReading): Pick<SpecDocument, 'title' | 'version'> {
  const info = childOf(reading.root, 'info');
  const textField = (name: string) => {
    const node = childOf(info, name);
    const text = textOf(node);
    if (text === undefined) {
      reading.problems.add(`"info.${name}" is missing or no text`, (node ?? info ?? reading.root).offset);
    }
    return capped(text ?? '');
  };
  return { title: textField('title'), version: textField('version') };
}

function readDocumentOwner(reading: SpecReading): string | undefined {
  const info = childOf(reading.root, 'info');
  const levels = info?.kind === 'map' ? [[reading.root], [info]] : [[reading.root]];
  const contact = textOf(childOf(childOf(info, 'contact'), 'name'))?.trim();
  return readOwner(reading, levels) ?? (contact ? capped(contact) : undefined);
}
