import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TrafficFormat } from '../../src/model/traffic-format.ts';
import type { Analytics } from '../../src/store/clickhouse/analytics.ts';
import { HASH_KEY_PARAMETERS } from '../../src/store/clickhouse/hash-key.ts';
import { literal } from '../../src/store/clickhouse/literal.ts';
import { openChdb } from '../../src/store/clickhouse/open-chdb.ts';
import {
  claimedParts,
  claimsSelect,
  exchangeColumnsSelect,
  type LineSource,
  partSelect,
  primaryPart,
  READING_SETTINGS,
  type SegmentPart,
} from '../../src/store/clickhouse/segment-select.ts';

/** Where a line ended: `why` is empty for an exchange. */
export interface Outcome {
  readonly line: number;
  readonly why: string;
  readonly format: string;
}

/** What a format that does not carry a column says of it. */
const UNKNOWN = {
  host: '',
  scheme: '',
  latencyMs: null,
  requestBytes: null,
  responseBytes: null,
  service: '',
  consumer: '',
  clientAddress: '',
  credentialSeen: false,
  requestHeaders: {},
  responseHeaders: {},
  requestHeaderVisibility: 'none',
  responseHeaderVisibility: 'none',
  answeredBy: '',
  schemaValidated: null,
  bodies: '',
  vantage: '',
};

/** The whole row of an expected exchange: what it does not name is unknown. */
export function wholeExchange(exchange: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return { reason: '', ...UNKNOWN, ...exchange };
}

/** The formats lines are offered to, and the one expected of most of them. */
export interface Tried {
  readonly formats: readonly TrafficFormat[];
  readonly primary?: TrafficFormat | undefined;
  /** Leave what the expected format does not take. */
  readonly primaryOnly?: boolean;
}

/** A real engine that reads lines as the product does. */
export interface LineReader {
  /** Row by row what one format reads, accepted or not. */
  columns(format: TrafficFormat, lines: readonly string[]): Promise<Record<string, unknown>[]>;
  /** What becomes of the lines when the formats are tried, in the order of the lines. */
  outcomes(tried: Tried, lines: readonly (string | Buffer)[]): Promise<Outcome[]>;
  query: Analytics['query'];
  close(): Promise<void>;
}

const PLAN = {
  batch: 1,
  firstLine: 1,
  sourceName: 'lines',
  notBefore: '2025-01-01 00:00:00.000',
  notAfter: '2027-01-01 00:00:00.000',
};
const PARAMETERS = HASH_KEY_PARAMETERS(['1', '2']);

export async function openLineReader(): Promise<LineReader> {
  const directory = await mkdtemp(join(tmpdir(), 'stance-lines-'));
  const analytics = await openChdb({ directory: join(directory, 'engine') });
  let files = 0;
  const sourceOf = async (lines: readonly (string | Buffer)[]): Promise<LineSource> => {
    files += 1;
    const path = join(directory, `${files}.log`);
    await writeFile(path, Buffer.concat(lines.flatMap((line) => [lineBytes(line), Buffer.from('\n')])));
    return { table: `file(${literal(path)}, 'LineAsString', 'line String')`, rowNumber: '_row_number' };
  };
  const partsOf = async ({ formats, primary, primaryOnly }: Tried, source: LineSource) => {
    const first: SegmentPart[] = primary === undefined ? [] : [primaryPart(primary)];
    if (primaryOnly === true) return first;
    const claims = claimsSelect(formats, { primary, batch: PLAN.batch }, source);
    const present = await analytics.query<{ format: string }>(claims);
    return [
      ...first,
      ...claimedParts(
        formats,
        primary,
        present.map((row) => row.format),
      ),
    ];
  };
  return {
    columns: async (format, lines) => analytics.query(exchangeColumnsSelect(format, await sourceOf(lines))),
    outcomes: async (tried, lines) => {
      const source = await sourceOf(lines);
      const parts = await partsOf(tried, source);
      const outcomes: Outcome[] = [];
      for (const part of parts) {
        const rows = partSelect(part, source, PLAN);
        outcomes.push(
          ...(await analytics.query<Outcome>(
            `SELECT toUInt32(n) AS line, why, format FROM (${rows}) SETTINGS ${READING_SETTINGS}`,
            PARAMETERS,
          )),
        );
      }
      return outcomes.sort((left, right) => left.line - right.line);
    },
    query: analytics.query,
    close: async () => {
      await analytics.close();
      await rm(directory, { recursive: true });
    },
  };
}

/** A lone surrogate U+DC80 to U+DCFF stands for one raw byte, since a string cannot hold what is not UTF-8. */
export function lineBytes(line: string | Buffer): Buffer {
  if (typeof line !== 'string') return line;
  const parts = line.split(/([\udc80-\udcff])/u).map((part) => {
    const isByte = /^[\udc80-\udcff]$/u.test(part);
    return isByte ? Buffer.of(part.charCodeAt(0) - 0xdc00) : Buffer.from(part);
  });
  return Buffer.concat(parts);
}
