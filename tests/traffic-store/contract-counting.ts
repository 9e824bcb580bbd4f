import { expect, it } from 'vitest';
import { trafficFormats } from '../../src/inputs/traffic/index.ts';
import { StanceError } from '../../src/model/error.ts';
import { applySegment, primaryFormat } from '../../src/store/clickhouse/apply-segment.ts';
import { type BatchCounts, readBatchCounts } from '../../src/store/clickhouse/batch-counts.ts';
import { views } from '../../src/store/clickhouse/views.ts';
import { KONG_COUNTS, KONG_LINES, MIXED_COUNTS, MIXED_LINES } from './contract-lines.ts';
import { combinedLine, exchangeLine, KEY, kongLine, type Lines } from './lines.ts';
import { snapshot, withoutParts } from './snapshot.ts';
import type { StoreUnderTest } from './traffic-contract.ts';

const NOTHING: BatchCounts = { lines: 0, accepted: 0, blank: 0, rejected: {}, formats: [] };

const COUNT_CASES: readonly (readonly [name: string, lines: Lines, counts: BatchCounts])[] = [
  ['Kong lines', { batch: 2, lines: KONG_LINES, primary: 'kong' }, KONG_COUNTS],
  ['mixed lines', { batch: 3, lines: MIXED_LINES }, MIXED_COUNTS],
  [
    'combined lines',
    { batch: 4, lines: [combinedLine('/a'), combinedLine('*'), 'x'], primary: 'combined' },
    {
      lines: 3,
      accepted: 1,
      blank: 0,
      rejected: {
        no_path: {
          count: 1,
          examples: [
            '999.99.999.9 - - [99/xxx/9999:99:99:99 +9999] "xxx * xxxx/9.9" 999 999 "-" "xxxx/9.9.9"',
          ],
        },
        unknown_format: { count: 1, examples: ['x'] },
      },
      formats: ['combined'],
      timeMin: '2026-11-20T10:30:05.000Z',
      timeMax: '2026-11-20T10:30:05.000Z',
    },
  ],
  [
    'canonical lines',
    { batch: 5, lines: [exchangeLine({}), exchangeLine({ status: 99 })], primary: 'exchange' },
    {
      lines: 2,
      accepted: 1,
      blank: 0,
      rejected: {
        bad_status: {
          count: 1,
          examples: [
            '{"xxxxxxxxx":"9999-99-99x99:99:99.999x","xxxxxx":"xxx","xxxxxx":"/xxxxx/99","xxxxxx":99}',
          ],
        },
      },
      formats: ['exchange'],
      timeMin: '2026-11-20T10:30:10.250Z',
      timeMax: '2026-11-20T10:30:10.250Z',
    },
  ],
  [
    'blank lines',
    { batch: 6, lines: ['', ' \t', '\r'], primary: 'kong' },
    { ...NOTHING, lines: 3, blank: 3 },
  ],
  ['lines of an empty segment', { batch: 7, lines: [] }, NOTHING],
];

interface OrderCase {
  readonly name: string;
  readonly batch: number;
  readonly lines: readonly (string | Buffer)[];
  /** Formats that lines may be expected to have; all must lead to the same. */
  readonly primaries: readonly string[];
}

const ORDER_CASES: readonly OrderCase[] = [
  { name: 'a clean segment', batch: 10, lines: KONG_LINES.slice(0, 7), primaries: ['kong', 'exchange'] },
  { name: 'a dirty segment', batch: 20, lines: KONG_LINES, primaries: ['kong'] },
  {
    name: 'a mixed segment',
    batch: 30,
    lines: MIXED_LINES,
    primaries: ['kong', 'combined', 'no-such-format'],
  },
  {
    name: 'a segment of dirt',
    batch: 40,
    lines: ['', 'x', '{', '{"started_at":', '\u0000', Buffer.of(0xff), '\u0001line_too_long'],
    primaries: ['combined'],
  },
];

/** Every line ends in exactly one place, and always the same one. */
export function countsLines(store: StoreUnderTest): void {
  it.each(COUNT_CASES)('says what became of each of the %s', async (_, lines, expected) => {
    expect(await store.apply(lines)).toEqual(expected);
    expect(await readBatchCounts(store.analytics(), lines.batch)).toEqual(expected);
  });

  it('shows the first three lines of each reason, masked', async () => {
    const { rejected } = await store.apply({
      batch: 8,
      lines: ['Ann Smith 1', 'Bob 22', 'Carl ü 333', 'Dora'],
    });
    expect(rejected).toEqual({
      unknown_format: { count: 4, examples: ['xxx xxxxx 9', 'xxx 99', 'xxxx ? 999'] },
    });
  });

  it.each(ORDER_CASES)('takes $name to the same result whichever format is expected', async (order) => {
    const { batch, lines, primaries } = order;
    await store.apply({ batch, lines });
    const expected = withoutParts(await snapshot(store.analytics()));
    for (const [index, primary] of primaries.entries()) {
      await store.clear();
      await store.apply({ batch: batch + 1 + index, lines, plan: { batch }, primary });
      expect(withoutParts(await snapshot(store.analytics()))).toEqual(expected);
    }
  });

  it('completes what a crash left half done between two tables', async () => {
    await store.apply({ batch: 50, lines: MIXED_LINES, primary: 'kong', plan: { batch: 51 } });
    const whole = await snapshot(store.analytics());
    await store.clear();
    const cutShort = views().filter(({ target }) =>
      ['observations', 'grouped', 'facts', 'shapes'].includes(target),
    );
    expect(cutShort).toHaveLength(6);
    for (const { name } of cutShort) await store.analytics().command(`DROP TABLE ${name} SYNC`);
    await store.apply({ batch: 51, lines: MIXED_LINES, primary: 'kong' });
    await store.createTables();
    await store.apply({ batch: 51, lines: MIXED_LINES, primary: 'kong' });
    expect(await snapshot(store.analytics())).toEqual(whole);
  });

  it.each([1, 3])('refuses a segment of two lines that should have %i', async (lines) => {
    const segment = await store.segment({ batch: 52 + lines, lines: ['x', 'y'] });
    const applied = applySegment(store.analytics(), trafficFormats, { ...segment, lines }, KEY);
    await expect(applied).rejects.toThrow(StanceError);
  });

  it('expects the one format that claims every line of a sample', async () => {
    const expected = (lines: readonly string[]) => primaryFormat(store.analytics(), trafficFormats, lines);
    const kong = kongLine({ uri: '/' });
    expect(await expected([kong, '', kong])).toBe('kong');
    expect(await expected([combinedLine('/')])).toBe('combined');
    expect(await expected([kong, combinedLine('/')])).toBeUndefined();
    expect(await expected([kong, 'x'])).toBeUndefined();
    expect(await expected([])).toBeUndefined();
    expect(await expected([kong, 'x'.repeat(200_000)])).toBe('kong');
    // What does not fit into a sample says nothing; a segment of nothing else has no sample.
    expect(await expected(['x'.repeat(200_000), kong])).toBe('kong');
    expect(await expected(['x'.repeat(200_000)])).toBeUndefined();
  });
}
