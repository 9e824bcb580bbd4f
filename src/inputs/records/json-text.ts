const NEEDS_ESCAPE = /[^ !#-[\]-~]/;

/** A JSON string. Most text needs no escape; a lone surrogate would make the whole line no JSON. */
export function quoted(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text.toWellFormed()) : `"${text}"`;
}
