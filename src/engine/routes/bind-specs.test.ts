import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ObservedShape } from '../../model/shape.ts';
import type { SpecDocument } from '../../model/spec.ts';
import { bindSpecs } from './bind-specs.ts';
import { serviceResolver } from './resolve-service.ts';
import { type Mapping, mapping, seen, spec } from './route-samples.ts';

interface Case {
  readonly name: string;
  readonly services?: Mapping;
  readonly traffic: readonly ObservedShape[];
  readonly specs: readonly SpecDocument[];
  /** `file: service, base path, number of operations, claim`; the claim `/` is the whole service, `-` nothing. */
  readonly bindings: readonly string[];
}

const USERS = ['GET /users', 'GET /users/{id}', 'POST /users', 'DELETE /users/{id}'];
const API = 'https://api.example.com';

const BY_FILE: readonly Case[] = [
  {
    name: 'whatever its servers say',
    services: { shop: { specs: ['orders.yaml'], hosts: ['shop.example.com'] } },
    traffic: [...seen('shop.example.com', 'GET /users'), ...seen('api.example.com', 'GET /users')],
    specs: [spec('openapi/orders.yaml', { servers: [API], operations: USERS })],
    bindings: ['openapi/orders.yaml: shop, , 4, /'],
  },
  {
    name: 'by the end of its path, in whole segments',
    services: {
      a: { specs: ['./specs/a.yaml'] },
      b: { specs: ['s/a.yaml', ''] },
      c: { specs: ['/specs/a.yaml'] },
    },
    traffic: [],
    specs: [spec('repo/specs/a.yaml', { operations: USERS })],
    bindings: ['repo/specs/a.yaml: a, , 4, /', 'repo/specs/a.yaml: c, , 4, /'],
  },
  {
    name: 'below the base paths of servers that answered, else the first',
    services: { seen: { specs: ['a.yaml'], gatewayServices: ['k'] }, unseen: { specs: ['a.yaml'] } },
    traffic: seen('kong:k', 'GET /v2/users/{int}', 'GET /v1/other'),
    specs: [
      spec('a.yaml', { servers: [`${API}/v1`, `${API}/v2`, 'http://localhost:3000/'], operations: USERS }),
    ],
    bindings: ['a.yaml: seen, /v2, 4, /', 'a.yaml: unseen, /v1, 4, /'],
  },
  {
    name: 'below the base path that the gateway put before that of the server, or in its place, or took away',
    services: {
      before: { specs: ['a.yaml'], hosts: ['h1'], basePaths: ['/shop/'] },
      inPlace: { specs: ['a.yaml'], hosts: ['h2'], basePaths: ['/shop'] },
      away: { specs: ['a.yaml'], hosts: ['h3'] },
    },
    traffic: [
      ...seen('h1', 'GET /shop/v1/users'),
      ...seen('h2', 'GET /shop/users/{int}'),
      ...seen('h3', 'GET /users/{int}', 'POST /users'),
    ],
    specs: [spec('a.yaml', { servers: [`${API}/v1`], operations: USERS })],
    bindings: ['a.yaml: away, , 4, /', 'a.yaml: before, /shop/v1, 4, /', 'a.yaml: inPlace, /shop, 4, /'],
  },
];

