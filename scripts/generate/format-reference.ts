import type { TrafficExample, TrafficFormat } from '../../src/model/traffic-format.ts';
import type { GeneratedFile } from './generated-file.ts';
import { block, code, page, table } from './markdown.ts';

/** In the order of `ExchangeColumns`. */
const COLUMNS: readonly (keyof TrafficFormat['columns'])[] = [
  'startedAt',
  'method',
  'target',
  'status',
  'host',
  'scheme',
  'latencyMs',
  'requestBytes',
  'responseBytes',
  'service',
  'consumer',
  'clientAddress',
  'credentialSeen',
  'requestHeaders',
  'responseHeaders',
  'requestHeaderVisibility',
  'responseHeaderVisibility',
  'answeredBy',
  'schemaValidated',
  'bodies',
  'vantage',
];

/** What each traffic format carries, which lines it rejects and how worked lines are read. */
export function formatReference(formats: readonly TrafficFormat[]): GeneratedFile {
  const matrix = COLUMNS.map((column) => [
    code(column),
    ...formats.map(({ columns }) => (columns[column] === undefined ? '' : 'yes')),
  ]);
  return {
    path: 'docs/reference/formats.md',
    content: page('Traffic formats', [
      'Each line of a log is tried against the formats below. What a format does not carry is unknown: it neither passes nor fails a check. Any other source can write the [canonical exchange](schemas/exchange.schema.json), one JSON object per line.',
      table(['column', ...formats.map(({ id }) => `[${id}](#${id})`)], matrix),
      ...formats.flatMap(formatParts),
    ]),
  };
}

function formatParts({ id, title, reference, headers, reasons, examples }: TrafficFormat): readonly string[] {
  const rejections = reasons.map(([condition, reason]) => [code(reason), code(condition)]);
  return [
    `## ${id}`,
    `${title}. Columns follow ${linkTo(reference)}. Headers it can show: ${headers.request} of the request, ${headers.response} of the response.`,
    'A line of this format that is no exchange is rejected by the first reason whose condition holds:',
    table(['reason', 'condition on the line'], rejections),
    ...examples.flatMap(exampleParts),
  ];
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
