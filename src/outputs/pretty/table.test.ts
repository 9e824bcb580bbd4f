import { describe, expect, it } from 'vitest';
import { paint } from './line.ts';
import { type Cell, type Column, layOutTable } from './table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'path', flexible: true },
  { title: 'n', align: 'right' },
  { title: 'state' },
];

function lay(rows: readonly (readonly Cell[])[], width = 60): readonly string[] {
  const { header, rows: lines } = layOutTable(COLUMNS, rows, width);
  return paint([header, ...lines], { width, color: false })
    .trimEnd()
    .split('\n');
}

describe('layOutTable', () => {
  it('aligns text left and numbers right', () => {
    expect(
      lay([
        ['/a', '1', 'met'],
        ['/longer', '1,000', 'missed'],
      ]),
    ).toEqual([
      'path         n  state', //
      '/a           1  met',
      '/longer  1,000  missed',
    ]);
  });

  it('aligns wide characters and text that had to be made inert', () => {
    expect(
      lay([
        ['/名前', '1', 'met'],
        ['/\u001b\u200b', '2', 'met'],
        ['/users', '3', 'met'],
      ]),
    ).toEqual([
      'path         n  state',
      '/名前        1  met',
      '/\\x1b\\u200b  2  met',
      '/users       3  met',
    ]);
  });

  it('takes what is missing from the widest flexible column', () => {
    expect(lay([['/organisations/{organisationId}/members', '12', 'violated']], 40)).toEqual([
      'path                         n  state',
      '/organisation…nId}/members  12  violated',
    ]);
  });

  it('leaves a flexible column wide enough to tell rows apart, and cuts the end instead', () => {
    expect(lay([['/organisations/{organisationId}', '12', 'violated']], 20)).toEqual([
      'path           n  s…',
      '/organ…onId}  12  v…',
    ]);
  });
});
