/** What a typed segment is called when it is not the id of the noun before it. */
const OWN_NAMES: ReadonlyMap<string, string> = new Map([
  ['date', 'date'],
  ['email', 'email'],
  ['ip', 'address'],
  ['num', 'number'],
  ['jwt', 'token'],
  ['text', 'text'],
  ['rest', 'rest'],
]);

/** A typed segment in a shape: `{int}`, `{pfx:cus}`, also inside `{int}.json`. */
const TYPED = /\{([a-z]+)(?::[^{}]*)?\}/g;
/** Words in front of the nouns of an API. */
const NO_NOUN = /^(v[0-9]+((alpha|beta)[0-9]*)?|[0-9.]+|v[0-9]+(\.[0-9]+)+|api|apis|rest)$/i;
/** `order-{int}` and `Products({int})` say themselves what they are; `u{int}` does not. */
const OWN_NOUN = /^([A-Za-z]{3,})[^{}A-Za-z]*\{/;
/** Of a long segment the last words are enough. */
const MAX_WORDS = 4;

/**
 * The route template of a shape: `/users/{int}/orders/{uuid}` becomes `/users/{userId}/orders/{orderId}`. Nothing
 * but the text within braces changes, so that the identity stays; no two parameters of a path share a name.
 */
export function nameParameters(shape: string): string {
  const used = new Set<string>();
  let noun = '';
  const segments = shape.split('/').map((segment) => {
    const own = OWN_NOUN.exec(segment)?.[1];
    const named = segment.replace(
      TYPED,
      (_, type: string) => `{${unused(OWN_NAMES.get(type) ?? idOf(own ?? noun), used)}}`,
    );
    if (own !== undefined) noun = own;
    else if (segment !== '' && !segment.includes('{') && !NO_NOUN.test(segment)) noun = segment;
    return named;
  });
  return segments.join('/');
}

/**
 * One shape for two of the same route: where their types differ, the segment is an id of any type. The result does
 * not depend on the order in which shapes are united.
 */
export function unitedShape(left: string, right: string): string {
  const types = right.match(TYPED) ?? [];
  let place = 0;
  return left.replace(TYPED, (type) => {
    const other = types[place];
    place += 1;
    return other === type ? type : '{any}';
  });
}

function unused(name: string, used: Set<string>): string {
  let candidate = name;
  for (let count = 2; used.has(candidate); count += 1) candidate = `${name}${count}`;
  used.add(candidate);
  return candidate;
}

/** `order-items` gives `orderItemId`; without a usable noun it is `id`. */
function idOf(noun: string): string {
  const words = noun.split(/[^A-Za-z]+/).filter((word) => word !== '');
  const last = words.at(-1);
  if (last === undefined) return 'id';
  const singularWords = [...words.slice(-MAX_WORDS, -1), singular(last)];
  const camel = singularWords.map((word, index) =>
    index === 0 ? word.charAt(0).toLowerCase() + word.slice(1) : word.charAt(0).toUpperCase() + word.slice(1),
  );
  return `${camel.join('')}Id`;
}

/** English plurals as they occur in paths; a wrong guess is only a less pretty name. */
function singular(word: string): string {
  if (/ies$/i.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ss|sh|ch|x|us)es$/i.test(word)) return word.slice(0, -2);
  if (/s$/i.test(word) && !/(ss|us|is)$/i.test(word)) return word.slice(0, -1);
  return word;
}
