/** Everything that JSON must escape, and everything beyond ASCII: lines are ASCII in every format. */
const NEEDS_ESCAPE = /[^ !#-[\]-~]/;
const BEYOND_ASCII = /[\u007f-\uffff]/g;

/** A JSON string in ASCII. */
export function quote(text: string): string {
  return NEEDS_ESCAPE.test(text) ? toAscii(JSON.stringify(text)) : `"${text}"`;
}

export function toAscii(json: string): string {
  return json.replaceAll(BEYOND_ASCII, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/**
 * Makes the text of an object once and remembers it for as long as the object lives. Headers, services and
 * consumers are shared between exchanges; this halves the cost of a line.
 */
export function remembering<T extends object>(make: (value: T) => string): (value: T) => string {
  const known = new WeakMap<T, string>();
  return (value) => {
    let text = known.get(value);
    if (text === undefined) {
      text = make(value);
      known.set(value, text);
    }
    return text;
  };
}

/** JSON in ASCII, remembered. */
export const jsonOf = remembering<object>((value) => toAscii(JSON.stringify(value)));