const BY_HOST: readonly Case[] = [
  {
    name: 'to the only service there, even if none of its operations was called',
    traffic: [...seen('api.example.com', 'GET /other'), ...seen('other.example.com', 'GET /users')],
    specs: [spec('a.yaml', { servers: [API], operations: USERS })],
    bindings: ['a.yaml: api.example.com, , 4, /'],
  },
  {
    name: 'below its base path, in whole segments',
    traffic: [...seen('api.example.com', 'GET /v10/users', 'GET /v1x')],
    specs: [spec('a.yaml', { title: 'Users', servers: [`${API}/v1`], operations: USERS })],
    bindings: ['a.yaml: api.example.com, /v1, 4, -'],
  },
  {
    name: 'below each base path where an operation was answered',
    traffic: seen('api.example.com', 'GET /v1/users', 'GET /v2/users', 'GET /v3/other', 'GET /users'),
    specs: [
      spec('a.yaml', {
        servers: [API, `${API}/v1`, `${API}/v2`, `${API}/v3`],
        operations: ['GET /users', 'GET /users/{id}'],
      }),
      spec('b.yaml', { servers: [API, `${API}/v1`, `${API}/v3`], operations: ['GET /orders'] }),
    ],
    bindings: [
      'a.yaml: api.example.com, , 2, /',
      'a.yaml: api.example.com, /v1, 2, /',
      'a.yaml: api.example.com, /v2, 2, /',
      'b.yaml: api.example.com, , 1, /',
    ],
  },
  {
    name: 'at both hosts of staging and production, and only at those seen',
    traffic: [
      ...seen('api.example.com', 'GET /v1/users'),
      ...seen('staging.example.com', 'GET /api/v1/users'),
    ],
    specs: [
      spec('a.yaml', {
        servers: [
          `${API}/v1`,
          'https://staging.example.com/api/v1',
          'https://old.example.com',
          'http://localhost:8080/v1',
        ],
        operations: USERS,
      }),
    ],
    bindings: ['a.yaml: api.example.com, /v1, 4, /', 'a.yaml: staging.example.com, /api/v1, 4, /api'],
  },
  {
    name: 'as one gateway service that answers for several hosts',
    traffic: [
      ...seen('kong:users@api.example.com', 'GET /users'),
      ...seen('kong:users@www.example.com', 'GET /users/{int}'),
    ],
    specs: [spec('a.yaml', { servers: [API, 'https://www.example.com'], operations: USERS })],
    bindings: ['a.yaml: users, , 4, /'],
  },
  {
    name: 'to its own of several gateway services below one base path',
    traffic: [
      ...seen('kong:users@api.example.com', 'GET /users', 'GET /users/{int}', 'GET /health'),
      ...seen('kong:orders@api.example.com', 'GET /orders', 'GET /health'),
      ...seen('api.example.com', 'GET /%00'),
    ],
    specs: [
      spec('orders.yaml', { servers: [API], operations: ['GET /orders', 'GET /orders/{id}'] }),
      spec('users.yaml', { servers: [API], operations: [...USERS, 'GET /health'] }),
    ],
    bindings: ['orders.yaml: orders, , 2, /', 'users.yaml: users, , 5, /'],
  },
  {
    name: 'to the one of several services that is called like it when none answered',
    traffic: [
      ...seen('kong:users-service@api.example.com', 'GET /a'),
      ...seen('kong:orders@api.example.com', 'GET /b'),
    ],
    specs: [
      spec('specs/users/openapi.yaml', { servers: [API], operations: USERS }),
      spec('x.yaml', { title: 'Orders API v2', servers: [API], operations: USERS }),
      spec('y.yaml', { title: 'Carts', servers: [API], operations: USERS }),
    ],
    bindings: [
      'specs/users/openapi.yaml: users-service, , 4, /',
      'x.yaml: orders, , 4, /',
      'y.yaml: api.example.com, , 4, -',
    ],
  },
  {
    name: 'with its part of a host that has no service of its own, versions not counted',
    traffic: seen('api.example.com', 'GET /accounts/v1/users', 'GET /orders/v2/orders', 'GET /web'),
    specs: [
      spec('accounts.yaml', { servers: [`${API}/accounts/v1`], operations: ['GET /users'] }),
      spec('orders.yaml', { servers: [`${API}/orders`], operations: ['GET /v2/orders'] }),
    ],
    bindings: [
      'accounts.yaml: api.example.com, /accounts/v1, 1, /accounts',
      'orders.yaml: api.example.com, /orders, 1, /orders',
    ],
  },
  {
    name: 'with the whole of a service that a gateway or the mapping names',
    services: { legacy: { hosts: ['legacy.example.com'] } },
    traffic: [
      ...seen('kong:shop@api.example.com', 'GET /shop/users'),
      ...seen('legacy.example.com', 'GET /old/users'),
    ],
    specs: [
      spec('a.yaml', { servers: [`${API}/shop`], operations: ['GET /users'] }),
      spec('b.yaml', { servers: ['https://legacy.example.com/old'], operations: ['GET /users'] }),
    ],
    bindings: ['a.yaml: shop, /shop, 1, /', 'b.yaml: legacy, /old, 1, /'],
  },
  {
    name: 'at its port, and at any when one side names none and an operation was answered',
    traffic: [
      ...seen('a.example.com:8443', 'GET /users'),
      ...seen('b.example.com', 'GET /users'),
      ...seen('c.example.com:8443', 'GET /users'),
      ...seen('c.example.com:9443', 'GET /users'),
      ...seen('d.example.com', 'GET /other'),
    ],
    specs: [
      spec('a.yaml', { servers: ['https://a.example.com'], operations: USERS }),
      spec('b.yaml', { servers: ['https://b.example.com:8443'], operations: USERS }),
      spec('c.yaml', { servers: ['https://c.example.com:8443'], operations: USERS }),
      spec('dd.yaml', { servers: ['https://d.example.com:8443'], operations: USERS }),
      spec('e.yaml', { servers: ['https://a.example.com:9443'], operations: USERS }),
    ],
    bindings: [
      'a.yaml: a.example.com:8443, , 4, /',
      'b.yaml: b.example.com, , 4, /',
      'c.yaml: c.example.com:8443, , 4, /',
      'dd.yaml: d.example.com:8443, , 4, -',
      'e.yaml: a.example.com:9443, , 4, -',
    ],
  },
  {
    name: 'by a host that the mapping calls otherwise',
    services: { shop: { hosts: ['*.example.com'] } },
    traffic: [...seen('api.example.com', 'GET /users'), ...seen('www.example.com', 'GET /users')],
    specs: [
      spec('a.yaml', { servers: [API], operations: USERS }),
      spec('b.yaml', { servers: ['https://new.example.com'], operations: USERS }),
    ],
    bindings: ['a.yaml: shop, , 4, /', 'b.yaml: shop, , 4, -'],
  },
];

