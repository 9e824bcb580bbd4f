import type { TrafficFormat } from '../../model/traffic-format.ts';
import { type Analytics, MAX_PARAMETER_BYTES } from './analytics.ts';
import { exchangeColumnsSelect, type LineSource, lineClaims, unclaimed } from './segment-select.ts';

/** A line of a sample as a format reads it: `reason` is empty for an exchange. */
export interface SampleRow extends Readonly<Record<string, unknown>> {
  readonly reason: string;
}

/** The lines of the statement's parameter. */
const SAMPLE: LineSource = {
  table: '(SELECT arrayJoin({lines:Array(String)}) AS line)',
  rowNumber: 'rowNumberInAllBlocks()',
};

/** The first lines that fit into the parameter of one statement. */
export function sampleOf(lines: readonly string[]): readonly string[] {
  let bytes = 0;
  const tooMany = lines.findIndex((line) => {
    bytes += Buffer.byteLength(line);
    return bytes > MAX_PARAMETER_BYTES;
  });
  return tooMany === -1 ? lines : lines.slice(0, tooMany);
}

/** The id of the format that claims each line, in their order; empty for nobody. Throws STORE_FAILED. */
export async function claimsOf(
  analytics: Analytics,
  formats: readonly TrafficFormat[],
  lines: readonly string[],
): Promise<readonly string[]> {
  const rows = await analytics.query<{ format: string }>(lineClaims(formats, SAMPLE), { lines });
  return rows.map(({ format }) => format);
}

/** What a format reads from each line, in their order. Throws STORE_FAILED. */
export function readAs(
  analytics: Analytics,
  format: TrafficFormat,
  lines: readonly string[],
): Promise<SampleRow[]> {
  return analytics.query<SampleRow>(exchangeColumnsSelect(format, SAMPLE), { lines });
}

/** Why none of the formats claims each line, in their order. Throws STORE_FAILED. */
export async function reasonsOf(
  analytics: Analytics,
  formats: readonly TrafficFormat[],
  lines: readonly string[],
): Promise<readonly string[]> {
  const rows = await analytics.query<SampleRow>(exchangeColumnsSelect(unclaimed(formats), SAMPLE), { lines });
  return rows.map(({ reason }) => reason);
}
