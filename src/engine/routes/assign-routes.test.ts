import { describe, expect, test } from 'vitest';
import { OVERFLOW_SHAPE, PROBE_SHAPE } from '../../model/shape.ts';
import { type AssignedRoute, assignRoutes } from './assign-routes.ts';
import { type Mapping, mapping, seen, spec } from './route-samples.ts';

const API = 'https://api.example.com';

interface Case {
  readonly name: string;
  readonly services?: Mapping;
  /** `origin: METHOD shape`, see `seen`. */
  readonly traffic: Parameters<typeof seen>[];
  readonly specs?: ReturnType<typeof spec>[];
  /** `service METHOD path, documented`, then the shapes behind it. */
  readonly routes: readonly (readonly [route: string, ...shapes: readonly string[]])[];
}

const FROM_SHAPES: readonly Case[] = [
  {
    name: 'named after the noun before their parameters, and documented unknown',
    traffic: [['kong:shop', 'GET /users/{int}', 'POST /users', 'GET /']],
    routes: [
      ['shop GET /, unknown', '/'],
      ['shop POST /users, unknown', '/users'],
      ['shop GET /users/{userId}, unknown', '/users/{int}'],
    ],
  },
  {
    name: 'one when they differ in types only, whichever was seen first',
    traffic: [
      ['kong:shop', 'GET /users/{uuid}', 'GET /users/{int}', 'GET /users/{email}', 'GET /days/{date}'],
    ],
    routes: [
      ['shop GET /days/{date}, unknown', '/days/{date}'],
      ['shop GET /users/{userId}, unknown', '/users/{email}', '/users/{int}', '/users/{uuid}'],
    ],
  },
  {
    name: 'apart by service and method',
    services: { shop: { gatewayServices: ['a', 'b'] } },
    traffic: [
      ['kong:a', 'GET /x', 'POST /x'],
      ['kong:b', 'GET /x'],
      ['kong:c', 'GET /x'],
    ],
    routes: [
      ['c GET /x, unknown', '/x'],
      ['shop GET /x, unknown', '/x', '/x'],
      ['shop POST /x, unknown', '/x'],
    ],
  },
  {
    name: 'joined by HEAD, and by OPTIONS not at all',
    traffic: [
      [
        'kong:shop',
        'GET /users/{int}',
        'HEAD /users/{uuid}',
        'OPTIONS /users/{int}',
        'OPTIONS /users/{email}',
      ],
    ],
    routes: [['shop GET /users/{userId}, unknown', '/users/{int}', '/users/{uuid}']],
  },
  {
    name: 'of HEAD and OPTIONS when nothing else is known there',
    traffic: [
      ['kong:shop', 'HEAD /ping', 'OPTIONS /cors', 'HEAD /both', 'OPTIONS /both', 'POST /post', 'HEAD /post'],
    ],
    routes: [
      ['shop HEAD /both, unknown', '/both'],
      ['shop OPTIONS /both, unknown', '/both'],
      ['shop OPTIONS /cors, unknown', '/cors'],
      ['shop HEAD /ping, unknown', '/ping'],
      ['shop HEAD /post, unknown', '/post'],
      ['shop POST /post, unknown', '/post'],
    ],
  },
  {
    name: 'never of what went over a bound or found nothing',
    traffic: [
      [
        'kong:shop',
        `OTHER ${OVERFLOW_SHAPE}`,
        `OTHER ${PROBE_SHAPE}`,
        'GET /.env 9 missed',
        'HEAD /.env 9 missed',
      ],
      ['kong:{overflow}', `OTHER ${OVERFLOW_SHAPE}`],
    ],
    routes: [],
  },
  {
    name: 'joined by calls that found nothing, which do not change their name',
    traffic: [
      [
        'kong:shop',
        'GET /days/{date}',
        'GET /days/{int} 3 missed',
        'HEAD /days/{text} 2 missed',
        'POST /days/{date} 1 missed',
      ],
    ],
    routes: [['shop GET /days/{date}, unknown', '/days/{date}', '/days/{int}', '/days/{text}']],
  },
];

