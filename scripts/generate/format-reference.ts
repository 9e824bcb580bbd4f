import { formatFeatures, type TrafficExample, type TrafficFormat } from '../../src/model/traffic-format.ts';
import type { GeneratedFile } from './generated-file.ts';
import { block, code, page, table } from './markdown.ts';
import type { DocumentedFormat, Units } from './units.ts';

/** An overview of what is read, and a page for each traffic format. */
export function formatReference(units: Units): readonly GeneratedFile[] {
  return [overview(units), ...units.trafficFormats.map(formatPage)];
}

function overview({ trafficFormats, wrappers, documentKinds }: Units): GeneratedFile {
  return {
    path: 'docs/reference/formats.md',
    content: page('What is read', [
      'Each line of a log is taken for the format that claims it; files may mix formats. What a format does not carry is unknown: it neither passes nor fails a check. Any other source can write the [canonical exchange](schemas/exchange.schema.json), one JSON object per line.',
      '`stance formats` prints this table, `stance detect FILE` says what a file holds and why, `--format ID` reads every line as one format, `--log-format` takes the format string of a text log.',
      '## Traffic formats',
      table(
        [
          'format',
          'what',
          'headers (request, response)',
          'bodies',
          'consumer',
          'TLS',
          'who answered',
          'durations',
        ],
        trafficFormats.map(featureRow),
      ),
      '## Wrappers',
      'What log shippers and stores put around a line is taken off, as often as it is there, up to 16 layers. Wrappers are looked for around the first records of a file.',
      table(
        ['wrapper', 'what', 'reference'],
        wrappers.map((unit) => [unit.id, unit.title, linkTo(unit.reference)]),
      ),
      '## Documents',
      'Files that are no sequence of lines: JSON documents (arrays, pretty-printed, objects behind each other, lists under `records`, `results`, `hits.hits` and `log.entries`), and these:',
      table(
        ['document', 'what', 'reference'],
        documentKinds.map((unit) => [unit.id, unit.title, linkTo(unit.reference)]),
      ),
      'Files may be packed with gzip or zstd, and be UTF-8 or, with a byte order mark, UTF-16.',
    ]),
  };
}

function featureRow(format: TrafficFormat): readonly string[] {
  const { requestHeaders, responseHeaders, ...told } = formatFeatures(format);
  const { bodies, consumer, transport, answeredBy, latency } = told;
  return [
    `[${format.id}](formats/${format.id}.md)`,
    format.title,
    `${requestHeaders}, ${responseHeaders}`,
    ...[bodies, consumer, transport, answeredBy, latency].map((is) => (is ? 'yes' : '')),
  ];
}

function formatPage(format: DocumentedFormat): GeneratedFile {
  const { id, title, reference, headers, states, reasons, columns, examples } = format;
  return {
    path: `docs/reference/formats/${id}.md`,
    content: page(title, [
      `Columns follow ${linkTo(reference)}.`,
      table(
        ['', ''],
        [
          ['told by', states.signs],
          ['layouts', states.layouts],
          ['headers', `${headers.request} of the request, ${headers.response} of the response`],
          ['times', states.times],
          ['sizes', states.sizes],
          ['consumer', states.consumer],
          ['who answered', states.answeredBy],
          ['encryption', states.transport],
          ['columns', Object.keys(columns).map(code).join(', ')],
        ],
      ),
      'A line of this format that is no exchange is rejected by the first reason whose condition holds:',
      table(
        ['reason', 'condition on the line'],
        reasons.map(([condition, reason]) => [code(reason), code(condition)]),
      ),
      '## Examples',
      ...examples.flatMap(exampleParts),
    ]),
  };
}

function exampleParts({ name, line, rejected, exchange }: TrafficExample): readonly string[] {
  const outcome = rejected === undefined ? 'is read as' : `is rejected: ${code(rejected)}`;
  return [
    `**${name}**`,
    block('text', line),
    ...(exchange === undefined ? [outcome] : [outcome, block('json', JSON.stringify(exchange, null, 2))]),
  ];
}

function linkTo(reference: string): string {
  return reference.startsWith('https://') ? `<${reference}>` : code(reference);
}
