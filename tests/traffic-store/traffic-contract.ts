import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { trafficFormats } from '../../src/inputs/traffic/index.ts';
import type { Analytics, Parameters } from '../../src/store/clickhouse/analytics.ts';
import { applySegment, type Segment } from '../../src/store/clickhouse/apply-segment.ts';
import type { BatchCounts } from '../../src/store/clickhouse/batch-counts.ts';
import { createSchema, TRAFFIC_TABLES } from '../../src/store/clickhouse/schema.ts';
import { countsLines } from './contract-counting.ts';
import { readsFacts } from './contract-facts.ts';
import { KONG_LINES, MIXED_LINES } from './contract-lines.ts';
import { KEY, type Lines, spoolSegment } from './lines.ts';
import { snapshot } from './snapshot.ts';

/** An adapter over a folder; opening the folder again finds what was stored. */
interface OpenedStore {
  readonly analytics: Analytics;
  close(): Promise<void>;
}

export interface StoreUnderTest {
  readonly analytics: () => Analytics;
  readonly segment: (lines: Lines) => Promise<Segment>;
  readonly apply: (lines: Lines) => Promise<BatchCounts>;
  readonly createTables: () => Promise<void>;
  readonly clear: () => Promise<void>;
}

/** What every adapter of the traffic store must do, on the real engine. */
export function trafficContract(name: string, open: (folder: string) => Promise<OpenedStore>): void {
  describe(`the traffic store on ${name}`, () => {
    let folder: string;
    let opened: OpenedStore;
    const store: StoreUnderTest = {
      analytics: () => opened.analytics,
      segment: (lines) => spoolSegment(folder, lines),
      apply: async (lines) =>
        applySegment(opened.analytics, trafficFormats, await spoolSegment(folder, lines), KEY),
      createTables: async () => {
        await createSchema(opened.analytics);
      },
      clear: async () => {
        for (const table of TRAFFIC_TABLES) await opened.analytics.command(`TRUNCATE TABLE ${table}`);
      },
    };
    const reopen = async () => {
      await opened.close();
      opened = await open(folder);
    };

    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'stance-traffic-'));
      opened = await open(folder);
      await store.createTables();
    });
    afterAll(async () => {
      await opened.close();
      await rm(folder, { recursive: true });
    });
    beforeEach(store.clear);

    countsLines(store);
    readsFacts(store);
    keepsOnce(store, reopen);
    carriesParameters(store);
    hidesData(store);
  });
}

function keepsOnce(store: StoreUnderTest, reopen: () => Promise<void>): void {
  it('keeps each line once when a segment comes again, even to a store opened anew', async () => {
    const segments: readonly Lines[] = [
      { batch: 60, lines: MIXED_LINES },
      { batch: 61, lines: KONG_LINES, primary: 'kong' },
    ];
    for (const lines of segments) await store.apply(lines);
    const once = await snapshot(store.analytics());
    expect(once.observations).toHaveLength(13);
    for (const lines of segments) await store.apply(lines);
    expect(await snapshot(store.analytics())).toEqual(once);
    await reopen();
    await store.createTables();
    expect(await snapshot(store.analytics())).toEqual(once);
    for (const lines of segments.toReversed()) await store.apply(lines);
    expect(await snapshot(store.analytics())).toEqual(once);
  });

  it('counts equal lines of another segment again', async () => {
    await store.apply({ batch: 62, lines: KONG_LINES.slice(0, 7), primary: 'kong' });
    await store.apply({ batch: 63, lines: KONG_LINES.slice(0, 7), primary: 'kong' });
    const tables = await snapshot(store.analytics());
    const sumOf = (table: string, column: string) =>
      (tables[table] ?? []).reduce((sum, row) => sum + Number(row[column]), 0);
    expect(tables.observations).toHaveLength(14);
    expect([sumOf('facts', 'calls'), sumOf('shapes', 'calls'), sumOf('line_counts', 'lines')]).toEqual([
      14, 14, 14,
    ]);
  });
}

const ODD_TEXTS = [
  '',
  "it's",
  `"double"`,
  'back\\slash',
  '\\N',
  'two\nlines',
  'carriage\r\n',
  'tab\t',
  'nul\u0000inside',
  "'); DROP TABLE facts; --",
  '{name:String}',
  '日本語 🦊',
  '\u2028',
];

