import { quote } from './json-text.ts';

/**
 * A target's query as Kong logs it: decoded, `true` for a name without `=`, an array for a repeated name,
 * an empty object without a query.
 */
export function querystring(target: string): string {
  const mark = target.indexOf('?');
  if (mark === -1) return '{}';
  const values = new Map<string, string[]>();
  for (const pair of target.slice(mark + 1).split('&')) {
    if (pair !== '') addPair(values, pair);
  }
  let fields = '';
  for (const [name, found] of values) {
    const value = found.length === 1 ? found[0] : `[${found.join(',')}]`;
    fields += `${fields === '' ? '' : ','}${quote(name)}:${value}`;
  }
  return `{${fields}}`;
}

function addPair(values: Map<string, string[]>, pair: string): void {
  const equals = pair.indexOf('=');
  const name = decode(equals === -1 ? pair : pair.slice(0, equals));
  const value = equals === -1 ? 'true' : quote(decode(pair.slice(equals + 1)));
  const seen = values.get(name);
  if (seen === undefined) values.set(name, [value]);
  else seen.push(value);
}

/** Text that does not decode stays as it is. */
function decode(text: string): string {
  const spaced = text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (!spaced.includes('%')) return spaced;
  try {
    return decodeURIComponent(spaced);
  } catch {
    return spaced;
  }
}