const OTHERWISE: readonly Case[] = [
  {
    name: 'of a log without hosts that answered half of what any answered',
    traffic: [
      ...seen('log:edge', 'GET /users', 'GET /users/{int}', 'POST /users', 'GET /health'),
      ...seen('log:inner', 'GET /users', 'POST /users'),
      ...seen('log:orders', 'GET /orders', 'GET /health'),
    ],
    specs: [
      spec('a.yaml', { servers: [API], operations: [...USERS, 'GET /health'] }),
      spec('b.yaml', { servers: [`${API}/v1`], operations: USERS }),
    ],
    bindings: ['a.yaml: edge, , 5, /', 'a.yaml: inner, , 5, /', 'b.yaml: api.example.com, /v1, 4, -'],
  },
  {
    name: 'without hosts that answered half of what the one at the host did, which a larger log does not push out',
    traffic: [
      ...seen('kong:users@api.example.com', 'GET /users', 'GET /users/{int}', 'POST /users'),
      ...seen('log:access', 'GET /users', 'GET /users/{int}'),
      ...seen('log:other', 'GET /users'),
      ...seen('kong:few@few.example.com', 'GET /users'),
    ],
    specs: [
      spec('a.yaml', { servers: [API], operations: USERS }),
      spec('b.yaml', { servers: ['https://few.example.com'], operations: USERS }),
    ],
    bindings: [
      'a.yaml: access, , 4, /',
      'a.yaml: users, , 4, /',
      'b.yaml: access, , 4, /',
      'b.yaml: few, , 4, /',
      'b.yaml: other, , 4, /',
    ],
  },
  {
    name: 'that is the only one, for a relative or local server, if it answered',
    traffic: seen('api.example.com', 'GET /v1/users'),
    specs: [
      spec('a.yaml', { servers: ['/v1'], operations: USERS }),
      spec('b.yaml', { servers: ['http://localhost:8080/v1'], operations: USERS }),
      spec('c.yaml', { title: 'Carts', operations: USERS }),
      spec('d.yaml', { title: 'Host API', servers: ['http://127.0.0.1/'], operations: USERS }),
    ],
    bindings: [
      'a.yaml: api.example.com, /v1, 4, /',
      'b.yaml: api.example.com, /v1, 4, /',
      'c.yaml: carts, , 4, -',
      'd.yaml: host, , 4, -',
    ],
  },
  {
    name: 'at localhost, when that is where the traffic was seen',
    traffic: [...seen('localhost:8080', 'GET /other'), ...seen('kong:users@edge', 'GET /users')],
    specs: [spec('users.yaml', { servers: ['http://localhost:8080'], operations: USERS })],
    bindings: ['users.yaml: localhost:8080, , 4, /'],
  },
  {
    name: 'that is called like a relative description and answered, among several',
    traffic: [
      ...seen('kong:users-api', 'GET /users'),
      ...seen('users.internal:8080', 'GET /users'),
      ...seen('kong:orders', 'GET /users'),
      ...seen('kong:members', 'GET /other'),
    ],
    specs: [
      spec('a.yaml', { title: 'Users API', operations: USERS }),
      spec('members.yaml', { title: 'Orders service', operations: ['GET /orders'] }),
    ],
    bindings: [
      'a.yaml: users-api, , 4, /',
      'a.yaml: users.internal:8080, , 4, /',
      'members.yaml: orders, , 1, -',
    ],
  },
  {
    name: 'that answered three operations of a relative description with half of its calls',
    traffic: [
      ...seen('kong:core', 'GET /users 30', 'GET /users/{int} 30', 'POST /users 30', 'GET /other 80'),
      ...seen('kong:mixed', 'GET /users 30', 'GET /users/{int} 30', 'POST /users 30', 'GET /other 100'),
      ...seen('kong:twice', 'GET /users/me 30', 'POST /users 30', 'GET /other 100'),
      ...seen('kong:few', 'GET /users', 'POST /users'),
    ],
    specs: [spec('a.yaml', { title: 'Members', operations: [...USERS, 'GET /{any}/me'] })],
    bindings: ['a.yaml: core, , 5, /'],
  },
  {
    name: 'of another host when it is called like the description and answered, and that host was never seen',
    traffic: [
      ...seen('kong:users@edge.internal', 'GET /users'),
      ...seen('kong:orders@edge.internal', 'GET /users'),
    ],
    specs: [
      spec('a.yaml', { title: 'Users', servers: [API], operations: USERS }),
      spec('b.yaml', { title: 'Stripe', servers: ['https://api.stripe.com'], operations: USERS }),
    ],
    bindings: ['a.yaml: users, , 4, /', 'b.yaml: api.stripe.com, , 4, -'],
  },
  {
    name: 'of its own, named by the first host that is not local, the title or the file',
    traffic: [],
    specs: [
      spec('a.yaml', {
        title: 'A',
        servers: ['http://localhost', `${API}/v1`, 'https://b.example.com'],
        operations: USERS,
      }),
      spec('b.yaml', { title: 'Billing & Invoices API', operations: USERS }),
      spec('c/Carts.v2.yaml', { title: '', operations: USERS }),
      spec('openapi.json', { title: '!!', operations: USERS }),
    ],
    bindings: [
      'a.yaml: api.example.com, /v1, 4, -',
      'b.yaml: billing-invoices, , 4, -',
      'c/Carts.v2.yaml: carts, , 4, -',
      'openapi.json: openapi, , 4, -',
    ],
  },
  {
    name: 'none at all without operations',
    traffic: seen('api.example.com', 'GET /users'),
    specs: [spec('common.yaml', { servers: [API], operations: [] })],
    bindings: [],
  },
  {
    name: 'not by calls that found nothing',
    traffic: [
      ...seen('api.example.com', 'GET /users 5 missed'),
      ...seen('log:access', 'GET /users 5 missed', 'GET /x'),
    ],
    specs: [spec('a.yaml', { servers: [API], operations: USERS })],
    bindings: ['a.yaml: api.example.com, , 4, -'],
  },
];

