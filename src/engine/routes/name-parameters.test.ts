import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { apiId } from '../classify/classify.ts';
import { nameParameters, unitedShape } from './name-parameters.ts';

describe('the name of a parameter', () => {
  const cases: readonly (readonly [why: string, shape: string, path: string])[] = [
    ['is the id of the noun before it', '/users/{int}', '/users/{userId}'],
    ['is that for each noun', '/users/{int}/orders/{uuid}', '/users/{userId}/orders/{orderId}'],
    ['is an id without a noun', '/{int}', '/{id}'],
    ['passes over versions and the word api', '/api/v2/{int}/v1beta1/{int}', '/api/v2/{id}/v1beta1/{id2}'],
    ['keeps the noun over a version', '/orders/v1.2/{int}', '/orders/v1.2/{orderId}'],
    [
      'counts where parameters follow each other',
      '/orders/{int}/{uuid}/{int}',
      '/orders/{orderId}/{orderId2}/{orderId3}',
    ],
    ['counts where a noun comes twice', '/users/{int}/users/{int}', '/users/{userId}/users/{userId2}'],
    ['is the kind of the value where that says more', '/reports/{date}', '/reports/{date}'],
    [
      'is so for all kinds',
      '/a/{email}/{ip}/{num}/{jwt}/{text}/{rest}',
      '/a/{email}/{address}/{number}/{token}/{text}/{rest}',
    ],
    ['is so for each of a kind', '/from/{date}/to/{date}', '/from/{date}/to/{date2}'],
    [
      'is the id of the noun for all other kinds',
      '/a/{uuid}/b/{hex}/c/{oid}/d/{ulid}/e/{token}/f/{pfx:cus}',
      '/a/{aId}/b/{bId}/c/{cId}/d/{dId}/e/{eId}/f/{fId}',
    ],
    ['stands within a segment', '/files/{int}.json', '/files/{fileId}.json'],
    [
      'is that of the noun in the segment',
      '/odata/Products({int})/Name',
      '/odata/Products({productId})/Name',
    ],
    [
      'is that of the word before the number',
      '/all/order-{int}/items/{int}',
      '/all/order-{orderId}/items/{itemId}',
    ],
    ['is not a letter before the number', '/users/u{int}', '/users/u{userId}'],
    [
      'is singular',
      '/categories/{int}/boxes/{int}/statuses/{int}/news/{int}',
      '/categories/{categoryId}/boxes/{boxId}/statuses/{statusId}/news/{newId}',
    ],
    [
      'leaves words that only look plural',
      '/address/{int}/status/{int}/analysis/{int}/ties/{int}',
      '/address/{addressId}/status/{statusId}/analysis/{analysisId}/ties/{tieId}',
    ],
    [
      'joins the words of a noun',
      '/order-items/{int}/line_items/{int}/LineItems/{int}',
      '/order-items/{orderItemId}/line_items/{lineItemId}/LineItems/{lineItemId2}',
    ],
    [
      'takes the last words of a long noun',
      '/one-two-three-four-fives/{int}',
      '/one-two-three-four-fives/{twoThreeFourFiveId}',
    ],
    ['is an id after a noun without letters', '/日本語/{int}/___/{int}', '/日本語/{id}/___/{id2}'],
    [
      'is harmless after names that objects have',
      '/constructor/{int}/__proto__/{int}',
      '/constructor/{constructorId}/__proto__/{protoId}',
    ],
    ['is not needed', '/users/me', '/users/me'],
    ['is not needed at the root', '/', '/'],
    ['is not made of escaped braces', '/a%7Bb%7D/{int}', '/a%7Bb%7D/{aBbDId}'],
  ];
  test.each(cases)('%s', (_, shape, path) => {
    expect(nameParameters(shape)).toBe(path);
  });

  test('is unique in its path, changes no identity and stays', () => {
    fc.assert(
      fc.property(anyShape, (shape) => {
        const path = nameParameters(shape);
        const names = path.match(/\{[^{}]*\}/g) ?? [];
        expect(new Set(names).size).toBe(names.length);
        expect(names.length).toBe((shape.match(/\{[^{}]*\}/g) ?? []).length);
        expect(names.filter((name) => !/^\{[A-Za-z]+[0-9]*\}$/.test(name))).toEqual([]);
        expect(apiId('s', 'GET', path)).toBe(apiId('s', 'GET', shape));
        expect(nameParameters(shape)).toBe(path);
      }),
    );
  });
});

describe('shapes of one route', () => {
  const cases: readonly (readonly [shapes: readonly string[], path: string])[] = [
    [['/users/{int}', '/users/{int}'], '/users/{userId}'],
    [['/users/{int}', '/users/{email}'], '/users/{userId}'],
    [['/users/{date}/{num}', '/users/{date}/{int}'], '/users/{date}/{userId}'],
    [['/f/{date}.csv', '/f/{num}.csv'], '/f/{fId}.csv'],
    [['/f/{pfx:cus}', '/f/{pfx:sub}'], '/f/{fId}'],
  ];
  test.each(cases)('%j are called %j', (shapes, path) => {
    expect(nameParameters(shapes.reduce(unitedShape))).toBe(path);
    expect(nameParameters(shapes.toReversed().reduce(unitedShape))).toBe(path);
  });

  test('are called the same in any order', () => {
    const types = ['{int}', '{uuid}', '{date}', '{email}', '{pfx:cus}'];
    const shapes = fc
      .tuple(fc.constantFrom(...types), fc.constantFrom(...types))
      .map(([first, second]) => `/users/${first}/orders/${second}`);
    const twoOrders = fc
      .array(shapes, { minLength: 1, maxLength: 6 })
      .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
    fc.assert(
      fc.property(twoOrders, ([one, other]) => {
        expect(one.reduce(unitedShape)).toBe(other.reduce(unitedShape));
      }),
    );
  });
});

const anyShape = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        '{int}',
        '{uuid}',
        '{date}',
        '{pfx:cus}',
        '{int}.json',
        'order-{int}',
        'Products({int})',
        '{text}',
      ),
      fc.constantFrom('users', 'orders', 'v1', 'api', 'id', 'date', 'categories', 'a b', '日本'),
      fc.stringMatching(/^[a-zA-Z0-9_.~%-]{1,12}$/),
    ),
    { maxLength: 8 },
  )
  .map((segments) => `/${segments.join('/')}`);
