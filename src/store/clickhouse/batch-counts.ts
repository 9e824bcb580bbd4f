import type { Analytics } from './analytics.ts';
import { rfc3339 } from './rfc3339.ts';

/** What became of the lines of one batch; `accepted + blank + rejected` equals `lines`. */
export interface BatchCounts {
  readonly lines: number;
  readonly accepted: number;
  readonly blank: number;
  readonly rejected: Readonly<
    Record<string, { readonly count: number; readonly examples: readonly string[] }>
  >;
  /** Ids of the formats that claimed lines, ordered. */
  readonly formats: readonly string[];
  /** RFC 3339, UTC; absent when no line was accepted. */
  readonly timeMin?: string;
  readonly timeMax?: string;
}

interface CountRow {
  readonly format: string;
  readonly why: string;
  readonly lines: string;
  readonly time_min: string;
  readonly time_max: string;
}

interface RejectRow {
  readonly why: string;
  readonly example: string;
}

/** The accounting of a batch, from the two tables the apply statement filled. */
export async function readBatchCounts(analytics: Analytics, batch: number): Promise<BatchCounts> {
  const rows = await analytics.query<CountRow>(
    `SELECT c.format AS format, c.why AS why, sum(c.lines) AS lines,
       ${rfc3339('min(c.time_min)')} AS time_min, ${rfc3339('max(c.time_max)')} AS time_max
     FROM line_counts AS c WHERE c.batch = {batch:UInt32} GROUP BY format, why ORDER BY format, why`,
    { batch },
  );
  const accepted = rows.filter((row) => row.why === '');
  const rejectedRows = rows.filter((row) => row.why !== '' && row.why !== 'blank');
  const examples = rejectedRows.length === 0 ? [] : await readExamples(analytics, batch);
  const times = accepted.flatMap((row) => [row.time_min, row.time_max]).sort();
  const [first, last] = [times[0], times.at(-1)];
  return {
    lines: total(rows),
    accepted: total(accepted),
    blank: total(rows.filter((row) => row.why === 'blank')),
    rejected: byReason(rejectedRows, examples),
    formats: [...new Set([...accepted, ...rejectedRows].map((row) => row.format))].filter(Boolean).sort(),
    ...(first === undefined || last === undefined ? {} : { timeMin: first, timeMax: last }),
  };
}

/** Lines counted by the named parts of a batch alone. */
export async function readPartLines(
  analytics: Analytics,
  batch: number,
  parts: readonly string[],
): Promise<number> {
  const [row] = await analytics.query<{ lines: string }>(
    `SELECT sum(c.lines) AS lines FROM line_counts AS c
     WHERE c.batch = {batch:UInt32} AND c.part IN {parts:Array(String)}`,
    { batch, parts },
  );
  return Number(row?.lines ?? 0);
}

function readExamples(analytics: Analytics, batch: number): Promise<RejectRow[]> {
  return analytics.query<RejectRow>(
    `SELECT r.why AS why, r.example AS example FROM rejects AS r WHERE r.batch = {batch:UInt32}
     ORDER BY r.why, r.n LIMIT 3 BY r.why`,
    { batch },
  );
}

const total = (rows: readonly CountRow[]) => rows.reduce((sum, row) => sum + Number(row.lines), 0);

function byReason(rows: readonly CountRow[], examples: readonly RejectRow[]): BatchCounts['rejected'] {
  const reasons = [...new Set(rows.map((row) => row.why))].sort();
  return Object.fromEntries(
    reasons.map((reason) => [
      reason,
      {
        count: total(rows.filter((row) => row.why === reason)),
        examples: examples.filter((row) => row.why === reason).map((row) => row.example),
      },
    ]),
  );
}
