import { inertText } from '../../model/inert-text.ts';
import { cutMiddle, displayWidth } from './display-width.ts';
import type { Line, Span } from './line.ts';

const GAP = '  ';
/** A flexible column gives up its width down to this many columns, enough to tell rows apart. */
const MIN_FLEXIBLE_WIDTH = 12;

export interface Column {
  readonly title: string;
  /** Numbers stand to the right. */
  readonly align?: 'right';
  /** Loses the middle of its text when the table is too wide. */
  readonly flexible?: true;
}

export type Cell = string | Span;

export interface Table {
  readonly header: Line;
  /** One line per row, in order. */
  readonly rows: readonly Line[];
}

/** Lays out rows in aligned columns that fit the width. */
export function layOutTable(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  width: number,
): Table {
  const spans = rows.map((row) => row.map(inertSpan));
  const titles = columns.map(({ title }): Span => ({ text: title, style: 'dim' }));
  const natural = columns.map((_, index) => widestOf([titles, ...spans], index));
  const widths = fitWidths(columns, natural, width);
  const layOut = (row: readonly Span[]): Line =>
    row.flatMap((span, index) => placed(span, { column: columns[index], width: widths[index] ?? 0, index }));
  return { header: layOut(titles), rows: spans.map(layOut) };
}

function inertSpan(cell: Cell): Span {
  const span = typeof cell === 'string' ? { text: cell } : cell;
  return { ...span, text: inertText(span.text) };
}

function widestOf(rows: readonly (readonly Span[])[], index: number): number {
  return rows.reduce((widest, row) => Math.max(widest, displayWidth(row[index]?.text ?? '')), 0);
}

/** Takes columns from the widest flexible column, one at a time, until the table fits or nothing is left to take. */
function fitWidths(columns: readonly Column[], natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural];
  let excess =
    widths.reduce((sum, columnWidth) => sum + columnWidth, 0) + GAP.length * (widths.length - 1) - width;
  for (; excess > 0; excess -= 1) {
    const widest = widestFlexible(columns, widths);
    if (widest === undefined) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
  }
  return widths;
}

function widestFlexible(columns: readonly Column[], widths: readonly number[]): number | undefined {
  const candidates = columns
    .map(({ flexible }, index) => ({ index, flexible, width: widths[index] ?? 0 }))
    .filter(({ flexible, width }) => flexible && width > MIN_FLEXIBLE_WIDTH);
  return candidates.sort((left, right) => right.width - left.width)[0]?.index;
}

interface Placement {
  readonly column: Column | undefined;
  readonly width: number;
  readonly index: number;
}

function placed(span: Span, { column, width, index }: Placement): Line {
  const text = column?.flexible ? cutMiddle(span.text, width) : span.text;
  const padding = { text: ' '.repeat(Math.max(0, width - displayWidth(text))) };
  const content = { ...span, text };
  const gap = index === 0 ? [] : [{ text: GAP }];
  return column?.align === 'right' ? [...gap, padding, content] : [...gap, content, padding];
}
