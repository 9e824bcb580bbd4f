import type { Exchange } from '../exchange.ts';
import { dimensions } from './apigee.ts';

export { carried } from './apigee.ts';

export const id = 'apigee-csv';
export const reads = 'apigee';
export const json = false;

/** The columns that an export to Cloud Storage has; custom ones would follow. */
const COLUMNS = [
  ...['apiproxy', 'apiproxy_revision', 'client_received_start_timestamp', 'client_sent_end_timestamp'],
  ...['request_verb', 'request_uri', 'response_status_code', 'response_size', 'x_forwarded_host'],
  ...['x_forwarded_proto', 'client_ip', 'useragent', 'developer_app', 'client_id', 'policy_error'],
  ...['ax_execution_fault_policy_name', 'target_response_code', 'target_sent_start_timestamp'],
];

export const document = { head: `${COLUMNS.join(',')}\n`, separator: '\n', tail: '\n' };

/** One row of the export of analytics: UTF-8, quotes where a value needs them. */
export function write(exchange: Exchange): string {
  const values = dimensions(exchange);
  return COLUMNS.map((name) => quoted(String(values[name]))).join(',');
}

function quoted(value: string): string {
  const text = Buffer.from(value).toString('latin1');
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
