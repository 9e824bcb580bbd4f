import { inertText } from '../../model/inert-text.ts';

/**
 * Text for a SARIF message, where backslash, brackets (links) and braces (placeholders) have a meaning of their own.
 * Never empty: an empty message is no message.
 */
export function messageText(text: string): string {
  const escaped = inertText(text)
    .replace(/[\\[\]]/g, '\\$&')
    .replace(/[{}]/g, '$&$&');
  return escaped.trim() === '' ? '-' : escaped;
}
