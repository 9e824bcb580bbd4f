import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Exchange } from '../generator/exchange.ts';
import { FORMATS as WRITTEN_FORMATS } from '../generator/formats/index.ts';
import { formatNamed } from '../generator/formats.ts';
import { chosenServices } from '../generator/scene.ts';
import { writeSpecs } from '../generator/specs.ts';
import { generateExchanges } from '../generator/traffic.ts';
import { createWorld } from '../generator/world.ts';
import type { EndpointReport, ScanReport } from '../src/model/report.ts';
import { folderWith, NOW, runCli, scanJson } from './run-cli.ts';

const SERVICES = ['accounts', 'admin', 'catalog', 'legacy', 'partner-gateway'] as const;
/** The two weeks before NOW. */
const TRAFFIC = { seed: 11, count: 600, start: Date.UTC(2026, 10, 5), days: 10 };
const LOG_FORMAT =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent" $scheme $host';
const REDIRECTS: readonly number[] = [301, 302, 303, 307, 308, 426];

type Write = (exchange: Exchange) => string;
type Control = EndpointReport['security_controls'][number]['control'];

const traffic = SERVICES.map((name) => ({
  name,
  exchanges: [...generateExchanges({ ...TRAFFIC, services: [name] })],
}));
const combined = formatNamed('combined').write;
const exchange = formatNamed('exchange').write;
const FORMATS: Readonly<Record<string, Write>> = {
  kong: formatNamed('kong').write,
  'kong-full': formatNamed('kong-full').write,
  exchange,
  // Kong does not say whether it validates.
  'exchange without validation': (one) => exchange(one).replace(/,"schemaValidated":(true|false)/, ''),
  'combined with host and scheme': (one) => `${combined(one)} ${one.scheme} ${one.host}`,
  combined,
  // One of each kind of source besides: gateway, proxy, cloud, edge, W3C, document, spans.
  ...Object.fromEntries(
    ['caddy', 'haproxy', 'aws-alb', 'cloudflare', 'iis', 'har', 'otlp-json'].map((id) => [
      id,
      formatNamed(id).write,
    ]),
  ),
};

const LINES = { head: '', separator: '\n', tail: '\n' };
const FORMATS_BY_ID = new Map(WRITTEN_FORMATS.map((format) => [format.id, format]));

/** What the makers of the traffic know of one operation. */
interface Truth {
  calls: number;
  anonymousSucceeded: number;
  enforced: number;
  https: number;
  http: number;
  sensitive: Set<string>;
}

