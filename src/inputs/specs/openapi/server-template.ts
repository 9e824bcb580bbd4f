import { MAX_URL_LENGTH } from './server-address.ts';
import { quoted } from './spec-problems.ts';
import { childOf, type SpecNode, textOf } from './spec-tree.ts';

/** Servers read from one list, and from one URL with variables; the rest is left out with a problem. */
export const MAX_SERVERS = 100;

const VARIABLE = /\{([^{}]*)\}/;
const WITH_HOST = /^(?:[a-z][a-z0-9+.-]*:)?\/\//i;
const WITHIN_HOST = /^(?:[a-z][a-z0-9+.-]*:)?\/\/[^/?#]*$/i;

/**
 * Fills the variables of a server URL: with their defaults, and within the host with each value of an `enum`,
 * default first. No URL at all when a variable has neither.
 */
export function fillServerUrl(
  template: string,
  variables: SpecNode | undefined,
  note: (flaw: string) => void,
): readonly string[] {
  if (template.length > MAX_URL_LENGTH) {
    note(`A server URL has ${template.length} characters; at most ${MAX_URL_LENGTH} are read`);
    return [];
  }
  // Names of variables stand at the odd places.
  const parts = template.split(VARIABLE);
  let before = '';
  let urls: readonly string[] = [''];
  for (const [index, part] of parts.entries()) {
    const values = index % 2 === 0 ? [part] : variableValues(childOf(variables, part), before);
    if (values.length === 0) {
      note(`The server ${quoted(template)} is left out: its variable ${quoted(part)} has no usable default`);
      return [];
    }
    if (urls.length * values.length > MAX_SERVERS) {
      note(
        `The server ${quoted(template)} stands for more than ${MAX_SERVERS} servers; the rest is left out`,
      );
    }
    urls = combine(urls, values);
    before += index % 2 === 0 ? part : 'x';
  }
  return urls;
}

function variableValues(variable: SpecNode | undefined, before: string): readonly string[] {
  const choices = childOf(variable, 'enum');
  const listed = choices?.kind === 'list' ? choices.items.slice(0, MAX_SERVERS + 1) : [];
  const texts = [childOf(variable, 'default'), ...listed].map(textOf).filter((text) => text !== undefined);
  const values = texts.filter((text) => text.length <= MAX_URL_LENGTH);
  const holdsHost = WITHIN_HOST.test(before) || (before === '' && WITH_HOST.test(values[0] ?? ''));
  return holdsHost ? [...new Set(values)] : values.slice(0, 1);
}

function combine(starts: readonly string[], ends: readonly string[]): readonly string[] {
  const combined = [];
  for (const start of starts) {
    for (const end of ends) {
      if (combined.length === MAX_SERVERS) {
        return combined;
      }
      combined.push(start + end);
    }
  }
  return combined;
}
