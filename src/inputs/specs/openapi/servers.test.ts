import { describe, expect, it } from 'vitest';
import type { SpecServer } from '../../../model/spec.ts';
import { readOpenApi } from './openapi.ts';

/** `scheme host basePath`, parts that are empty written `-`. */
const inShort = (servers: readonly SpecServer[]) =>
  servers.map(({ scheme, host, basePath }) => `${scheme || '-'} ${host || '-'} ${basePath || '-'}`);

function read(description: object) {
  const text = JSON.stringify({ info: { title: 'A', version: '1' }, paths: {}, ...description });
  const { servers, problems } = readOpenApi('a.json', Buffer.from(text));
  return { servers: inShort(servers), problems: problems.map(({ message }) => message) };
}

interface Case {
  readonly name: string;
  readonly description: object;
  readonly servers: readonly string[];
  readonly problems?: readonly string[];
}

const swagger2: readonly Case[] = [
  { name: 'nothing', description: {}, servers: ['- - -'] },
  { name: 'only a base path', description: { basePath: '/v1' }, servers: ['- - /v1'] },
  { name: 'schemes without a host', description: { schemes: ['https'], basePath: '/' }, servers: ['- - -'] },
  { name: 'a host without schemes', description: { host: 'a.example' }, servers: ['- a.example -'] },
  {
    name: 'WebSocket schemes, which start as HTTP',
    description: { host: 'a.example', schemes: ['wss', 'https', 'ws'] },
    servers: ['https a.example -', 'http a.example -'],
  },
  {
    name: 'default ports',
    description: { host: 'A.example:80', schemes: ['http', 'HTTPS'] },
    servers: ['http a.example -', 'https a.example:80 -'],
  },
  {
    name: 'an unknown scheme',
    description: { host: 'a.example', schemes: ['ftp'] },
    servers: ['- a.example -'],
    problems: ['A scheme is one of http, https, ws, wss; it is left out'],
  },
  {
    name: 'schemes as a text',
    description: { host: 'a.example', schemes: 'https' },
    servers: ['- a.example -'],
    problems: ['"schemes" is an array, not a string'],
  },
  {
    name: 'a URL in place of a host',
    description: { host: 'https://a.example/v1', schemes: ['https'], basePath: 'v2/' },
    servers: ['https a.example /v2'],
    problems: [
      '"host" is a name with an optional port, nothing else: "https://a.example/v1"',
      '"basePath" is a text that starts with "/"',
    ],
  },
  {
    name: 'a host that is none',
    description: { host: ['a'], basePath: '//v1' },
    servers: ['- - /v1'],
    problems: ['"host" is a host name, not an array'],
  },
];

const openApi3: readonly Case[] = [
  { name: 'nothing', description: {}, servers: ['- - -'] },
  { name: 'an empty list', description: { servers: [] }, servers: ['- - -'] },
  {
    name: 'absolute URLs, each once',
    description: {
      servers: [
        { url: 'https://API.example.com:443/v1//' },
        { url: 'https://api.example.com/v1' },
        { url: 'http://api.example.com:8080' },
        { url: 'wss://user:secret@[::1]:9000/./x/../y' },
      ],
    },
    servers: ['https api.example.com /v1', 'http api.example.com:8080 -', 'https [::1]:9000 /y'],
  },
  {
    name: 'relative URLs',
    description: {
      servers: [{ url: '/v1/' }, { url: 'v2' }, { url: '.' }, { url: '//cdn.example/v3' }, { url: '' }],
    },
    servers: ['- - /v1', '- - /v2', '- - -', '- cdn.example /v3'],
  },
  {
    name: 'hosts without a scheme',
    description: {
      servers: [{ url: 'api.example.com/v1' }, { url: 'localhost:8080' }, { url: '10.0.0.1:80/x' }],
    },
    servers: ['- api.example.com /v1', '- localhost:8080 -', '- 10.0.0.1 /x'],
    problems: [
      'The server "api.example.com/v1" has no scheme; it is read as a host',
      'The server "localhost:8080" has no scheme; it is read as a host',
      'The server "10.0.0.1:80/x" has no scheme; it is read as a host',
    ],
  },
  {
    name: 'other schemes, broken URLs and queries',
    description: {
      servers: [{ url: 'ftp://a.example' }, { url: 'https://a b' }, { url: 'https://a.example/x?y#z' }],
    },
    servers: ['https a.example /x'],
    problems: [
      'The server "ftp://a.example" is not HTTP; it is left out',
      'The server "https://a b" is not a URL; it is left out',
      'The server "https://a.example/x?y#z" has a query or fragment, which does not count',
    ],
  },
  {
    name: 'servers as a text',
    description: { servers: 'https://a.example' },
    servers: ['- - -'],
    problems: ['"servers" is an array, not a string'],
  },
  {
    name: 'servers that are no objects',
    description: { servers: ['https://a.example', null, {}, { url: 'https://b.example' }] },
    servers: ['https b.example -'],
    problems: Array(3).fill('A server is an object with a "url"; it is left out'),
  },
  {
    name: 'a URL that is too long',
    description: { servers: [{ url: `https://a.example/${'x'.repeat(2048)}` }] },
    servers: ['- - -'],
    problems: ['A server URL has 2066 characters; at most 2048 are read'],
  },
];

