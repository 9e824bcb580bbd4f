import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { serviceResolver } from './resolve-service.ts';
import { type Mapping, mapping, origin } from './route-samples.ts';

interface Case {
  readonly name: string;
  readonly services: Mapping;
  /** Origin and path, then the service. */
  readonly calls: readonly (readonly [at: string, path: string, service: string])[];
}

const CASES: readonly Case[] = [
  {
    name: 'without a mapping is the name of the gateway, else the host, else the source',
    services: {},
    calls: [
      ['kong:orders@api.example.com', '/', 'orders'],
      ['api.example.com', '/', 'api.example.com'],
      ['api.example.com:8443', '/', 'api.example.com:8443'],
      ['log:access', '/', 'access'],
      ['kong:', '/', ''],
    ],
  },
  {
    name: 'is the mapped one before the name of the gateway',
    services: { shop: { gatewayServices: ['orders', 'carts'] } },
    calls: [
      ['kong:orders@api.example.com', '/v1', 'shop'],
      ['kong:carts', '/v1', 'shop'],
      ['kong:Orders', '/v1', 'Orders'],
      ['kong:order', '/v1', 'order'],
      ['orders', '/v1', 'orders'],
    ],
  },
  {
    name: 'is mapped by host whatever the gateway says, in any case and at any port',
    services: { shop: { hosts: ['Shop.Example.com'] } },
    calls: [
      ['shop.example.com', '/', 'shop'],
      ['shop.example.com:8443', '/', 'shop'],
      ['kong:orders@shop.example.com', '/', 'shop'],
      ['www.shop.example.com', '/', 'www.shop.example.com'],
      ['shop.example.com.evil.net', '/', 'shop.example.com.evil.net'],
    ],
  },
  {
    name: 'is mapped by the port when the pattern has one',
    services: {
      admin: { hosts: ['api.example.com:8443'] },
      api: { hosts: ['api.example.com:443'] },
      v6: { hosts: ['[2001:db8::1]'] },
    },
    calls: [
      ['api.example.com:8443', '/', 'admin'],
      ['api.example.com', '/', 'api'],
      ['api.example.com:9000', '/', 'api'],
      ['[2001:db8::1]:8080', '/', 'v6'],
      ['[2001:db8::2]:8080', '/', '[2001:db8::2]:8080'],
    ],
  },
  {
    name: 'is mapped by a pattern in which a star stands for any characters, even none',
    services: { tenants: { hosts: ['*.example.com'] }, regions: { hosts: ['api-*-eu*.example.net'] } },
    calls: [
      ['a.example.com', '/', 'tenants'],
      ['a.b.example.com:8443', '/', 'tenants'],
      ['example.com', '/', 'example.com'],
      ['api-x-eu.example.net', '/', 'regions'],
      ['api-x-eu-1.example.net', '/', 'regions'],
      ['api-eu.example.net', '/', 'api-eu.example.net'],
    ],
  },
  {
    name: 'is never mapped by a pattern when there is no host',
    services: { all: { hosts: ['*', ''] } },
    calls: [
      ['log:access', '/', 'access'],
      ['kong:orders', '/', 'orders'],
      ['a', '/', 'all'],
    ],
  },
  {
    name: 'is mapped by the source, which an origin has only without service and host',
    services: { edge: { sources: ['access', ''], gatewayServices: [''] } },
    calls: [
      ['log:access', '/', 'edge'],
      ['log:other', '/', 'other'],
      ['access', '/', 'access'],
    ],
  },
  {
    name: 'is the one with the longest base path that holds the path',
    services: {
      all: { hosts: ['api.example.com'] },
      orders: { hosts: ['api.example.com'], basePaths: ['/orders', 'legacy/orders/'] },
      returns: { hosts: ['api.example.com'], basePaths: ['/orders/returns/'] },
    },
    calls: [
      ['api.example.com', '/orders', 'orders'],
      ['api.example.com', '/orders/{int}', 'orders'],
      ['api.example.com', '/legacy/orders/{int}', 'orders'],
      ['api.example.com', '/orders/returns/{int}', 'returns'],
      ['api.example.com', '/ordersx', 'all'],
      ['api.example.com', '/', 'all'],
      ['other.example.com', '/orders', 'other.example.com'],
    ],
  },
  {
    name: 'is found below base paths that hold parameters, types and escapes',
    services: {
      tenant: { basePaths: ['/tenants/{tenant}/api'] },
      dated: { basePaths: ['/2015-03-31'] },
      spaced: { basePaths: ['/a%20b'] },
    },
    calls: [
      ['log:access', '/tenants/acme/api/users', 'tenant'],
      ['log:access', '/tenants/{uuid}/api', 'tenant'],
      ['log:access', '/tenants/acme/web', 'access'],
      ['log:access', '/{date}/functions', 'dated'],
      ['log:access', '/a b/c', 'spaced'],
    ],
  },
  {
    name: 'is mapped by base paths alone when the service names nothing else, after those that name the origin',
    services: {
      everywhere: { basePaths: ['/'] },
      health: { basePaths: ['/health'] },
      shop: { hosts: ['shop.example.com'] },
      owned: { owner: 'team-a' },
    },
    calls: [
      ['a.example.com', '/health', 'health'],
      ['a.example.com', '/users', 'everywhere'],
      ['shop.example.com', '/health', 'health'],
      ['shop.example.com', '/users', 'shop'],
      ['kong:owned', '/users', 'everywhere'],
    ],
  },
  {
    name: 'keeps a mapped name that only carries attributes for the gateway service of that name',
    services: { orders: { owner: 'team-a' } },
    calls: [
      ['kong:orders', '/', 'orders'],
      ['kong:carts', '/', 'carts'],
    ],
  },
  {
    name: 'is, of equal base paths, the more exactly named one, then the first by name',
    services: {
      zebra: { hosts: ['api.example.com'] },
      aardvark: { hosts: ['*.example.com'] },
      badger: { hosts: ['*.com'] },
      yak: { hosts: ['x.example.net'], basePaths: ['/a', '/b'] },
      cat: { hosts: ['x.example.net'], basePaths: ['/b'] },
      walrus: { gatewayServices: ['sea'] },
      seal: { sources: ['log'] },
    },
    calls: [
      ['api.example.com', '/', 'zebra'],
      ['www.example.com', '/', 'aardvark'],
      ['www.other.com', '/', 'badger'],
      ['x.example.net', '/b/1', 'cat'],
      ['x.example.net', '/a/1', 'yak'],
      ['kong:sea@www.example.com', '/', 'walrus'],
      ['kong:sea@api.example.com', '/', 'walrus'],
      ['log:log', '/', 'seal'],
    ],
  },
  {
    name: 'may be called like anything that objects have',
    services: { constructor: { hosts: ['c.example.com'] }, ['__proto__']: { hosts: ['p.example.com'] } },
    calls: [
      ['c.example.com', '/', 'constructor'],
      ['kong:__proto__', '/', '__proto__'],
      ['kong:toString', '/constructor', 'toString'],
      ['log:hasOwnProperty', '/__proto__', 'hasOwnProperty'],
    ],
  },
];

describe('the service of a call', () => {
  test.each(CASES)('$name', ({ services, calls }) => {
    const serviceOf = serviceResolver(mapping(services));
    expect(calls.map(([at, path]) => [at, path, serviceOf(origin(at), path)])).toEqual(calls);
  });

  test('does not depend on the order of the mapping or of the calls', () => {
    const services = Object.entries(mapping(Object.assign({}, ...CASES.map((one) => one.services))));
    const calls = CASES.flatMap((one) => one.calls.map(([at, path]) => ({ at, path })));
    const answers = (order: typeof services, asked: typeof calls) => {
      const serviceOf = serviceResolver(Object.fromEntries(order));
      return new Map(asked.map(({ at, path }) => [`${at} ${path}`, serviceOf(origin(at), path)]));
    };
    const expected = answers(services, calls);
    const shuffled = fc.tuple(
      fc.shuffledSubarray(services, { minLength: services.length }),
      fc.shuffledSubarray(calls, { minLength: calls.length }),
    );
    fc.assert(
      fc.property(shuffled, ([order, asked]) => {
        const found = answers(order, asked);
        expect([...expected.keys()].map((key) => [key, found.get(key)])).toEqual([...expected]);
      }),
    );
  });
});
