import type { Exchange } from '../exchange.ts';
import { isoTime, logTime } from '../time-text.ts';
import { holds as hasEndpoint, pathOf, uuid } from './aws-apigateway.ts';

export const id = 'aws-apigateway-clf';
export const reads = 'aws-apigateway';
export const json = false;

/** The console's CLF: no blank between the time and the request, and the ids at the end. */
export function write(exchange: Exchange): string {
  const { clientAddress, consumer, method, httpVersion, status } = exchange;
  const path = Buffer.from(pathOf(exchange)).toString('latin1');
  const ids = `${uuid(exchange.requestId)} ${exchange.requestId.slice(0, 15)}=`;
  return `${clientAddress} - ${consumer?.name ?? '-'} [${logTime(exchange.startedAt)}]"${method} ${path} HTTP/${httpVersion}" ${status} ${exchange.responseBodyBytes} ${ids}`;
}

/** Nothing is escaped: a quote would end the request, and a blank a name. */
export function holds(exchange: Exchange): boolean {
  return hasEndpoint(exchange) && !/["\s]/.test(pathOf(exchange) + (exchange.consumer?.name ?? ''));
}

export function carried(exchange: Exchange): Record<string, unknown> {
  return {
    startedAt: isoTime(exchange.startedAt - (exchange.startedAt % 1000)),
    method: exchange.method,
    target: pathOf(exchange),
    status: exchange.status,
    scheme: 'https',
    responseBytes: exchange.responseBodyBytes,
    consumer: exchange.consumer?.name ?? '',
    clientAddress: exchange.clientAddress,
  };
}
