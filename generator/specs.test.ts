import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { writeSpecs } from './specs.ts';
import { createWorld } from './world.ts';

const world = createWorld({ seed: 7, start: Date.UTC(2026, 10, 1) });
const specs = writeSpecs(world.services).map(({ name, text }) => ({ name, text, document: parse(text) }));

describe('writeSpecs', () => {
  test('describes every service that has a description, in both notations', () => {
    expect(specs.map(({ name }) => name)).toEqual([
      'accounts.yaml',
      'billing.json',
      'orders.yaml',
      'catalog.json',
      'search.yaml',
      'notifications.json',
      'partner-gateway.yaml',
      'settlement.json',
      'admin.yaml',
      'legacy.json',
    ]);
    for (const { name, text } of specs) expect(text.startsWith('{')).toBe(name.endsWith('.json'));
  });

  test('holds the documented operations and none of the hidden ones', () => {
    for (const { name, document } of specs) {
      const service = world.services.find((candidate) => candidate.name === name.replace(/\..*/, ''));
      const written = Object.entries<object>(document.paths).flatMap(([path, item]) =>
        Object.keys(item).map((method) => `${method.toUpperCase()} ${service?.basePath}${path}`),
      );
      const documented = service?.operations.filter(({ planted }) => planted.documented === true);
      expect(written.sort()).toEqual(
        documented?.map(({ planted }) => `${planted.method} ${planted.template}`).sort(),
      );
    }
  });

  test('names owner, server, security, parameters and sunset', () => {
    const { document } = specs.find(({ name }) => name === 'billing.json') ?? { document: undefined };
    expect(document.info).toEqual({ title: 'billing API', version: '1.4.0', 'x-owner': 'team-payments' });
    expect(document.servers).toEqual([{ url: 'https://billing.example.com' }]);
    expect(document.security).toEqual([{ bearer: [] }]);
    expect(document.paths['/v1/invoices/{invoiceId}'].get).toEqual({
      operationId: 'getV1InvoicesByInvoiceId',
      deprecated: true,
      'x-sunset': '2026-07-04',
      parameters: [{ name: 'invoiceId', in: 'path', required: true, schema: { type: 'string' } }],
      responses: { '200': { description: 'Done', content: { 'application/json': { schema: {} } } } },
    });
  });

  test('says where a credential is optional and where none is needed', () => {
    const orders = specs.find(({ name }) => name === 'orders.yaml')?.document;
    const accounts = specs.find(({ name }) => name === 'accounts.yaml')?.document;
    expect(orders.paths['/v1/carts/{cartId}'].get.security).toEqual([{}, { bearer: [] }]);
    expect(accounts.paths['/v1/login'].post.security).toEqual([]);
    expect('security' in accounts.paths['/v1/users/me'].get).toBe(false);
  });
});
