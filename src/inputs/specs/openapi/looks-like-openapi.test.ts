import { describe, expect, it } from 'vitest';
import { looksLikeOpenApi } from './openapi.ts';

const yes = [
  '{"openapi":"3.0.0"}',
  '{"swagger":"2.0","info":{}}',
  '{ "swagger" : 2.0 }',
  '\uFEFF{"openapi":"3.1.0"}',
  '\n  {"x":"}\\"{","y":[{"a":{}}],"openapi":"3.0.0"',
  '{"components":{"schemas":{"A":{"type":"obj',
  '{"paths":{"/a":{"get":{}',
  'openapi: 3.0.0\ninfo:\n',
  'swagger: "2.0"',
  "\uFEFF---\n# comment\nswagger: '2.0'",
  '%YAML 1.2\n---\ninfo:\n  title: openapi\nservers:\n- url: /\nopenapi: 3.2.0\n',
  '"openapi": 3.0.0',
  'openapi:   3.1.0\r\ninfo:\r\n',
  'components:\n  securitySchemes:\n    a: {}\n',
  'basePath: /v1\nconsumes:\n- a/b\npaths:\n  /a:\n    get:\n',
];

const no = [
  '',
  '42',
  '- openapi: 3.0.0',
  '["openapi","3.0.0"]',
  '{"request":{"openapi":"3.0.0"}}',
  '{"message":"\\"openapi\\":\\"3.0.0\\""}',
  '{"time":1}\n{"openapi":"3.0.0"}',
  '{"openapi":{}}',
  '{"openapi":"yes"}',
  '{"asyncapi":"3.0.0","components":{"schemas":{}}}',
  '{"components":{"servers":{}}}',
  '{"log":{"version":"1.2","entries":[]}}',
  'name: build\non:\n  push:\n    paths:\n      - /a\n',
  'asyncapi: 3.0.0\ncomponents:\n  schemas: {}\n',
  'info:\n  openapi: 3.0.0\n',
  'openapi is at 3.0.0\nopenapi: 3.0.0\n',
  '127.0.0.1 - - [01/Jan/2026:00:00:00 +0000] "GET /openapi: 3.0.0 HTTP/1.1" 200 1\nswagger: 2.0\n',
  'openapi:3.0.0',
  '{"openapi"',
  '"{',
  '{"',
];

describe('looksLikeOpenApi', () => {
  it.each(yes)('knows %j', (head) => {
    expect(looksLikeOpenApi(head)).toBe(true);
  });

  it.each(no)('leaves alone %j', (head) => {
    expect(looksLikeOpenApi(head)).toBe(false);
  });

  it('takes time in proportion to what it is given', () => {
    const heads = [`{${'"\\"'.repeat(100_000)}`, `{"a":${'['.repeat(200_000)}`, 'a:\n'.repeat(100_000)];
    const started = performance.now();
    expect(heads.map(looksLikeOpenApi)).toEqual([false, false, false]);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
