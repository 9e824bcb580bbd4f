import { allHeaders } from '../carried.ts';
import type { Exchange } from '../exchange.ts';
import { jsonOf, quote } from '../json-text.ts';
import { isoTime } from '../time-text.ts';

export const id = 'exchange';
export const json = true;

/** One line of Stance's canonical exchange, with all headers. */
export function write(exchange: Exchange): string {
  const { service, consumer, schemaValidated } = exchange;
  let line = `{"startedAt":"${isoTime(exchange.startedAt)}","method":"${exchange.method}","target":${quote(exchange.target)}`;
  line += `,"status":${exchange.status},"host":"${exchange.host}","scheme":"${exchange.scheme}"`;
  line += `,"latencyMs":${exchange.latencyMs},"requestBytes":${exchange.requestBytes},"responseBytes":${exchange.responseBytes}`;
  if (service !== undefined) line += `,"service":"${service.name}"`;
  if (consumer !== undefined) line += `,"consumer":"${consumer.name}"`;
  line += `,"clientAddress":"${exchange.clientAddress}"`;
  if (exchange.clientCertificate) line += ',"clientCertificate":true';
  line += `,"requestHeaders":${jsonOf(exchange.requestHeaders)},"responseHeaders":${jsonOf(exchange.responseHeaders)}`;
  line += `,"answeredBy":"${exchange.answeredBy}"`;
  if (schemaValidated !== undefined) line += `,"schemaValidated":${schemaValidated}`;
  return `${line},"requestId":"${exchange.requestId}"}`;
}

export function carried(exchange: Exchange): Record<string, unknown> {
  return {
    startedAt: isoTime(exchange.startedAt),
    method: exchange.method,
    target: exchange.target,
    status: exchange.status,
    host: exchange.host,
    scheme: exchange.scheme,
    latencyMs: exchange.latencyMs,
    requestBytes: exchange.requestBytes,
    responseBytes: exchange.responseBytes,
    service: exchange.service?.name ?? '',
    consumer: exchange.consumer?.name ?? '',
    clientAddress: exchange.clientAddress,
    credentialSeen: exchange.clientCertificate,
    ...allHeaders(exchange),
    answeredBy: exchange.answeredBy,
    schemaValidated: exchange.schemaValidated ?? null,
  };
}
