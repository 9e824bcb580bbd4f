import type { DocumentExample } from '../../../model/document-kind.ts';

const SCHEMA = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';
const DATE = { key: 'Date', value: 'Mon, 05 Jan 2026 10:00:00 GMT' };
const saved = { name: 'one', code: 200, status: 'OK', header: [DATE], responseTime: 112, body: '{"id":7}' };
const request = {
  method: 'POST',
  header: [
    { key: 'Accept', value: '*/*' },
    { key: 'X-Off', value: '1', disabled: true },
  ],
  url: {
    raw: '{{baseUrl}}/users/:id?full={{full}}',
    host: ['{{baseUrl}}'],
    path: ['users', ':id'],
    variable: [{ key: 'id', value: '7' }],
  },
  body: {
    mode: 'urlencoded',
    urlencoded: [
      { key: 'a', value: '1' },
      { key: 'b', value: '2', disabled: true },
    ],
  },
};
const variable = [
  { key: 'baseUrl', value: 'https://{{domain}}/v1' },
  { id: 'domain', value: 'api.shop.test' },
];

function collection(changes: object): string {
  return JSON.stringify({ info: { name: 'Shop', schema: SCHEMA }, item: [], ...changes }, null, 1);
}

interface Expected {
  readonly [field: string]: unknown;
}

/** The line of an example: fields first, in their order, then what the messages hold. */
function line(fields: Expected, messages: Expected = {}): string {
  const { startedAt, status, latencyMs, bodyBytes, ...asked } = fields;
  return JSON.stringify({
    postmanExample: {
      method: 'GET',
      scheme: 'https',
      host: 'api.shop.test',
      target: '/users',
      isAuthorized: false,
      wasSent: false,
      ...asked,
      isAnswered: status !== undefined,
      startedAt,
      status,
      latencyMs,
      bodyBytes,
    },
    requestHeaders: {},
    requestBody: undefined,
    responseHeaders: {},
    responseBody: undefined,
    ...messages,
  });
}

const answered = { startedAt: '2026-01-05T10:00:00.000Z', status: 200, latencyMs: 112 };
const answer = { responseHeaders: { date: DATE.value }, responseBody: '{"id":7}' };
const url = 'https://api.shop.test/users';