const OWN_SERVERS: readonly Case[] = [
  {
    name: 'go to their own host, of which they claim nothing',
    traffic: [
      ...seen('api.example.com', 'GET /users'),
      ...seen('upload.example.com', 'POST /files', 'GET /web'),
    ],
    specs: [
      spec('a.yaml', {
        servers: [API],
        operations: [
          'GET /users',
          'POST /files https://upload.example.com',
          'GET /log https://logs.example.com/v1',
        ],
      }),
    ],
    bindings: [
      'a.yaml: api.example.com, , 1, /',
      'a.yaml: upload.example.com, , 1, -',
      'a.yaml: logs.example.com, /v1, 1, -',
    ],
  },
  {
    name: 'stay with their description when they are relative',
    traffic: [...seen('kong:users@api.example.com', 'GET /v1/users'), ...seen('kong:other', 'GET /v2/files')],
    specs: [spec('a.yaml', { servers: [`${API}/v1`], operations: ['GET /users', 'GET /files /v2'] })],
    bindings: ['a.yaml: users, /v1, 1, /', 'a.yaml: users, /v2, 1, -'],
  },
  {
    name: 'claim their service when the description has no others',
    traffic: seen('kong:users@api.example.com', 'GET /users'),
    specs: [spec('a.yaml', { operations: [`GET /users ${API}`, `GET /users/{id} ${API}`] })],
    bindings: ['a.yaml: users, , 2, /'],
  },
];

