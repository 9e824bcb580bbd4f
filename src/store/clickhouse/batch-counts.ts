import type { Analytics } from './analytics.ts';

/** What became of the lines of one batch; `accepted + blank + rejected` equals `lines`. */
export interface BatchCounts {
  readonly lines: number;
  readonly accepted: number;
  readonly blank: number;
  readonly rejected: Readonly<
    Record<string, { readonly count: number; readonly examples: readonly string[] }>
  >;
  /** Ids of the formats that accepted lines, ordered. */
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
       formatDateTime(min(c.time_min), '%FT%T.%fZ') AS time_min, formatDateTime(max(c.time_max), '%FT%T.%fZ') AS time_max
     FROM line_counts AS c WHERE c.batch = {batch:UInt32} GROUP BY format, why ORDER BY format, why`,
    { batch },
  );
  const accepted = rows.filter((row) => row.why === '');
  const rejectedRows = rows.filter((row) => row.why !== '' && row.why !== 'blank');
  const examples = rejectedRows.length === 0 ? [] : await readExamples(analytics, batch);
  const times = accepted.flatMap((row) => [milliseconds(row.time_min), milliseconds(row.time_max)]).sort();
  const [first, last] = [times[0], times.at(-1)];
  return {
    lines: total(rows),
    accepted: total(accepted),
    blank: total(rows.filter((row) => row.why === 'blank')),
    rejected: byReason(rejectedRows, examples),
    formats: [...new Set(accepted.map((row) => row.format))].sort(),
    ...(first === undefined || last === undefined ? {} : { timeMin: first, timeMax: last }),
  };
}

function readExamples(analytics: Analytics, batch: number): Promise<RejectRow[]> {
  return analytics.query<RejectRow>(
    `SELECT r.why AS why, r.example AS example FROM rejects AS r WHERE r.batch = {batch:UInt32}
     ORDER BY r.why, r.n LIMIT 3 BY r.why`,
    { batch },
  );
}

const total = (rows: readonly CountRow[]) => rows.reduce((sum, row) => sum + Number(row.lines), 0);

/** `%f` gives the fraction with as many digits as the type has: three here, six on older servers. */
const milliseconds = (time: string) => time.replace(/\.(\d{3})\d*Z$/, '.$1Z');

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
