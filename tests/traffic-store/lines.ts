import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Segment } from '../../src/store/clickhouse/apply-segment.ts';
import type { SegmentPlan } from '../../src/store/clickhouse/exchange-row.ts';
import type { HashKey } from '../../src/store/clickhouse/hash-key.ts';

export const KEY: HashKey = ['1', '2'];
export const PLAN: Omit<SegmentPlan, 'batch'> = {
  firstLine: 1,
  sourceName: 'edge-logs',
  notBefore: '2026-01-01 00:00:00.000',
  notAfter: '2027-01-01 00:00:00.000',
};

/** Half past ten on an ordinary day; lines are written relative to it. */
export const START_MS = Date.UTC(2026, 10, 20, 10, 30);

export interface KongCall {
  readonly afterMs?: number;
  readonly method?: string;
  readonly uri: string;
  readonly status?: number;
  readonly service?: string;
  readonly host?: string;
  /** Plain HTTP unless true. */
  readonly isTls?: boolean;
  readonly client?: string;
  readonly consumer?: string;
  readonly requestHeaders?: Readonly<Record<string, string>>;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly latencyMs?: number;
  readonly requestBytes?: number;
  readonly responseBytes?: number;
  /** Kong answered itself, without asking the service. */
  readonly isOwnAnswer?: boolean;
}

/** A record as Kong's log serializer writes it. */
export function kongLine(call: KongCall): string {
  const { service = 'users', host = 'api.example.com', isTls = false, latencyMs = 12 } = call;
  const own = call.isOwnAnswer ?? false;
  return JSON.stringify({
    request: {
      id: 'b2a1f0c39d8e7461',
      method: call.method ?? 'GET',
      uri: call.uri,
      url: `${isTls ? 'https' : 'http'}://${host}:${isTls ? 8443 : 8000}${call.uri.split('?')[0]}`,
      querystring: {},
      size: call.requestBytes ?? 100,
      headers: { host, accept: '*/*', ...call.requestHeaders },
      ...(isTls
        ? { tls: { version: 'TLSv1.3', cipher: 'TLS_AES_256_GCM_SHA384', client_verify: 'NONE' } }
        : {}),
    },
    response: {
      status: call.status ?? 200,
      size: call.responseBytes ?? 1000,
      headers: { 'content-type': 'application/json', ...call.responseHeaders },
    },
    latencies: { request: latencyMs, kong: 1, proxy: own ? -1 : latencyMs - 1, receive: 0 },
    tries: {},
    route: { id: 'r-1', name: 'main', paths: ['/'], service: { id: 's-1' } },
    service: { id: 's-1', name: service, host: `${service}.internal`, port: 8080 },
    ...(call.consumer === undefined ? {} : { consumer: { id: 'c-1', username: call.consumer } }),
    client_ip: call.client ?? '203.0.113.9',
    started_at: START_MS + (call.afterMs ?? 0),
    source: own ? 'kong' : 'upstream',
    workspace: 'w-1',
    workspace_name: 'default',
  });
}

/** A line of nginx's `combined` format. */
export function combinedLine(target: string, status = 200, client = '198.51.100.7'): string {
  return `${client} - - [20/Nov/2026:10:30:05 +0000] "GET ${target} HTTP/1.1" ${status} 512 "-" "curl/8.5.0"`;
}

/** A line of Stance's own format. */
export function exchangeLine(fields: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({
    startedAt: '2026-11-20T10:30:10.250Z',
    method: 'GET',
    target: '/users/50',
    status: 200,
    ...fields,
  });
}

export interface Lines {
  readonly batch: number;
  readonly lines: readonly (string | Buffer)[];
  readonly primary?: string;
  /** Tells the spool file from others of the batch. */
  readonly name?: string;
  readonly plan?: Partial<SegmentPlan>;
}

/** Writes a spool file as the framer does, and describes it. */
export async function spoolSegment(
  folder: string,
  { batch, lines, primary, name = 'a', plan }: Lines,
): Promise<Segment> {
  const path = join(folder, `${batch}-${name}.lines`);
  await writeFile(path, Buffer.concat(lines.flatMap((line) => [Buffer.from(line), Buffer.from('\n')])));
  return {
    path,
    lines: lines.length,
    token: `token-${batch}`,
    plan: { ...PLAN, batch, ...plan },
    ...(primary === undefined ? {} : { primary }),
  };
}