function bind({ services = {}, traffic, specs }: Omit<Case, 'name' | 'bindings'>): string[] {
  const mapped = mapping(services);
  const serviceOf = serviceResolver(mapped);
  const observed = traffic.map((shape) => ({ shape, service: serviceOf(shape.origin, shape.shape) }));
  return bindSpecs(specs, observed, { services: mapped, serviceOf }).map(
    ({ spec: { file }, service, basePath, operations, claims }) =>
      `${file}: ${service}, ${basePath}, ${operations.length}, ${claims === undefined ? '-' : `/${claims.join('/')}`}`,
  );
}

describe('a service names a description in the mapping and is bound', () => {
  test.each(BY_FILE)('$name', ({ bindings, ...input }) => expect(bind(input)).toEqual(bindings));
});

describe('a description is bound by host', () => {
  test.each(BY_HOST)('$name', ({ bindings, ...input }) => expect(bind(input)).toEqual(bindings));
});

describe('a description is bound to the service', () => {
  test.each(OTHERWISE)('$name', ({ bindings, ...input }) => expect(bind(input)).toEqual(bindings));
});

describe('operations with servers of their own', () => {
  test.each(OWN_SERVERS)('$name', ({ bindings, ...input }) => expect(bind(input)).toEqual(bindings));
});

test('bindings do not depend on the order of traffic and descriptions', () => {
  const all = [...BY_FILE, ...BY_HOST, ...OTHERWISE, ...OWN_SERVERS];
  const shuffled = fc.constantFrom(...all).chain(({ services, traffic, specs, bindings }) =>
    fc.record({
      services: fc.constant(services ?? {}),
      bindings: fc.constant(bindings),
      traffic: fc.shuffledSubarray([...traffic], { minLength: traffic.length }),
      specs: fc.shuffledSubarray([...specs], { minLength: specs.length }),
    }),
  );
  fc.assert(
    fc.property(shuffled, ({ bindings, ...input }) => {
      expect(bind(input)).toEqual(bindings);
    }),
    { numRuns: 300 },
  );
});