const FROM_SPECS: readonly Case[] = [
  {
    name: 'documented, called or not, and what they lack is not documented',
    traffic: [
      [
        'kong:shop@api.example.com',
        'GET /v1/users/{int}',
        'GET /v1/users/me',
        'GET /v1/secret',
        'GET /health',
      ],
    ],
    specs: [
      spec('a.yaml', { servers: [`${API}/v1`], operations: ['GET /users/{id}', 'DELETE /users/{id}'] }),
    ],
    routes: [
      ['shop GET /health, false', '/health'],
      ['shop GET /v1/secret, false', '/v1/secret'],
      ['shop DELETE /v1/users/{id}, true'],
      ['shop GET /v1/users/{id}, true', '/v1/users/me', '/v1/users/{int}'],
    ],
  },
  {
    name: 'of their service only: the documents of one say nothing of another',
    traffic: [
      ['kong:shop@api.example.com', 'GET /users'],
      ['kong:other@other.example.com', 'GET /users'],
    ],
    specs: [spec('a.yaml', { servers: [API], operations: ['GET /orders'] })],
    routes: [
      ['other GET /users, unknown', '/users'],
      ['shop GET /orders, true'],
      ['shop GET /users, false', '/users'],
    ],
  },
  {
    name: 'of the part of a host below their base path',
    traffic: [
      ['api.example.com', 'GET /accounts/v1/users', 'GET /accounts/internal', 'GET /accountsx', 'GET /login'],
    ],
    specs: [spec('a.yaml', { servers: [`${API}/accounts/v1`], operations: ['GET /users'] })],
    routes: [
      ['api.example.com GET /accounts/internal, false', '/accounts/internal'],
      ['api.example.com GET /accounts/v1/users, true', '/accounts/v1/users'],
      ['api.example.com GET /accountsx, unknown', '/accountsx'],
      ['api.example.com GET /login, unknown', '/login'],
    ],
  },
  {
    name: 'of two APIs behind one host, each below its own base path',
    traffic: [['api.example.com', 'GET /a/users', 'GET /b/users', 'GET /a/x', 'GET /c/users']],
    specs: [
      spec('a.yaml', { servers: [`${API}/a`], operations: ['GET /users'] }),
      spec('b.yaml', { servers: [`${API}/b`], operations: ['GET /users'] }),
    ],
    routes: [
      ['api.example.com GET /a/users, true', '/a/users'],
      ['api.example.com GET /a/x, false', '/a/x'],
      ['api.example.com GET /b/users, true', '/b/users'],
      ['api.example.com GET /c/users, unknown', '/c/users'],
    ],
  },
  {
    name: 'the most literal that fits, across all descriptions of a service',
    traffic: [['kong:shop@api.example.com', 'GET /users/me', 'GET /users/{int}', 'GET /users/7.json']],
    specs: [
      spec('a.yaml', { servers: [API], operations: ['GET /users/{id}', 'GET /users/{id}.json'] }),
      spec('b.yaml', { servers: [API], operations: ['GET /users/me'] }),
    ],
    routes: [
      ['shop GET /users/me, true', '/users/me'],
      ['shop GET /users/{id}, true', '/users/{int}'],
      ['shop GET /users/{id}.json, true', '/users/7.json'],
    ],
  },
  {
    name: 'one for each identity, that of the first file by name and the first place in it',
    traffic: [['kong:shop@api.example.com', 'GET /users/{int}']],
    specs: [
      spec('b.yaml', { servers: [API], operations: ['GET /users/{b}/'] }),
      spec('a.yaml', {
        servers: [API],
        operations: ['GET /users/{a}', 'GET /users/{c}', 'GET //users/{a+}'],
      }),
    ],
    routes: [['shop GET /users/{a}, true', '/users/{int}']],
  },
  {
    name: 'with HEAD where there is GET, and preflights nowhere, unless they are described',
    traffic: [
      [
        'kong:shop@api.example.com',
        'HEAD /users/{int}',
        'OPTIONS /users/{int}',
        'OPTIONS /files',
        'HEAD /files',
        'OPTIONS /other',
        'GET /other',
      ],
    ],
    specs: [
      spec('a.yaml', {
        servers: [API],
        operations: ['GET /users/{id}', 'GET /files', 'HEAD /files', 'OPTIONS /files'],
      }),
    ],
    routes: [
      ['shop GET /files, true'],
      ['shop HEAD /files, true', '/files'],
      ['shop OPTIONS /files, true', '/files'],
      ['shop GET /other, false', '/other'],
      ['shop GET /users/{id}, true', '/users/{int}'],
    ],
  },
  {
    name: 'with calls that found nothing, but never because of them',
    traffic: [
      ['kong:shop@api.example.com', 'GET /users/{int} 5 missed', 'GET /wp-login.php 5 missed', 'GET /x'],
    ],
    specs: [spec('a.yaml', { servers: [API], operations: ['GET /users/{id}'] })],
    routes: [
      ['shop GET /users/{id}, true', '/users/{int}'],
      ['shop GET /x, false', '/x'],
    ],
  },
  {
    name: 'in a service of their own when they fit no traffic',
    traffic: [['kong:shop', 'GET /x']],
    specs: [
      spec('a.yaml', { servers: ['https://new.example.com/v1'], operations: ['GET /users'] }),
      spec('b.yaml', { title: 'Billing API', operations: ['GET /invoices'] }),
    ],
    routes: [
      ['billing GET /invoices, true'],
      ['new.example.com GET /v1/users, true'],
      ['shop GET /x, unknown', '/x'],
    ],
  },
  {
    name: 'of a service that names the file in the mapping',
    services: { shop: { gatewayServices: ['k1', 'k2'], specs: ['a.yaml'] } },
    traffic: [
      ['kong:k1', 'GET /users'],
      ['kong:k2', 'GET /users', 'GET /secret'],
    ],
    specs: [
      spec('openapi/a.yaml', { servers: ['https://elsewhere.example.com'], operations: ['GET /users'] }),
    ],
    routes: [
      ['shop GET /secret, false', '/secret'],
      ['shop GET /users, true', '/users', '/users'],
    ],
  },
  {
    name: 'twice when the description stands for two hosts',
    traffic: [
      ['api.example.com', 'GET /users'],
      ['staging.example.com', 'GET /users'],
    ],
    specs: [spec('a.yaml', { servers: [API, 'https://staging.example.com'], operations: ['GET /users'] })],
    routes: [
      ['api.example.com GET /users, true', '/users'],
      ['staging.example.com GET /users, true', '/users'],
    ],
  },
];

