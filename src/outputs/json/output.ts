import { inertJson } from '../../model/inert-text.ts';
import { compareText } from '../../model/order.ts';
import type { Output } from '../../model/output.ts';
import { type ScanReport, scanReportSchema } from '../../model/report.ts';

export const output: Output = {
  id: 'json',
  title: 'The whole report, as `docs/reference/schemas/scan-report.schema.json` describes it',
  mediaType: 'application/json',
  render: renderJson,
};

function renderJson(report: ScanReport): string {
  // Parsing gives every object the key order of its schema, whatever order it was built in.
  const ordered = scanReportSchema.parse(report);
  const inputs = ordered.inputs.map((input) => ({ ...input, rejected: sortedByKey(input.rejected) }));
  return `${inertJson(JSON.stringify({ ...ordered, inputs }, null, 2))}\n`;
}

function sortedByKey<Value>(record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).sort(([left], [right]) => compareText(left, right)));
}
