import type { TrafficFormat } from '../../model/traffic-format.ts';
import { type Analytics, MAX_PARAMETER_BYTES } from './analytics.ts';
import { literal } from './literal.ts';
import { exchangeColumnsSelect, type LineSource, lineClaims, unclaimed } from './segment-select.ts';

/** A line of a sample as a format reads it: `reason` is empty for an exchange. */
export interface SampleRow extends Readonly<Record<string, unknown>> {
  readonly reason: string;
}

/** The lines that fit into the parameter of one statement together; longer ones are left out. */
export function sampleOf(lines: readonly string[]): readonly string[] {
  let bytes = 0;
  return lines.filter((line) => {
    const size = Buffer.byteLength(line);
    if (bytes + size > MAX_PARAMETER_BYTES) return false;
    bytes += size;
    return true;
  });
}

/** The lines of a file, for the embedded engine. */
const linesOf = (path: string): LineSource => ({
  table: `file(${literal(path)}, 'LineAsString', 'line String')`,
  rowNumber: '_row_number',
});

/** The id of the format that claims each line of a file, in their order; empty for nobody. Throws STORE_FAILED. */
export async function claimsOf(
  analytics: Analytics,
  formats: readonly TrafficFormat[],
  path: string,
): Promise<readonly string[]> {
  const rows = await analytics.query<{ format: string }>(lineClaims(formats, linesOf(path)));
  return rows.map(({ format }) => format);
}

/** What a format reads from each line of a file, in their order. Throws STORE_FAILED. */
export function readAs(analytics: Analytics, format: TrafficFormat, path: string): Promise<SampleRow[]> {
  return analytics.query<SampleRow>(exchangeColumnsSelect(format, linesOf(path)));
}

/** Why none of the formats claims each line of a file, in their order. Throws STORE_FAILED. */
export async function reasonsOf(
  analytics: Analytics,
  formats: readonly TrafficFormat[],
  path: string,
): Promise<readonly string[]> {
  const rows = await analytics.query<SampleRow>(exchangeColumnsSelect(unclaimed(formats), linesOf(path)));
  return rows.map(({ reason }) => reason);
}
