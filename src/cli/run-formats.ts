import { documentKinds } from '../inputs/documents/index.ts';
import { trafficFormats } from '../inputs/traffic/index.ts';
import { wrappers } from '../inputs/wrappers/index.ts';
import { closestWord } from '../model/closest-word.ts';
import { StanceError } from '../model/error.ts';
import { type ExchangeColumns, formatFeatures, type TrafficFormat } from '../model/traffic-format.ts';
import { paint } from '../outputs/pretty/line.ts';
import { layOutTable } from '../outputs/pretty/table.ts';
import { EXIT } from './exit-code.ts';
import type { Streams } from './main.ts';

/** Columns when stdout is no terminal: what is piped is not cut. */
const PIPED_WIDTH = 200;

/** `stance formats`: what is read and what each format tells, as a table, one format in full, or JSON. */
export async function runFormats(
  id: string | undefined,
  { json }: { readonly json: boolean },
  { stdout }: Streams,
): Promise<number> {
  const chosen = id === undefined ? trafficFormats : [formatNamed(id)];
  const text = json
    ? `${JSON.stringify(chosen.map(description), null, 2)}\n`
    : textOf(id, chosen, stdout.columns ?? PIPED_WIDTH);
  await new Promise<void>((resolve) => stdout.write(text, () => resolve()));
  return EXIT.fine;
}

function formatNamed(id: string): TrafficFormat {
  const format = trafficFormats.find((candidate) => candidate.id === id);
  if (format !== undefined) return format;
  const closest = closestWord(
    id,
    trafficFormats.map((candidate) => candidate.id),
  );
  const hint = closest === undefined ? 'run `stance formats` for the list' : `did you mean ${closest}?`;
  throw new StanceError('USAGE', `no format is called "${id}": ${hint}`);
}

function textOf(id: string | undefined, formats: readonly TrafficFormat[], width: number): string {
  const [only] = formats;
  if (id !== undefined && only !== undefined) return fullText(only);
  return overview(width);
}

function overview(width: number): string {
  const titles = [
    'format',
    'request headers',
    'response headers',
    'bodies',
    'consumer',
    'TLS',
    'who answered',
    'durations',
    'what',
  ];
  const columns = titles.map((title) => ({ title, ...(title === 'what' && { flexible: true as const }) }));
  const rows = trafficFormats.map((format) => {
    const { requestHeaders, responseHeaders, bodies, consumer, transport, answeredBy, latency } =
      formatFeatures(format);
    const told = [bodies, consumer, transport, answeredBy, latency].map((is) => (is ? 'yes' : '-'));
    return [format.id, requestHeaders, responseHeaders, ...told, format.title];
  });
  const table = layOutTable(columns, rows, width);
  const others = [
    '',
    `wrappers taken off: ${wrappers.map(({ id }) => id).join(', ')}`,
    `kinds of documents: json, ${documentKinds.map(({ id }) => id).join(', ')}`,
    'one in full: stance formats <id>',
  ];
  return `${paint([table.header, ...table.rows], { width, color: false })}${others.join('\n')}\n`;
}

function fullText(format: TrafficFormat): string {
  const { id, title, reference, headers, states, reasons, columns } = format;
  const lines = [
    `${id}: ${title}`,
    `  reference      ${reference}`,
    `  told by        ${states.signs}`,
    `  layouts        ${states.layouts}`,
    `  headers        ${headers.request} of the request, ${headers.response} of the response`,
    `  times          ${states.times}`,
    `  sizes          ${states.sizes}`,
    `  consumer       ${states.consumer}`,
    `  who answered   ${states.answeredBy}`,
    `  encryption     ${states.transport}`,
    `  columns        ${Object.keys(columns).join(', ')}`,
    `  rejects        ${[...new Set(reasons.map(([, reason]) => reason))].join(', ')}`,
  ];
  return `${lines.join('\n')}\n`;
}

function description({ id, title, reference, headers, states, reasons, columns }: TrafficFormat) {
  const carried = Object.keys(columns) as (keyof ExchangeColumns)[];
  return {
    id,
    title,
    reference,
    headers,
    columns: carried,
    ...states,
    rejects: [...new Set(reasons.map(([, reason]) => reason))],
  };
}
