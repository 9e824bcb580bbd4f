import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiId } from '../classify/classify.ts';
import { baseSegments, isBelow, piecesOf, routePath, segmentsOf, withoutVersion } from './route-path.ts';

describe('the path of a route', () => {
  const cases: readonly (readonly [basePath: string, path: string, route: string])[] = [
    ['', '/', '/'],
    ['', '', '/'],
    ['/v1', '/', '/v1'],
    ['/v1/', '/users/', '/v1/users'],
    ['/v1', 'users', '/v1/users'],
    ['', '//users///{id}//', '/users/{id}'],
    ['', '/Users/{userId}', '/Users/{userId}'],
    ['', '/%7Eann/caf%C3%A9/a%20b', '/~ann/café/a b'],
    ['', '/a%2Fb/100%25', '/a%2Fb/100%25'],
    ['', '/%25%32%35/%2541', '/%2525/%2541'],
    ['', '/files/{id}%2Ejson', '/files/{id}.json'],
    ['', '/a;v=1/b;c={c}/{id};{matrix}', '/a/b/{id}'],
    ['', '/;v=1/a', '/a'],
    ['', '/a{b/c}d', '/a%7Bb/c%7Dd'],
    ['', '/codes/{code:[0-9]{3}}/{a}{b}', '/codes/{code:[0-9]{3}}/{a}{b}'],
    ['', '/{proxy+}', '/{proxy+}'],
    ['', '/2015-03-31/functions', '/2015-03-31/functions'],
  ];
  test.each(cases)('below %j of %j is %j', (basePath, path, route) => {
    expect(routePath(basePath, path)).toBe(route);
  });

  test('is the same after another pass, and has the same identity whatever parameters are called', () => {
    const segment = fc.oneof(
      fc.stringMatching(/^[a-z0-9;.{}~-]{0,6}$/),
      fc.stringMatching(/^([a-z]|%2[05F]|%41|%7B|%C3%A9|%FF){0,4}$/),
      fc.stringMatching(/^\{[a-z]{1,3}\}$/),
      fc.stringMatching(/^[a-z]{0,2}\{[a-z]{1,3}\}[.:][a-z]{0,3}$/),
      fc.string({ maxLength: 4 }).map((text) => text.replaceAll('%', '')),
    );
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 5 }), (segments) => {
        const written = `/${segments.join('/')}`;
        const path = routePath('', written);
        expect(routePath('', path)).toBe(path);
        const renamed = segmentsOf(path).map((one) => piecesOf(one).join('{other}'));
        expect(apiId('s', 'GET', `/${renamed.join('/')}`)).toBe(apiId('s', 'GET', path));
      }),
    );
  });
});

describe('a base path', () => {
  const cases: readonly (readonly [base: string, shape: string, holds: boolean])[] = [
    ['', '/', true],
    ['/', '/users', true],
    ['/v1', '/v1', true],
    ['/v1', '/v1/users', true],
    ['/v1/', '/v1/users', true],
    ['v1', '/v1/users', true],
    ['/v1', '/v10/users', false],
    ['/v1', '/v1beta/users', false],
    ['/v1', '/api/v1', false],
    ['/v1/users', '/v1', false],
    ['/V1', '/v1', false],
    ['/2015-03-31', '/{date}/functions', true],
    ['/accounts/123', '/accounts/{int}/users', true],
    ['/a%20b', '/a b', true],
    ['/tenants/{tenant}', '/tenants/{uuid}/users', true],
    ['/tenants/{tenant}', '/tenants', false],
  ];
  test.each(cases)('%j over %j: %j', (base, shape, holds) => {
    expect(isBelow(baseSegments(base), segmentsOf(shape))).toBe(holds);
  });

  const versions: readonly (readonly [base: string, rest: string])[] = [
    ['', ''],
    ['/v2', ''],
    ['/2', ''],
    ['/billing', '/billing'],
    ['/billing/v2', '/billing'],
    ['/api/v2.1/v3beta1', '/api'],
    ['/v2/billing', '/v2/billing'],
    ['/vault', '/vault'],
  ];
  test.each(versions)('%j without its version is %j', (base, rest) => {
    expect(
      withoutVersion(baseSegments(base))
        .map((one) => `/${one}`)
        .join(''),
    ).toBe(rest);
  });
});
