import type { Exchange } from '../exchange.ts';
import { toAscii } from '../json-text.ts';
import { isoTime } from '../time-text.ts';

export const id = 'ecs';
export const json = true;

const DATASET = 'gateway.access';

/** A document as Elastic Agent ships it: nested objects beside dotted names. */
export function write(exchange: Exchange): string {
  const { startedAt, latencyMs, host, target, tls, service, consumer, clientAddress, status } = exchange;
  const [domain, port] = host.split(':');
  const document = {
    '@timestamp': isoTime(startedAt + latencyMs),
    'ecs.version': '8.11.0',
    'log.level': status >= 500 ? 'error' : 'info',
    event: {
      kind: 'event',
      category: ['web'],
      dataset: DATASET,
      start: isoTime(startedAt),
      duration: latencyMs * 1e6,
      outcome: status < 400 ? 'success' : 'failure',
    },
    http: {
      version: exchange.httpVersion,
      request: { method: exchange.method, id: exchange.requestId, bytes: exchange.requestBytes },
      response: {
        status_code: status,
        bytes: exchange.responseBytes,
        body: { bytes: exchange.responseBodyBytes },
      },
    },
    url: {
      original: target,
      domain,
      scheme: exchange.scheme,
      ...(port !== undefined && { port: Number(port) }),
    },
    'source.ip': clientAddress,
    ...(service !== undefined && { 'service.name': service.name }),
    ...(consumer !== undefined && { user: { name: consumer.name } }),
    ...(tls !== undefined && { tls: session(exchange, tls.version) }),
    'user_agent.original': exchange.requestHeaders['user-agent'] ?? '',
  };
  return toAscii(JSON.stringify(document));
}

function session({ clientCertificate }: Exchange, version: string): object {
  const client = clientCertificate ? { client: { subject: 'CN=partner' } } : {};
  return { version: version.replace('TLSv', ''), version_protocol: 'tls', ...client };
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
    vantage: DATASET,
  };
}