const variables: readonly Case[] = [
  {
    name: 'defaults, and every value of an enum within the host, the default first',
    description: {
      servers: [
        {
          url: 'https://{name}.example.com:{port}/{base}',
          variables: {
            name: { default: 'demo' },
            port: { enum: ['8443', 443], default: 443 },
            base: { enum: ['v1', 'v2'], default: 'v2' },
          },
        },
      ],
    },
    servers: ['https demo.example.com /v2', 'https demo.example.com:8443 /v2'],
  },
  {
    name: 'a scheme, by its default only',
    description: {
      servers: [
        { url: '{scheme}://a.example', variables: { scheme: { enum: ['https', 'http'], default: 'https' } } },
      ],
    },
    servers: ['https a.example -'],
  },
  {
    name: 'a variable that holds the host and its scheme',
    description: {
      servers: [
        {
          url: '{at}/v1',
          variables: { at: { default: 'https://a.example', enum: ['https://b.example/x', '/c'] } },
        },
      ],
    },
    servers: ['https a.example /v1', 'https b.example /x/v1', '- - /c/v1'],
  },
  {
    name: 'an enum without a default',
    description: { servers: [{ url: 'https://{r}.example', variables: { r: { enum: ['eu', 'us'] } } }] },
    servers: ['https eu.example -', 'https us.example -'],
  },
  {
    name: 'no default at all',
    description: {
      servers: [{ url: 'https://{r}.example' }, { url: '/{v}', variables: { v: { default: null } } }],
    },
    servers: ['- - -'],
    problems: [
      'The server "https://{r}.example" is left out: its variable "r" has no usable default',
      'The server "/{v}" is left out: its variable "v" has no usable default',
    ],
  },
  {
    name: 'names every object inherits',
    description: { servers: [{ url: 'https://{constructor}.example', variables: {} }] },
    servers: ['- - -'],
    problems: [
      'The server "https://{constructor}.example" is left out: its variable "constructor" has no usable default',
    ],
  },
];

describe('servers of 2.0', () => {
  it.each(swagger2)('from $name', ({ description, servers, problems = [] }) => {
    expect(read({ swagger: '2.0', ...description })).toEqual({ servers, problems });
  });
});

describe('servers of 3.x', () => {
  it.each(openApi3)('from $name', ({ description, servers, problems = [] }) => {
    expect(read({ openapi: '3.0.0', ...description })).toEqual({ servers, problems });
  });

  it.each(variables)('from variables with $name', ({ description, servers, problems = [] }) => {
    expect(read({ openapi: '3.1.0', ...description })).toEqual({ servers, problems });
  });

  it('are at most 100 of one URL and of one list', () => {
    const values = Array.from({ length: 30 }, (_, index) => `h${index}`);
    const url = 'https://{a}.{b}.example';
    const product = read({
      openapi: '3.0.0',
      servers: [
        { url, variables: { a: { enum: values, default: 'h0' }, b: { enum: values, default: 'h0' } } },
      ],
    });
    expect(product.servers).toHaveLength(100);
    expect(product.problems).toEqual([
      `The server "${url}" stands for more than 100 servers; the rest is left out`,
    ]);

    const list = read({
      openapi: '3.0.0',
      servers: Array.from({ length: 103 }, (_, index) => ({ url: `/v${index}` })),
    });
    expect(list.servers).toHaveLength(100);
    expect(list.problems).toEqual(['More than 100 servers in one list; 3 are left out']);
  });
});
