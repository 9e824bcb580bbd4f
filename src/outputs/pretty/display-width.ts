const ELLIPSIS = '…';
const ZERO_WIDTH = /[\p{Mn}\p{Me}]/u;
/** East Asian Wide and Fullwidth blocks (UAX #11) and the symbols shown as emoji; two columns in terminals. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1aff0}-\u{1b2ff}\u{20000}-\u{3fffd}\p{Emoji_Presentation}]/u;
const ASCII_ONLY = /^[ -~]*$/;

/** Terminal columns of inert text (no control, no invisible characters). */
export function displayWidth(text: string): number {
  if (ASCII_ONLY.test(text)) return text.length;
  return [...text].reduce((width, character) => width + characterWidth(character), 0);
}

/** The text in at most `width` columns: what is too long loses its middle to an ellipsis. */
export function cutMiddle(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width < 1) return '';
  const room = width - 1;
  const characters = [...text];
  const head = takeColumns(characters, Math.ceil(room / 2));
  const tail = takeColumns(characters.slice(head.length).reverse(), room - displayWidth(head.join('')));
  return `${head.join('')}${ELLIPSIS}${tail.reverse().join('')}`;
}

/** The text in at most `width` columns: what is too long loses its end to an ellipsis. */
export function cutEnd(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (width < 1) return '';
  return `${takeColumns([...text], width - 1).join('')}${ELLIPSIS}`;
}

function takeColumns(characters: readonly string[], columns: number): string[] {
  let used = 0;
  const end = characters.findIndex((character) => {
    used += characterWidth(character);
    return used > columns;
  });
  return characters.slice(0, end === -1 ? characters.length : end);
}

function characterWidth(character: string): 0 | 1 | 2 {
  if (WIDE.test(character)) return 2;
  return ZERO_WIDTH.test(character) ? 0 : 1;
}
