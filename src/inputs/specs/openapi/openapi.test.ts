import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SpecDocument } from '../../../model/spec.ts';
import { readOpenApi } from './openapi.ts';

interface Case {
  readonly name: string;
  readonly text: string;
  readonly expected: Omit<SpecDocument, 'file' | 'sha256'>;
}

const cases: readonly Case[] = [
  {
    name: 'a 2.0 description in JSON',
    text: `{
  "swagger": "2.0",
  "info": { "title": "Orders", "version": "1.4", "contact": { "name": "Order Desk" } },
  "host": "API.example.com:443",
  "basePath": "/orders/v1/",
  "schemes": ["https", "http"],
  "security": [{ "key": [] }],
  "paths": {
    "/orders/{id}": {
      "parameters": [{ "name": "id", "in": "path", "required": true, "type": "string" }],
      "get": { "operationId": "getOrder", "responses": {} },
      "delete": { "schemes": ["https"], "deprecated": true, "security": [], "responses": {} }
    }
  }
}`,
    expected: {
      edition: '2.0',
      title: 'Orders',
      version: '1.4',
      owner: 'Order Desk',
      servers: [
        { host: 'api.example.com', basePath: '/orders/v1', scheme: 'https' },
        { host: 'api.example.com:443', basePath: '/orders/v1', scheme: 'http' },
      ],
      operations: [
        {
          method: 'GET',
          path: '/orders/{id}',
          operationId: 'getOrder',
          deprecated: false,
          security: 'required',
          owner: 'Order Desk',
          location: { file: 'api', line: 11 },
        },
        {
          method: 'DELETE',
          path: '/orders/{id}',
          servers: [{ host: 'api.example.com', basePath: '/orders/v1', scheme: 'https' }],
          deprecated: true,
          security: 'none',
          owner: 'Order Desk',
          location: { file: 'api', line: 12 },
        },
      ],
      problems: [],
    },
  },
  {
    name: 'a 3.0 description in YAML with servers, owners and sunsets at three levels',
    text: `openapi: 3.0.3
info: {title: Billing, version: 2.10}
x-owner: {team: Billing, email: billing@example.com}
x-sunset: 2030-12-31
servers:
  - url: https://billing.example.com/v2
paths:
  x-note: not a path
  /invoices:
    x-team: Invoices
    sunset: 2029-06-30T12:00:00Z
    servers: [{url: https://invoices.example.com}]
    get:
      security: [{}, {oauth: [read]}]
      responses: {}
    post:
      servers: [{url: /internal}]
      x-owner: Ada
      x-sunset-date: "2028-01-01"
      security: [{oauth: [write]}]
      responses: {}
  /health:
    head: {responses: {}}
`,
    expected: {
      edition: '3.0.3',
      title: 'Billing',
      version: '2.10',
      owner: 'Billing',
      sunset: '2030-12-31',
      servers: [{ host: 'billing.example.com', basePath: '/v2', scheme: 'https' }],
      operations: [
        {
          method: 'GET',
          path: '/invoices',
          servers: [{ host: 'invoices.example.com', basePath: '', scheme: 'https' }],
          deprecated: false,
          security: 'optional',
          owner: 'Invoices',
          sunset: '2029-06-30T12:00:00Z',
          location: { file: 'api', line: 13 },
        },
        {
          method: 'POST',
          path: '/invoices',
          servers: [{ host: '', basePath: '/internal', scheme: '' }],
          deprecated: false,
          security: 'required',
          owner: 'Ada',
          sunset: '2028-01-01',
          location: { file: 'api', line: 16 },
        },
        {
          method: 'HEAD',
          path: '/health',
          deprecated: false,
          security: 'unstated',
          owner: 'Billing',
          sunset: '2030-12-31',
          location: { file: 'api', line: 23 },
        },
      ],
      problems: [],
    },
  },
  {
    name: 'a 3.1 description with webhooks only: they are no endpoints of the service',
    text: `openapi: 3.1.0
info: {title: Hooks, version: "1"}
webhooks:
  created:
    post: {responses: {}}
`,
    expected: {
      edition: '3.1.0',
      title: 'Hooks',
      version: '1',
      servers: [{ host: '', basePath: '', scheme: '' }],
      operations: [],
      problems: [],
    },
  },
  {
    name: 'a 3.2 description with the query method, other methods, and references by its $self',
    text: `openapi: 3.2.0
$self: https://example.com/apis/search
info: {title: Search, version: "1"}
paths:
  /search:
    $ref: search#/components/pathItems/search
components:
  pathItems:
    search:
      query: {operationId: find, responses: {}}
      additionalOperations:
        Link: {responses: {}}
`,
    expected: {
      edition: '3.2.0',
      title: 'Search',
      version: '1',
      servers: [{ host: '', basePath: '', scheme: '' }],
      operations: [
        {
          method: 'QUERY',
          path: '/search',
          operationId: 'find',
          deprecated: false,
          security: 'unstated',
          location: { file: 'api', line: 10 },
        },
        {
          method: 'LINK',
          path: '/search',
          deprecated: false,
          security: 'unstated',
          location: { file: 'api', line: 12 },
        },
      ],
      problems: [],
    },
  },
];

describe('readOpenApi', () => {
  it.each(cases)('reads $name', ({ text, expected }) => {
    const sha256 = createHash('sha256').update(text).digest('hex');
    expect(readOpenApi('api', Buffer.from(text))).toEqual({ file: 'api', sha256, ...expected });
  });

  it('reads the same from JSON and from YAML, but for places', () => {
    const document = { openapi: '3.0.0', info: { title: 'A', version: '1' }, paths: { '/a': { get: {} } } };
    const strict = readOpenApi('api', Buffer.from(JSON.stringify(document, undefined, 2)));
    const relaxed = readOpenApi('api', Buffer.from(`# a comment\n${JSON.stringify(document, undefined, 2)}`));
    expect(strict.operations).toHaveLength(1);
    expect(relaxed.operations).toEqual([{ ...strict.operations[0], location: { file: 'api', line: 10 } }]);
  });

  it('cuts long text at 500 characters', () => {
    const long = 'ß'.repeat(600);
    const text = `{"openapi":"3.0.0","info":{"title":"${long}","version":"${long}"},"x-owner":"${long}",
      "paths":{"/a":{"get":{"operationId":"${long}"}}}}`;
    const { title, version, owner, operations } = readOpenApi('api', Buffer.from(text));
    const lengths = [title, version, owner, operations[0]?.operationId, operations[0]?.owner].map(
      (t) => t?.length,
    );
    expect(lengths).toEqual([500, 500, 500, 500, 500]);
  });
});