describe('the same traffic, written in several formats', { timeout: 120_000 }, () => {
  const reports = new Map<string, ScanReport>();
  const reportOf = (format: string) => {
    const report = reports.get(format);
    if (report === undefined) throw new Error(`no report of ${format}`);
    return report;
  };
  const truth = truthOfOperations();
  beforeAll(async () => {
    for (const [name, write] of Object.entries(FORMATS)) {
      const flags = name === 'combined with host and scheme' ? ['--log-format', LOG_FORMAT] : [];
      reports.set(
        name,
        (await scanJson(['logs', 'specs', ...flags], { cwd: placeWith(write, name) })).report,
      );
    }
  }, 300_000);

  it.each(Object.keys(FORMATS))('has the operations and calls of its makers (%s)', (format) => {
    const found = operationsIn(reportOf(format));
    expect(callsOf(found)).toEqual(Object.fromEntries([...truth].map(([key, { calls }]) => [key, calls])));
    const sensitive = Object.entries(found).map(([key, one]) => [key, [...one.sensitive_data_types].sort()]);
    expect(Object.fromEntries(sensitive)).toEqual(
      Object.fromEntries([...truth].map(([key, one]) => [key, [...one.sensitive].sort()])),
    );
  });

  it.each(['kong', 'kong-full', 'exchange'])('tells anonymous from identified calls (%s)', (format) => {
    const found = operationsIn(reportOf(format));
    expect(countsOf(found, 'authentication')).toEqual(
      truthBy(({ calls, anonymousSucceeded, enforced }) => ({
        passed: enforced,
        failed: anonymousSucceeded,
        unknown: calls - enforced - anonymousSucceeded,
      })),
    );
  });

  it.each(['kong', 'kong-full', 'exchange', 'combined with host and scheme'])(
    'tells HTTPS from HTTP (%s)',
    (format) => {
      const found = operationsIn(reportOf(format));
      expect(countsOf(found, 'transport_encryption')).toEqual(
        truthBy(({ https, http }) => ({ passed: https, failed: http, unknown: 0 })),
      );
    },
  );

  it('judges endpoint by endpoint the same where the formats carry the same', () => {
    const expected = endpointsOf(reportOf('kong'));
    expect(expected.length).toBeGreaterThan(30);
    expect(endpointsOf(reportOf('kong-full'))).toEqual(expected);
    expect(endpointsOf(reportOf('exchange without validation'))).toEqual(expected);
  });

  it('differs only in validation where one format tells of it and the other does not', () => {
    const others = (report: ScanReport) =>
      verdictKinds(report, ({ control }) => control !== 'input_validation');
    expect(others(reportOf('exchange'))).toEqual(others(reportOf('kong')));
    const validation = Object.values(countsOf(operationsIn(reportOf('exchange')), 'input_validation'));
    expect(validation.some(({ passed }) => passed > 0) && validation.some(({ failed }) => failed > 0)).toBe(
      true,
    );
  });

  it('knows nothing of what a format does not carry, and says so', () => {
    const unseen: readonly Control[] = ['rate_limiting', 'cors_policy', 'security_headers'];
    const silent = (report: ScanReport, controls: readonly Control[]) =>
      verdictKinds(report, ({ control }) => controls.includes(control)).flatMap(([, kinds]) => kinds);
    const withScheme = silent(reportOf('combined with host and scheme'), unseen);
    expect(new Set(withScheme)).toEqual(new Set(['unknown', 'not-applicable']));
    const plain = silent(reportOf('combined'), [...unseen, 'transport_encryption']);
    expect(new Set(plain)).toEqual(new Set(['unknown', 'not-applicable']));
    const authentication = countsOf(operationsIn(reportOf('combined')), 'authentication');
    expect(Object.values(authentication).filter(({ failed }) => failed > 0)).toEqual([]);
    const transport = verdictKinds(reportOf('kong'), ({ control }) => control === 'transport_encryption');
    expect(
      verdictKinds(
        reportOf('combined with host and scheme'),
        ({ control }) => control === 'transport_encryption',
      ),
    ).toEqual(transport);
  });

  it('gives the same bytes for the same input, and the same endpoints in any order of it', async () => {
    const place = placeWith(formatNamed('kong').write);
    const files = SERVICES.map((name) => `logs/${name}.log`);
    const scan = (paths: readonly string[], name: string) =>
      runCli(
        [
          'scan',
          ...paths,
          'specs',
          '--now',
          NOW,
          '--output',
          `json=${name}.json`,
          '--output',
          `sarif=${name}.sarif`,
        ],
        { cwd: place },
      );
    await scan(files, 'first');
    await scan(files, 'second');
    await scan(files.toReversed(), 'reversed');
    const read = (name: string) => readFileSync(join(place, name), 'utf8');
    expect(read('second.json')).toBe(read('first.json'));
    expect(read('second.sarif')).toBe(read('first.sarif'));
    const withoutInputs = (name: string) => ({ ...JSON.parse(read(name)), inputs: [] });
    expect(withoutInputs('reversed.json')).toEqual(withoutInputs('first.json'));
  });
});

