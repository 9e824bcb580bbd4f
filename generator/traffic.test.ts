import { describe, expect, test } from 'vitest';
import type { Exchange, Planted } from './exchange.ts';
import type { TrafficOptions } from './scene.ts';
import { SERVICE_PLANS } from './services.ts';
import { generateExchanges } from './traffic.ts';
import { createWorld, type Operation } from './world.ts';

const WEEK: TrafficOptions = { seed: 7, count: 30_000, start: Date.UTC(2026, 10, 1), days: 7 };
const exchanges = [...generateExchanges(WEEK)];
const operations = createWorld(WEEK).services.flatMap((service) => service.operations);
const OUTSIDE = /^(192\.0\.2|198\.51\.100|203\.0\.113)\.\d+$|^2001:db8:/;
const HEADERS_OF = {
  rateLimit: /ratelimit|retry-after/,
  cors: /^access-control-/,
  securityHeaders: /^x-content|^cache-control|^strict|^x-frame/,
};

describe('createWorld', () => {
  test('gives each operation its own name', () => {
    const names = operations.map(({ planted }) => `${planted.service} ${planted.method} ${planted.template}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('uses only names that belong to nobody', () => {
    for (const { host } of SERVICE_PLANS) expect(host).toMatch(/\.(example\.(com|org|net)|internal)(:\d+)?$/);
  });

  test('sets sunsets from the start of the traffic', () => {
    const sunsets = operations.filter(({ planted }) => planted.service === 'billing' && planted.deprecated);
    expect(sunsets.map(({ planted }) => planted.sunset)).toEqual(['2026-07-04', '2026-09-27']);
  });

  test('holds every virtue and every fault that Stance looks for', () => {
    const habits = (pick: (operation: Operation) => string) => [...new Set(operations.map(pick))].sort();
    expect(habits((operation) => operation.authentication)).toEqual(['always', 'missing', 'mixed', 'never']);
    expect(habits((operation) => operation.tls)).toEqual(['both', 'http', 'https']);
    expect(habits((operation) => operation.rateLimit)).toEqual(['ietf', 'kong', 'none', 'silent']);
    expect(habits((operation) => operation.cors)).toEqual(['none', 'specific', 'wildcard']);
    expect(habits((operation) => operation.securityHeaders)).toEqual(['all', 'none', 'some']);
    expect(habits((operation) => operation.validation)).toEqual(['gateway', 'none', 'upstream']);
    expect(habits(({ service }) => service.exposure)).toEqual(['internal', 'partner', 'public']);
    expect(habits(({ planted }) => String(planted.documented))).toEqual(['false', 'true', 'unknown']);
  });
});

describe('generateExchanges', () => {
  test('gives the same exchanges for the same options', () => {
    const again = [...generateExchanges({ ...WEEK, count: 500 })];
    expect(again).toEqual([...generateExchanges({ ...WEEK, count: 500 })]);
    expect(again).toHaveLength(500);
  });

  test('gives other exchanges for another seed', () => {
    const [first] = generateExchanges({ ...WEEK, count: 1 });
    const [other] = generateExchanges({ ...WEEK, count: 1, seed: 8 });
    expect(other?.requestId).not.toBe(first?.requestId);
  });

  test('comes in order of time', () => {
    expect(
      exchanges.findIndex((exchange, index) => exchange.startedAt < (exchanges[index - 1]?.startedAt ?? 0)),
    ).toBe(-1);
  });

  test('calls every operation except those that only the spec knows', () => {
    const called = new Set(exchanges.map(({ planted }) => nameOf(planted)));
    const uncalled = operations.filter(({ planted }) => !called.has(nameOf(planted)));
    expect(uncalled.map(({ planted }) => planted.template)).toEqual([
      '/accounts/v1/users/{userId}/consents/{consentId}',
      '/v2/disputes/{disputeId}/evidence',
    ]);
  });

  test('takes only the services asked for, in the world of all', () => {
    const services = new Set<string>();
    for (const { planted } of generateExchanges({ ...WEEK, count: 2000, services: ['admin', 'legacy'] })) {
      services.add(planted.service);
    }
    expect([...services].sort()).toEqual(['', 'admin', 'legacy']);
    expect(() => [...generateExchanges({ ...WEEK, services: ['unheard-of'] })]).toThrow(
      'No service is named unheard-of',
    );
  });

  test('never lets an anonymous call succeed where a credential is always asked for', () => {
    const leaks = ofOperations((operation) => operation.authentication === 'always').filter(
      ({ credentialed, status }) => !credentialed && (status < 300 || status === 304),
    );
    expect(leaks).toEqual([]);
  });

  test('lets anonymous calls succeed where the credential is missing by mistake', () => {
    const open = ofOperations((operation) => operation.authentication === 'missing');
    const share =
      open.filter(({ credentialed, status }) => !credentialed && status < 300).length / open.length;
    expect(share).toBeGreaterThan(0.25);
    expect(share).toBeLessThan(0.5);
  });

  test('answers plain calls with content only where plain calls are served', () => {
    const plain = ofOperations((operation) => operation.tls === 'https').filter(
      ({ scheme }) => scheme === 'http',
    );
    expect(new Set(plain.map(({ status }) => status))).toEqual(new Set([301, 426]));
    const served = ofOperations((operation) => operation.tls === 'http');
    expect(new Set(served.map(({ scheme }) => scheme))).toEqual(new Set(['http']));
  });

  test('names consumers only where the gateway verified a credential', () => {
    const named = exchanges.filter(({ consumer }) => consumer !== undefined);
    expect(named.length / exchanges.length).toBeGreaterThan(0.3);
    expect(
      named.filter(
        ({ status, credentialed, method, clientCertificate }) =>
          status === 401 || method === 'OPTIONS' || !(credentialed || clientCertificate),
      ),
    ).toEqual([]);
    expect(named.filter(({ service }) => service?.name === 'legacy')).toEqual([]);
  });

  test('comes from documentation networks outside and from 10.0.0.0/8 inside', () => {
    const strange = exchanges.filter(
      ({ clientAddress }) => !/^10\./.test(clientAddress) && !OUTSIDE.test(clientAddress),
    );
    expect(strange).toEqual([]);
    const internal = ofOperations(({ service }) => service.exposure === 'internal');
    expect(internal.filter(({ clientAddress }) => !clientAddress.startsWith('10.'))).toEqual([]);
    expect(exchanges.some(({ clientAddress }) => clientAddress.startsWith('2001:db8:'))).toBe(true);
  });

  test('marks what the gateway answers itself', () => {
    const gatewayMade = new Set(
      exchanges.filter(({ answeredBy }) => answeredBy === 'gateway').map(({ status }) => status),
    );
    expect([...gatewayMade].sort()).toEqual([204, 301, 400, 401, 403, 404, 426, 429]);
    const contradictions = exchanges.filter(({ answeredBy, upstreamStatuses, status }) =>
      answeredBy === 'gateway' ? upstreamStatuses.length > 0 : upstreamStatuses.at(-1) !== status,
    );
    expect(contradictions).toEqual([]);
  });

  test.each([
    {
      habit: 'rateLimit',
      value: 'kong',
      headers: ['x-ratelimit-limit-minute', 'x-ratelimit-remaining-minute'],
    },
    { habit: 'rateLimit', value: 'ietf', headers: ['ratelimit-limit', 'ratelimit-remaining'] },
    { habit: 'rateLimit', value: 'silent', headers: [] },
    { habit: 'rateLimit', value: 'none', headers: [] },
    { habit: 'cors', value: 'wildcard', headers: ['access-control-allow-origin'] },
    { habit: 'cors', value: 'none', headers: [] },
    { habit: 'securityHeaders', value: 'some', headers: ['cache-control', 'x-content-type-options'] },
    { habit: 'securityHeaders', value: 'none', headers: [] },
  ] as const)('answers with the headers of $habit: $value', ({ habit, value, headers }) => {
    const answers = ofOperations((operation) => operation[habit] === value).filter(
      ({ status }) => status === 200,
    );
    const found = answers.flatMap(({ responseHeaders }) => Object.keys(responseHeaders));
    expect([...new Set(found.filter((name) => HEADERS_OF[habit].test(name)))].sort()).toEqual(headers);
    expect(answers.length).toBeGreaterThan(10);
  });

  test('still answers after the sunset, and says so only where the service does', () => {
    const zombies = ofOperations(({ planted }) => planted.sunset !== null && planted.sunset < '2026-11-01');
    expect(zombies.some(({ status }) => status === 200)).toBe(true);
    const silent = new Set(
      zombies
        .filter(({ responseHeaders }) => !('sunset' in responseHeaders))
        .map(({ planted }) => planted.service),
    );
    expect([...silent]).toEqual(['legacy']);
  });

  test('has stray traffic: probes that find nothing and malformed targets', () => {
    const strays = exchanges.filter(({ planted }) => planted.kind !== 'route');
    expect(strays.length / exchanges.length).toBeGreaterThan(0.012);
    expect(strays.length / exchanges.length).toBeLessThan(0.018);
    expect(new Set(strays.map(({ status }) => status))).toEqual(new Set([400, 404]));
  });

  test('announces sizes that hold headers and body', () => {
    for (const { responseBytes, responseBodyBytes, responseHeaders } of exchanges.slice(0, 500)) {
      const headers = Object.entries(responseHeaders).reduce(
        (sum, [name, value]) => sum + name.length + value.length + 4,
        0,
      );
      expect(responseBytes).toBe(responseBodyBytes + headers + 2 + 'HTTP/1.1 200 OK\r\n'.length);
    }
  });
});

function nameOf(planted: Planted): string {
  return `${planted.service} ${planted.method} ${planted.template}`;
}

/** Calls of the wanted operations, with their HEAD calls and without preflights. */
function ofOperations(wanted: (operation: Operation) => boolean): Exchange[] {
  const names = new Set(operations.filter(wanted).map(({ planted }) => nameOf(planted)));
  return exchanges.filter(({ planted }) => {
    return names.has(nameOf(planted.method === 'HEAD' ? { ...planted, method: 'GET' } : planted));
  });
}