const collections: readonly DocumentExample[] = [
  {
    name: 'a request with variables, path variables and a form, in a folder',
    content: collection({ variable, item: [{ name: 'users', item: [{ request, response: [saved] }] }] }),
    lines: [
      line(
        { ...answered, method: 'POST', target: '/v1/users/7?full={full}' },
        { requestHeaders: { accept: '*/*' }, requestBody: 'a=1', ...answer },
      ),
    ],
  },
  {
    name: 'requests that are only a URL, without answers, one on a host nobody knows',
    content: collection({ item: [{ request: url }, { request: '{{base}}/users/{{id}}', response: [] }] }),
    lines: [line({}), line({ scheme: '', host: '', target: '/users/{id}' })],
  },
  {
    name: 'an answer to another request than the one it is filed under; headers as text',
    content: collection({
      item: [
        {
          request: url,
          response: [
            {
              ...saved,
              header: `Date: ${DATE.value}\nX-A: 1\nX-A: 2`,
              originalRequest: { method: 'DELETE', url: `${url}/7` },
            },
          ],
        },
      ],
    }),
    lines: [
      line(
        { ...answered, method: 'DELETE', target: '/users/7' },
        { ...answer, responseHeaders: { date: DATE.value, 'x-a': '1, 2' } },
      ),
    ],
  },
  {
    name: 'authorization of the collection, of a folder, and of nobody',
    content: collection({
      auth: { type: 'bearer', bearer: [{ key: 'token', value: '{{token}}' }] },
      item: [
        { request: { url, auth: null } },
        {
          auth: { type: 'noauth' },
          item: [{ request: { url } }, { request: { url, auth: { type: 'basic' } } }],
        },
      ],
    }),
    lines: [line({ isAuthorized: true }), line({}), line({ isAuthorized: true })],
  },
  {
    name: 'a URL in parts, bodies of other kinds, an answer that nothing dates',
    content: collection({
      item: [
        {
          request: {
            url: {
              protocol: 'http',
              host: ['api', 'shop', 'test'],
              port: '8080',
              path: ['users', { type: 'string', value: 'a b' }],
              query: [
                { key: 'q', value: '1' },
                { key: 'r', value: null },
                { key: 's', disabled: true },
              ],
            },
            body: { mode: 'graphql', graphql: { query: '{ me }', variables: '{}' } },
          },
          response: [{ code: 200, header: null, body: null }],
        },
      ],
    }),
    lines: [
      line(
        { status: 200, scheme: 'http', host: 'api.shop.test:8080', target: '/users/a%20b?q=1&r' },
        { requestBody: '{ me } {}' },
      ),
    ],
  },
  {
    name: 'a collection as the Postman API gives it',
    content: JSON.stringify({
      collection: { info: { _postman_id: 'c-1', name: 'Shop' }, item: [{ request: url }] },
    }),
    lines: [line({})],
  },
  {
    name: 'a collection of the first version',
    content: JSON.stringify({
      id: 'c-1',
      name: 'Shop',
      order: ['r-1'],
      folders: [],
      requests: [
        {
          id: 'r-1',
          method: 'PUT',
          url: `${url}/:id`,
          pathVariables: { id: '7' },
          headers: 'Accept: */*\n',
          data: [{ key: 'a', value: '1' }],
          currentHelper: 'basicAuth',
          responses: [
            { responseCode: { code: 200 }, time: 112, headers: [DATE], text: '{"id":7}' },
            { responseCode: { code: 404 }, createdAt: '2026-01-05T11:00:00.000Z', headers: [] },
          ],
        },
      ],
    }),
    lines: [
      line(
        { ...answered, method: 'PUT', target: '/users/7', isAuthorized: true },
        { requestHeaders: { accept: '*/*' }, requestBody: 'a=1', ...answer },
      ),
      line(
        {
          startedAt: '2026-01-05T11:00:00.000Z',
          status: 404,
          method: 'PUT',
          target: '/users/7',
          isAuthorized: true,
        },
        { requestHeaders: { accept: '*/*' }, requestBody: 'a=1' },
      ),
    ],
  },
  {
    name: 'a damaged collection',
    content: collection({}).slice(0, -3),
    lines: [collection({}).slice(0, -3).replaceAll('\n', ' ')],
  },
];

const reports: readonly DocumentExample[] = [
  {
    name: 'a report of Newman: one answer with a date, one without, one that never came',
    content: JSON.stringify({
      collection: { _: { postman_id: 'c-1' }, item: [{ id: 'i-1', name: 'users' }], info: { name: 'Shop' } },
      run: {
        timings: { started: 1767607200250, completed: 1767607201250 },
        executions: [
          {
            request: {
              url: {
                protocol: 'https',
                host: ['api', 'shop', 'test'],
                path: ['users'],
                query: [],
                variable: [],
              },
              header: [{ key: 'User-Agent', value: 'PostmanRuntime/7.43', system: true }],
              method: 'GET',
            },
            response: {
              code: 200,
              header: [DATE],
              stream: { type: 'Buffer', data: [123, 125] },
              responseTime: 112,
              responseSize: 2,
            },
          },
          {
            request: { url, method: 'GET' },
            response: { code: 204, header: [], responseTime: 9, responseSize: 0 },
          },
          { request: { url, method: 'GET' }, requestError: { code: 'ECONNREFUSED' } },
        ],
      },
    }),
    lines: [
      line(
        { ...answered, wasSent: true, bodyBytes: 2 },
        {
          requestHeaders: { 'user-agent': 'PostmanRuntime/7.43' },
          responseHeaders: { date: DATE.value },
          responseBody: '{}',
        },
      ),
      line({ startedAt: '2026-01-05T10:00:00.250Z', status: 204, latencyMs: 9, bodyBytes: 0, wasSent: true }),
      line({ wasSent: true }),
    ],
  },
];

export const examples: readonly DocumentExample[] = [...collections, ...reports];