/** Logs of every service in one format, their descriptions, and a configuration that names them. */
function placeWith(write: Write, format = 'kong'): string {
  const { head, separator, tail } = FORMATS_BY_ID.get(format)?.document ?? LINES;
  const services = chosenServices(createWorld(TRAFFIC), SERVICES);
  const place = folderWith({
    'stance.yaml': `services:\n${services
      .map(
        ({ name, host }) => `  ${name}: {sources: [${name}], gatewayServices: [${name}], hosts: [${host}]}\n`,
      )
      .join('')}`,
  });
  for (const folder of ['logs', 'specs']) mkdirSync(join(place, folder));
  for (const { name, text } of writeSpecs(services)) writeFileSync(join(place, 'specs', name), text);
  for (const { name, exchanges } of traffic) {
    const text = head + exchanges.map(write).join(separator) + tail;
    writeFileSync(join(place, 'logs', `${name}.log`), text, 'latin1');
  }
  return place;
}

/** HEAD counts with GET, and OPTIONS is no operation of its own. */
function truthOfOperations(): Map<string, Truth> {
  const operations = new Map<string, Truth>();
  for (const one of traffic.flatMap(({ exchanges }) => exchanges)) {
    const { kind, service, template } = one.planted;
    if (kind !== 'route' || one.method === 'OPTIONS') continue;
    const key = operationKey(service, one.method === 'HEAD' ? 'GET' : one.method, template);
    const known = operations.get(key) ?? noTruth();
    operations.set(key, known);
    count(known, one);
  }
  return operations;
}

const noTruth = (): Truth => ({
  calls: 0,
  anonymousSucceeded: 0,
  enforced: 0,
  https: 0,
  http: 0,
  sensitive: new Set(),
});

function count(known: Truth, { status, scheme, credentialed, sensitive }: Exchange): void {
  const succeeded = (status >= 200 && status < 300) || status === 304;
  const enforced = credentialed || status === 401 || status === 403;
  known.calls += 1;
  if (enforced) known.enforced += 1;
  else if (succeeded) known.anonymousSucceeded += 1;
  if (scheme === 'https') known.https += 1;
  else if (!REDIRECTS.includes(status)) known.http += 1;
  for (const kind of sensitive) known.sensitive.add(kind);
}

function truthBy<Value>(value: (truth: Truth) => Value): Record<string, Value> {
  return Object.fromEntries([...truthOfOperations()].map(([key, one]) => [key, value(one)]));
}

const operationKey = (service: string, method: string, path: string) =>
  `${service} ${method} ${path.replace(/\{[^{}]*\}/g, '{}')}`;

/** Endpoints that were called and are among the operations of the makers: neither probes nor orphans. */
function operationsIn(report: ScanReport): Record<string, EndpointReport> {
  const operations = truthOfOperations();
  const named = report.endpoints.map(
    (one) => [operationKey(one.service_name, one.method, one.path), one] as const,
  );
  return Object.fromEntries(named.filter(([key, one]) => operations.has(key) && one.traffic.length > 0));
}

function callsOf(found: Record<string, EndpointReport>): Record<string, number> {
  const calls = ({ traffic }: EndpointReport) => traffic.reduce((sum, vantage) => sum + vantage.calls, 0);
  return Object.fromEntries(Object.entries(found).map(([key, one]) => [key, calls(one)]));
}

function countsOf(found: Record<string, EndpointReport>, control: Control) {
  return Object.fromEntries(
    Object.entries(found).map(([key, { security_controls: verdicts }]) => {
      const verdict = verdicts.find((one) => one.control === control);
      const { passed = 0, failed = 0, unknown = 0 } = verdict ?? {};
      return [key, { passed, failed, unknown }];
    }),
  );
}

function verdictKinds(
  report: ScanReport,
  wanted: (verdict: EndpointReport['security_controls'][number]) => boolean,
) {
  return Object.entries(operationsIn(report)).map(
    ([key, { security_controls: verdicts }]) =>
      [key, verdicts.filter(wanted).map(({ kind }) => kind)] as const,
  );
}

/** All that is said of them; the name of the vantage point apart. */
function endpointsOf(report: ScanReport): EndpointReport[] {
  return JSON.parse(JSON.stringify(report.endpoints).replaceAll('"exchange"', '"kong"'));
}
