import type { TrafficFormat } from '../../model/traffic-format.ts';
import type { Analytics } from './analytics.ts';
import { STATEMENT_SETTINGS } from './apply-segment.ts';
import { HASH_KEY_PARAMETERS } from './hash-key.ts';
import { partSelect, type SegmentPart } from './segment-select.ts';

const PLAN = {
  batch: 1,
  firstLine: 1,
  sourceName: '',
  notBefore: '1990-01-01 00:00:00.000',
  notAfter: '2100-01-01 00:00:00.000',
};
/** Which every format lets pass. */
const BLANK_LINE = { table: `(SELECT '' AS line)`, rowNumber: '0' };

/**
 * Has the engine read one line and forget it: code is loaded and patterns are compiled while the rest of the product
 * starts, half a second that the first batch need not wait for. What goes wrong here goes wrong there, and is
 * reported there.
 */
export async function warmUp(analytics: Analytics, format: TrafficFormat): Promise<void> {
  const part: SegmentPart = { name: 'warm-up', kind: 'primary', format, earlier: [] };
  const statement = `SELECT count() AS lines FROM (${partSelect(part, BLANK_LINE, PLAN)}) WHERE NOT ignore(*)
    SETTINGS ${STATEMENT_SETTINGS}`;
  await analytics.query(statement, HASH_KEY_PARAMETERS(['1', '2'])).catch(() => undefined);
}
