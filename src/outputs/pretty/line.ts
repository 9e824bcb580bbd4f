import { styleText } from 'node:util';
import { inertText } from '../../model/inert-text.ts';
import { cutEnd, cutMiddle, displayWidth } from './display-width.ts';

export type Style = 'bold' | 'dim' | 'red' | 'redBold' | 'yellow' | 'green' | 'cyan';

/** A piece of a line; styles add to words, they never replace them. */
export interface Span {
  readonly text: string;
  readonly style?: Style;
}

export type Line = readonly Span[];

const FORMATS = {
  bold: 'bold',
  dim: 'dim',
  red: 'red',
  redBold: ['red', 'bold'],
  yellow: 'yellow',
  green: 'green',
  cyan: 'cyan',
} as const satisfies Record<Style, Parameters<typeof styleText>[0]>;

/** The only place where text becomes terminal output: everything is made inert and cut to the width here. */
export function paint(lines: readonly Line[], { width, color }: { width: number; color: boolean }): string {
  return lines.map((line) => `${paintLine(cutLine(inertLine(line), width), color)}\n`).join('');
}

/** The text in lines of at most `width` columns, broken at spaces. */
export function wrapText(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of inertText(text).split(' ')) {
    const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
    const fits = lines.length > 0 && displayWidth(longer) <= width;
    lines.splice(fits ? -1 : lines.length, fits ? 1 : 0, fits ? longer : cutMiddle(word, width));
  }
  return lines;
}

/** Pieces of a command could meet where two spans do, so the line is made inert as a whole too. */
function inertLine(line: Line): Line {
  const spans = line.map((span) => ({ ...span, text: inertText(span.text) }));
  const whole = spans.map(({ text }) => text).join('');
  const inert = inertText(whole);
  return inert === whole ? spans : [{ text: inert }];
}

function cutLine(line: Line, width: number): Line {
  const spans = withoutPadding(line);
  const total = spans.reduce((sum, { text }) => sum + displayWidth(text), 0);
  if (total <= width) return spans;
  const kept: Span[] = [];
  let room = width - 1;
  for (const span of spans) {
    const spanWidth = displayWidth(span.text);
    if (spanWidth > room) return [...kept, { ...span, text: cutEnd(`${span.text} `, room + 1) }];
    kept.push(span);
    room -= spanWidth;
  }
  return kept;
}

function withoutPadding(line: Line): Line {
  const last = line.findLastIndex(({ text }) => text.trim() !== '');
  return line
    .slice(0, last + 1)
    .map((span, index) => (index === last ? { ...span, text: span.text.trimEnd() } : span));
}

function paintLine(line: Line, color: boolean): string {
  return line.map(({ text, style }) => paintSpan(text, color ? style : undefined)).join('');
}

function paintSpan(text: string, style: Style | undefined): string {
  if (style === undefined || text.trim() === '') return text;
  // Whether the stream takes colours was decided by the caller.
  return styleText(FORMATS[style], text, { validateStream: false });
}
