const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],]/g;
const OPENS_FIELD = /^[{,]$/;
/** `collection.info.schema`. */
const MAX_DEPTH = 3;
const SCHEMA = /schema\.(?:get)?postman\.com\//;

/**
 * Whether a JSON document that begins like this is a collection, one as the Postman API gives it, or a report of
 * Newman: by the names of its outermost fields, which no caller of an API can choose.
 */
export function isPostman(head: Buffer): boolean {
  const text = head.toString('utf8').trimStart();
  if (!text.startsWith('{')) return false;
  const fields = outerFields(text);
  const has = (...paths: readonly string[]): boolean => paths.every((path) => fields.has(path));
  const schemas = [fields.get('info.schema'), fields.get('collection.info.schema')];
  if (schemas.some((schema) => schema !== undefined && SCHEMA.test(schema))) return true;
  if (has('info', 'info._postman_id') || has('collection', 'collection.item')) return true;
  return has('id', 'name', 'order') && (has('requests') || has('folders'));
}

/** The paths of the fields that the beginning of an object shows, with the text of those that are text. */
function outerFields(text: string): ReadonlyMap<string, string> {
  const fields = new Map<string, string>();
  const keys: string[] = [];
  const brackets: string[] = [];
  let previous = '';
  for (const [token] of text.matchAll(TOKEN)) {
    const isKey = token.startsWith('"') && brackets.at(-1) === '{' && OPENS_FIELD.test(previous);
    if (isKey) keys.splice(brackets.length - 1, keys.length, token.slice(1, -1));
    if (token.startsWith('"') && isOuter(brackets)) fields.set(keys.join('.'), isKey ? '' : token);
    moveIn(brackets, token);
    if (brackets.length === 0) break;
    previous = token;
  }
  return fields;
}

function moveIn(brackets: string[], token: string): void {
  if (token === '{' || token === '[') brackets.push(token);
  if (token === '}' || token === ']') brackets.pop();
}

function isOuter(brackets: readonly string[]): boolean {
  return brackets.length <= MAX_DEPTH && !brackets.includes('[');
}