function carriesParameters(store: StoreUnderTest): void {
  it('carries every text to a parameter and back', async () => {
    const rows = await store
      .analytics()
      .query<{ line: string }>('SELECT arrayJoin({lines:Array(String)}) AS line', { lines: ODD_TEXTS });
    expect(rows.map(({ line }) => line)).toEqual(ODD_TEXTS);
    for (const text of ODD_TEXTS) {
      expect(await store.analytics().query('SELECT {text:String} AS text', { text })).toEqual([{ text }]);
    }
  });

  it('gives 64-bit integers as text, and smaller ones as numbers', async () => {
    const rows = await store
      .analytics()
      .query('SELECT {big:UInt64} AS big, toInt64(-1) AS negative, {small:UInt32} AS small', {
        big: '18446744073709551615',
        small: 7,
      });
    expect(rows).toEqual([{ big: '18446744073709551615', negative: '-1', small: 7 }]);
  });

  it('answers questions that are asked at once', async () => {
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    const answers = await Promise.all(
      numbers.map((number) => store.analytics().query('SELECT {number:UInt32} AS number', { number })),
    );
    expect(answers).toEqual(numbers.map((number) => [{ number }]));
  });
}

const CANARY = 'CANARY_7F3A';
type Statement = readonly [sql: string, parameters: Parameters, code: number];

/** Each fails with data at hand: in the statement, in a parameter, in a message that looks like the engine's. */
const FAILING: readonly Statement[] = [
  [`SELECT '${CANARY}' FROM`, {}, 62],
  [`SELECT no_such_column FROM (SELECT '${CANARY}' AS a)`, {}, 47],
  [`SELECT toUInt8({text:String})`, { text: CANARY }, 6],
  [`SELECT {number:UInt8}`, { number: CANARY }, 457],
  [`SELECT throwIf(1, 'Code: 99. DB::Exception: ${CANARY}. (${CANARY})')`, {}, 395],
  [
    `SELECT throwIf(a = '${CANARY}') FROM (SELECT arrayJoin({lines:Array(String)}) AS a)`,
    { lines: [CANARY] },
    395,
  ],
  [`SELECT {absent_${CANARY}:String}`, {}, 456],
];

function hidesData(store: StoreUnderTest): void {
  it.each(FAILING)('says that a statement failed without its data: %s', async (sql, parameters, code) => {
    const written = (['debug', 'log', 'info', 'warn', 'error'] as const).map((level) =>
      vi.spyOn(console, level).mockImplementation(() => undefined),
    );
    for (const method of ['query', 'command'] as const) {
      const error = await failureOf(store.analytics()[method](sql, parameters));
      expect(error).toMatchObject({ name: 'StanceError', code: 'STORE_FAILED' });
      expect(error).toHaveProperty('message', expect.stringContaining(`code ${code}`));
      expect(everythingIn(error)).not.toContain(CANARY);
    }
    expect(written.flatMap(({ mock }) => mock.calls)).toEqual([]);
    vi.restoreAllMocks();
  });

  it('says that a segment was refused without its lines', async () => {
    const { path } = await store.segment({ batch: 80, lines: [`{"a":"${CANARY}"}`, CANARY] });
    const insert = store
      .analytics()
      .insertSegment(
        path,
        ({ table }) =>
          `INSERT INTO rejects (batch, example) SELECT throwIf(line = '${CANARY}'), line FROM ${table}`,
      );
    const error = await failureOf(insert);
    expect(error).toMatchObject({ name: 'StanceError', code: 'STORE_FAILED' });
    expect(error).toHaveProperty('message', expect.stringContaining('code 395'));
    expect(everythingIn(error)).not.toContain(CANARY);
  });
}

async function failureOf(call: Promise<unknown>): Promise<unknown> {
  return call.then(
    () => 'nothing failed',
    (error: unknown) => error,
  );
}

const everythingIn = (error: unknown) =>
  `${inspect(error, { depth: 20, showHidden: true })} ${error instanceof Error ? error.stack : ''}`;
