import type { Output } from '../../src/model/output.ts';
import { exampleReport } from '../../src/model/report-example.ts';
import type { GeneratedFile } from './generated-file.ts';
import { block, code, page, table } from './markdown.ts';

/** Enough to recognise an output; the whole of a JSON report is a thousand lines. */
const MAX_LINES = 60;
const OPTIONS = { width: 100, color: false };

/** What each output writes of the example report. */
export function outputReference(outputs: readonly Output[]): GeneratedFile {
  const overview = outputs.map(({ id, title, mediaType }) => [`[${id}](#${id})`, title, code(mediaType)]);
  return {
    path: 'docs/reference/outputs.md',
    content: page('Outputs', [
      '`--output <id>` writes to stdout, `--output <id>=<file>` to a file. JSON follows the [schema of the scan report](schemas/scan-report.schema.json).',
      table(['output', 'what it is', 'media type'], overview),
      ...outputs.flatMap(outputParts),
    ]),
  };
}

function outputParts(output: Output): readonly string[] {
  const lines = output.render(exampleReport, OPTIONS).trimEnd().split('\n');
  const more = lines.length - MAX_LINES;
  return [
    `## ${output.id}`,
    block('text', lines.slice(0, MAX_LINES).join('\n')),
    ...(more > 0 ? [`and ${more} more lines.`] : []),
  ];
}
