const MAX_TEXT = 200;

/** What may be shown of a text that came in: its form, without its content. Letters become x, digits 9. */
export function maskedText(text: string): string {
  return text
    .slice(0, MAX_TEXT)
    .replace(/[^\x20-\x7e]/g, '?')
    .replace(/[A-Za-z]/g, 'x')
    .replace(/[0-9]/g, '9');
}