function inShort(routes: readonly AssignedRoute[]) {
  return routes.map(({ service, method, path, documented, shapeIds }) => [
    `${service} ${method} ${path}, ${documented}`,
    ...shapeIds.map((id) => id.split(' ').slice(2).join(' ')).sort(),
  ]);
}

function assign({ services = {}, traffic, specs = [] }: Omit<Case, 'name' | 'routes'>) {
  return assignRoutes({ shapes: traffic.flatMap((one) => seen(...one)), specs, services: mapping(services) });
}

describe('routes from shapes are', () => {
  test.each(FROM_SHAPES)('$name', ({ routes, ...input }) => expect(inShort(assign(input))).toEqual(routes));
});

describe('routes from descriptions are', () => {
  test.each(FROM_SPECS)('$name', ({ routes, ...input }) => expect(inShort(assign(input))).toEqual(routes));
});

test('a route says where it comes from and when it was seen', () => {
  const [early, late] = seen('kong:shop@api.example.com', 'GET /users/{int}', 'GET /users/me');
  const description = spec('a.yaml', { servers: [API], operations: ['GET /users/{id}', 'POST /users'] });
  const shapes = [
    { ...early, firstSeen: '2026-11-01T00:00:00.000Z', lastSeen: '2026-11-03T00:00:00.000Z' },
    { ...late, firstSeen: '2026-11-02T00:00:00.000Z', lastSeen: '2026-11-09T00:00:00.000Z' },
    ...seen('kong:shop@api.example.com', 'GET /x'),
  ];
  // The samples are whole; only the compiler cannot see it through the destructuring.
  const routes = assignRoutes({
    shapes: shapes as ReturnType<typeof seen>,
    specs: [description],
    services: {},
  });
  expect(routes).toEqual([
    {
      service: 'shop',
      method: 'POST',
      path: '/users',
      source: 'spec',
      documented: true,
      described: { spec: description, operation: description.operations[1] },
      shapeIds: [],
    },
    {
      service: 'shop',
      method: 'GET',
      path: '/users/{id}',
      source: 'spec',
      documented: true,
      described: { spec: description, operation: description.operations[0] },
      shapeIds: ['kong:shop@api.example.com GET /users/me', 'kong:shop@api.example.com GET /users/{int}'],
      firstSeen: '2026-11-01T00:00:00.000Z',
      lastSeen: '2026-11-09T00:00:00.000Z',
    },
    {
      service: 'shop',
      method: 'GET',
      path: '/x',
      source: 'shape',
      documented: false,
      shapeIds: ['kong:shop@api.example.com GET /x'],
      firstSeen: '2026-11-01T00:00:00.000Z',
      lastSeen: '2026-11-02T00:00:00.000Z',
    },
  ]);
});

test('nothing gives no routes', () => {
  expect(assignRoutes({ shapes: [], specs: [], services: {} })).toEqual([]);
});

test('20,000 operations and 20,000 shapes are put together in seconds, behind one host or many', {
  timeout: 30_000,
}, () => {
  const letters = (n: number) => String(n).replace(/[0-9]/g, (digit) => 'abcdefghij'.charAt(Number(digit)));
  const paths = Array.from({ length: 20_000 }, (_, n) => `/${letters(n % 200)}/{id}/${letters(n)}`);
  const shapes = seen('api.example.com', ...paths.map((path) => `GET ${path.replace('{id}', '{int}')}`));
  const one = [spec('a.yaml', { servers: [API], operations: paths.map((path) => `GET ${path}`) })];
  const many = Array.from({ length: 1_000 }, (_, n) =>
    spec(`${n}.yaml`, {
      servers: [API],
      operations: paths.slice(n * 20, n * 20 + 20).map((path) => `GET ${path}`),
    }),
  );
  for (const specs of [one, many]) {
    const routes = assignRoutes({ shapes, specs, services: {} });
    expect(
      routes.filter(({ documented, shapeIds }) => documented === true && shapeIds.length === 1).length,
    ).toBe(20_000);
    expect(routes.length).toBe(20_000);
  }
});
