import { readRow } from './rows.ts';

/** The names of the columns, and what stands between them. */
export interface Header {
  readonly names: readonly string[];
  readonly delimiter: string;
}

const DELIMITERS = [',', '|', ';', '\t'];
/** A name of a column as exports have it; no value of a log line looks like one throughout. */
const NAME = /^[$@_A-Za-z][\w@$.:()[\]/ -]{0,99}$/;
/** One of these makes a first line the header of an export that holds traffic. */
const KNOWN = new Set([
  // Splunk, CloudWatch Logs Insights, Kibana and other stores of ECS.
  ...['_raw', '@message', '@timestamp', 'http.request.method', 'event.original'],
  // Apigee analytics.
  ...['request_verb', 'response_status_code', 'request_uri', 'client_received_start_timestamp'],
  // Amazon API Gateway.
  ...['httpMethod', 'resourcePath', 'routeKey', 'requestTimeEpoch'],
]);
const BYTE_ORDER_MARK = '\u00ef\u00bb\u00bf';

/** The header that a line is; each character of it stands for one byte. */
export function readHeader(line: string): Header | undefined {
  const text = line.startsWith(BYTE_ORDER_MARK) ? line.slice(BYTE_ORDER_MARK.length) : line;
  return DELIMITERS.map((delimiter) => headerBy(text, delimiter)).find((header) => header !== undefined);
}

function headerBy(text: string, delimiter: string): Header | undefined {
  const row = readRow(text, delimiter);
  if (typeof row === 'string' || row.fields.length < 2) return undefined;
  const names = row.fields.map((name) => name.trim());
  const isHeader = names.every((name) => NAME.test(name)) && names.some((name) => KNOWN.has(name));
  return isHeader ? { names, delimiter } : undefined;
}
