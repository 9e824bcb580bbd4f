/** What a typed segment is called when it is not the id of the noun before it. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  date: 'date',
  email: 'email',
  ip: 'address',
  num: 'number',
  jwt: 'token',
  text: 'text',
  rest: 'rest',
};

/** A typed segment in a shape: `{int}`, `{pfx:cus}`, also inside `{int}.json`. */
const TYPED = /\{([a-z]+)(?::[^{}]*)?\}/g;

/** The route template of a shape: `/users/{int}/orders/{uuid}` becomes `/users/{userId}/orders/{orderId}`. */
export function nameParameters(shape: string): string {
  const used = new Set<string>();
  let noun = '';
  const segments = shape.split('/').map((segment) => {
    const named = segment.replace(
      TYPED,
      (_, type: string) => `{${unused(OWN_NAMES[type] ?? idOf(noun), used)}}`,
    );
    if (named === segment && segment !== '') noun = segment;
    return named;
  });
  return segments.join('/');
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
  if (last === undefined || /^v$/i.test(noun.replace(/[0-9.]/g, ''))) return 'id';
  const singularWords = [...words.slice(0, -1), singular(last)];
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
