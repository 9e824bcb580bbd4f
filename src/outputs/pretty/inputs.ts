import { compareText } from '../../model/order.ts';
import type { InputReport, ScanReport } from '../../model/report.ts';
import type { Line } from './line.ts';
import { type Cell, type Column, layOutTable } from './table.ts';
import { formatCount } from './words.ts';

/** Further inputs are summed in one row; the JSON output lists them all. */
const MAX_ROWS = 50;
/** Further reasons of one input are only counted. */
const MAX_REASONS = 10;

const COLUMNS: readonly Column[] = [
  { title: 'input', flexible: true },
  { title: 'format', flexible: true },
  { title: 'read', align: 'right' },
  { title: 'accepted', align: 'right' },
  { title: 'duplicate', align: 'right' },
  { title: 'blank', align: 'right' },
  { title: 'rejected', align: 'right' },
];

type Counts = Pick<InputReport, 'read' | 'accepted' | 'duplicate' | 'blank'> & { readonly rejected: number };

/** Every line of every input accounted for, with the reasons of rejected lines and one masked example of each. */
export function inputLines({ inputs }: ScanReport, width: number): readonly Line[] {
  if (inputs.length === 0) return [];
  const shown = inputs.slice(0, MAX_ROWS);
  const unlisted = inputs.slice(MAX_ROWS);
  const rows = [
    ...shown.map((input) => rowOf(input.path, input.format, countsOf([input]))),
    ...(unlisted.length === 0 ? [] : [rowOf(`${unlisted.length} more inputs`, '', countsOf(unlisted))]),
    ...(inputs.length === 1 ? [] : [rowOf('all inputs', '', countsOf(inputs))]),
  ];
  const table = layOutTable(COLUMNS, rows, width);
  return [table.header, ...table.rows.flatMap((row, index) => [row, ...noteLines(shown[index])])];
}

function countsOf(inputs: readonly InputReport[]): Counts {
  const total = (of: (input: InputReport) => number) => inputs.reduce((sum, input) => sum + of(input), 0);
  return {
    read: total(({ read }) => read),
    accepted: total(({ accepted }) => accepted),
    duplicate: total(({ duplicate }) => duplicate),
    blank: total(({ blank }) => blank),
    rejected: total(({ rejected }) => Object.values(rejected).reduce((sum, { count }) => sum + count, 0)),
  };
}

function rowOf(path: string, format: string, counts: Counts): readonly Cell[] {
  const rejected = formatCount(counts.rejected);
  return [
    path,
    format,
    formatCount(counts.read),
    formatCount(counts.accepted),
    formatCount(counts.duplicate),
    formatCount(counts.blank),
    counts.rejected === 0 ? rejected : { text: rejected, style: 'yellow' },
  ];
}

function noteLines(input: InputReport | undefined): readonly Line[] {
  if (input === undefined) return [];
  const reasons = Object.entries(input.rejected).sort(([left], [right]) => compareText(left, right));
  const unlisted = reasons.length - MAX_REASONS;
  return [
    ...(input.problem === undefined ? [] : [note(`problem: ${input.problem}`)]),
    ...reasons
      .slice(0, MAX_REASONS)
      .map(([reason, { count, examples }]) => note(rejectionText(reason, count, examples[0]))),
    ...(unlisted > 0 ? [note(`and ${unlisted} more reasons`)] : []),
  ];
}

function rejectionText(reason: string, count: number, example: string | undefined): string {
  const rejected = `rejected ${formatCount(count)}: ${reason}`;
  return example === undefined ? rejected : `${rejected}, such as ${example}`;
}

function note(text: string): Line {
  return [{ text: '  ' }, { text, style: 'yellow' }];
}
