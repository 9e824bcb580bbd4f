import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { templateMatcher } from './match-template.ts';

interface Case {
  readonly name: string;
  /** `GET` unless a method stands before the template. */
  readonly templates: readonly string[];
  /** Shape and the template that it belongs to; empty for none. */
  readonly shapes: readonly (readonly [shape: string, template: string])[];
}

const CASES: readonly Case[] = [
  {
    name: 'is the most literal one, segment by segment',
    templates: ['/users/{id}', '/users/me', '/users/{id}/keys', '/users/me/{key}', '/{any}/me/keys'],
    shapes: [
      ['/users/me', '/users/me'],
      ['/users/{int}', '/users/{id}'],
      ['/users/ann', '/users/{id}'],
      ['/users/me/keys', '/users/me/{key}'],
      ['/users/{int}/keys', '/users/{id}/keys'],
      ['/teams/me/keys', '/{any}/me/keys'],
      ['/users', ''],
      ['/users/me/keys/{int}', ''],
      ['/Users/me', ''],
    ],
  },
  {
    name: 'is found after a more literal beginning led nowhere',
    templates: ['/a/b/c/d', '/a/b/{x}/e', '/a/{y}/c/f', '/{z}/b/c/g'],
    shapes: [
      ['/a/b/c/d', '/a/b/c/d'],
      ['/a/b/c/e', '/a/b/{x}/e'],
      ['/a/b/c/f', '/a/{y}/c/f'],
      ['/a/b/c/g', '/{z}/b/c/g'],
      ['/a/b/c/h', ''],
    ],
  },
  {
    name: 'has the method, even if a more literal one has not',
    templates: ['/users/me', 'POST /users/{id}', 'DELETE /users/{id}'],
    shapes: [
      ['GET /users/me', '/users/me'],
      ['POST /users/me', 'POST /users/{id}'],
      ['DELETE /users/{int}', 'DELETE /users/{id}'],
      ['GET /users/{int}', ''],
      ['PATCH /users/me', ''],
    ],
  },
  {
    name: 'does not mind slashes too many',
    templates: ['/users/', '//orders//{id}', '/'],
    shapes: [
      ['/users', '/users/'],
      ['/orders/{int}', '//orders//{id}'],
      ['/', '/'],
      ['/{int}', ''],
    ],
  },
  {
    name: 'takes any type for a parameter',
    templates: ['/x/{id}'],
    shapes: [
      '{int}',
      '{uuid}',
      '{pfx:cus}',
      '{text}',
      'order-{int}',
      '{int}.json',
      'v1',
      '日本語',
      'a b',
    ].map((segment) => [`/x/${segment}`, '/x/{id}']),
  },
  {
    name: 'has a parameter with text around it before a plain one, and the most text first',
    templates: [
      '/r/{id}',
      '/r/{id}.json',
      '/r/{id}.tar.json',
      '/r/{name}:cancel',
      '/r/report-{id}.json',
      '/r/{from}..{to}',
    ],
    shapes: [
      ['/r/{int}.json', '/r/{id}.json'],
      ['/r/all.json', '/r/{id}.json'],
      ['/r/all.tar.json', '/r/{id}.tar.json'],
      ['/r/report-all.json', '/r/report-{id}.json'],
      ['/r/report-{int}.json', '/r/report-{id}.json'],
      ['/r/report-.json', '/r/{id}.json'],
      ['/r/.json', '/r/{id}'],
      ['/r/job:cancel', '/r/{name}:cancel'],
      ['/r/{int}:cancel', '/r/{name}:cancel'],
      ['/r/job:pause', '/r/{id}'],
      ['/r/a..b', '/r/{from}..{to}'],
      ['/r/..b', '/r/{id}'],
      ['/r/{int}', '/r/{id}'],
    ],
  },
  {
    name: 'knows parameters that follow each other without text',
    templates: ['/p/{a}{b}', '/q/{a}{b}.{c}'],
    shapes: [
      ['/p/ab', '/p/{a}{b}'],
      ['/p/a', ''],
      ['/p/{int}', '/p/{a}{b}'],
      ['/q/ab.c', '/q/{a}{b}.{c}'],
      ['/q/a.c', ''],
    ],
  },
  {
    name: 'is found although a type has swallowed the text around its parameters, after a plain parameter',
    templates: [
      '/geo/{latitude},{longitude}',
      '/customers/cus_{id}',
      '/mail/{user}@example.com',
      '/days/{year}-{month}-{day}',
      '/files/report-{year}-{month}-{day}.csv',
      '/orders/2024{number}',
      '/both/{a},{b}',
      '/both/{id}',
      '/both/cus_{id}',
      '/any/{kind}_{id}',
    ],
    shapes: [
      ['/geo/{num}', '/geo/{latitude},{longitude}'],
      ['/geo/{int}', ''],
      ['/geo/{uuid}', ''],
      ['/customers/{pfx:cus}', '/customers/cus_{id}'],
      ['/customers/{pfx:sub}', ''],
      ['/customers/{token}', '/customers/cus_{id}'],
      ['/mail/{email}', '/mail/{user}@example.com'],
      ['/days/{date}', '/days/{year}-{month}-{day}'],
      ['/files/report-{num}.csv', '/files/report-{year}-{month}-{day}.csv'],
      ['/files/report-{num}.pdf', ''],
      ['/orders/{int}', '/orders/2024{number}'],
      ['/both/{num}', '/both/{id}'],
      ['/both/{pfx:cus}', '/both/cus_{id}'],
      ['/any/{pfx:cus}', '/any/{kind}_{id}'],
    ],
  },
  {
    name: 'looks into no type for the text around a parameter',
    templates: ['/x/{a}i{b}', '/y/{a}t'],
    shapes: [
      ['/x/{int}', ''],
      ['/x/aib', '/x/{a}i{b}'],
      ['/y/{int}', ''],
      ['/y/{int}t', '/y/{a}t'],
    ],
  },
  {
    name: 'may hold a literal that is a type in shapes, after a parameter in its place',
    templates: [
      '/2015-03-31/functions/{name}',
      '/{date}/functions',
      '/42',
      '/{id}',
      '/order-12345',
      '/items/v1',
    ],
    shapes: [
      ['/{date}/functions/resize', '/2015-03-31/functions/{name}'],
      ['/{date}/functions', '/{date}/functions'],
      ['/{int}', '/{id}'],
      ['/order-{int}', '/{id}'],
      ['/items/v1', '/items/v1'],
    ],
  },
  {
    name: 'is written with escapes as callers may leave them out',
    templates: ['/caf%C3%A9', '/a%20b', '/~user', '/a%2Fb', '/{a', '/x;v=1'],
    shapes: [
      ['/café', '/caf%C3%A9'],
      ['/a b', '/a%20b'],
      ['/~user', '/~user'],
      ['/a%2Fb', '/a%2Fb'],
      ['/%7Ba', '/{a'],
      ['/x', '/x;v=1'],
    ],
  },
  {
    name: 'may take all that follows, after everything else',
    templates: [
      '/files/{path+}',
      '/files/{id}',
      '/files/{id}/meta',
      '/{proxy+}',
      '/{+name}/operations',
      '/tail/{*rest}',
    ],
    shapes: [
      ['/files/a/b/c', '/files/{path+}'],
      ['/files/a', '/files/{id}'],
      ['/files/a/meta', '/files/{id}/meta'],
      ['/files/a/other', '/files/{path+}'],
      ['/files', '/{proxy+}'],
      ['/jobs/operations', '/{+name}/operations'],
      ['/tail/a/{int}', '/tail/{*rest}'],
      ['/', ''],
    ],
  },
  {
    name: 'is found when the traffic store cut a long segment, and not when it left segments out',
    templates: [
      '/verify/{token}',
      `${'/a'.repeat(32)}`,
      `${'/a'.repeat(31)}/{x}`,
      '/deep/{path+}',
      '/verify/{token}/{rest}',
    ],
    shapes: [
      ['/verify/{jwt}/{rest}', '/verify/{token}'],
      ['/verify/{jwt}/ok', '/verify/{token}/{rest}'],
      [`${'/a'.repeat(32)}`, `${'/a'.repeat(32)}`],
      [`${'/a'.repeat(32)}/{rest}`, ''],
      [`/deep${'/a'.repeat(31)}/{rest}`, '/deep/{path+}'],
    ],
  },
  {
    name: 'may be called like anything that objects have',
    templates: ['/__proto__/{id}', '/constructor', 'constructor /x', '/{id}.constructor'],
    shapes: [
      ['/__proto__/{int}', '/__proto__/{id}'],
      ['/constructor', '/constructor'],
      ['/toString', ''],
      ['__proto__ /x', ''],
      ['constructor /x', 'constructor /x'],
      ['/a.constructor', '/{id}.constructor'],
    ],
  },
];

/** Each template is its own target. */
function matcherOf(templates: readonly string[]) {
  const matcher = templateMatcher<string>();
  for (const template of templates) matcher.add(...methodAndPath(template), template);
  return matcher;
}

function methodAndPath(text: string): [method: string, path: string] {
  const [, method = 'GET', path = ''] = /^(?:([A-Za-z_]+) )?(\/.*)$/s.exec(text) ?? [];
  return [method, path];
}

describe('the template of a shape', () => {
  test.each(CASES)('$name', ({ templates, shapes }) => {
    const matcher = matcherOf(templates);
    expect(shapes.map(([shape]) => [shape, matcher.find(...methodAndPath(shape)) ?? ''])).toEqual(shapes);
  });

  test('does not depend on the order in which templates were added', () => {
    const one = fc.constantFrom(...CASES);
    const shuffled = one.chain(({ templates, shapes }) =>
      fc.record({
        order: fc.shuffledSubarray([...templates], { minLength: templates.length }),
        shapes: fc.constant(shapes),
      }),
    );
    fc.assert(
      fc.property(shuffled, ({ order, shapes }) => {
        const matcher = matcherOf(order);
        expect(shapes.map(([shape]) => [shape, matcher.find(...methodAndPath(shape)) ?? ''])).toEqual(shapes);
      }),
    );
  });

  test('is the first added of those that differ in the names of parameters only', () => {
    const matcher = matcherOf(['/users/{id}/f/{a}.json', '/users/{user}/f/{b}.json']);
    expect(matcher.find('GET', '/users/{int}/f/x.json')).toBe('/users/{id}/f/{a}.json');
    expect(matcher.findAll('GET', '/users/{int}/f/x.json')).toEqual([
      '/users/{id}/f/{a}.json',
      '/users/{user}/f/{b}.json',
    ]);
  });

  test('can be asked for with all others that match, the best first', () => {
    const matcher = matcherOf(['/{a}/{b}', '/users/{id}', '/users/me', 'POST /users/me', '/users/{id}.json']);
    expect(matcher.findAll('GET', '/users/me')).toEqual(['/users/me', '/users/{id}', '/{a}/{b}']);
    expect(matcher.findAll('PUT', '/users/me')).toEqual([]);
  });

  test('is known whatever the method', () => {
    const matcher = matcherOf(['POST /users/{id}', '/x/y']);
    const known = ['/users/{int}', '/x/y', '/x', '/users', '/x/z'].map((shape) => [
      shape,
      matcher.knows(shape),
    ]);
    expect(known).toEqual([
      ['/users/{int}', true],
      ['/x/y', true],
      ['/x', false],
      ['/users', false],
      ['/x/z', false],
    ]);
  });

  test('is the one that a plain reading of the rules gives', () => {
    const segment = fc.constantFrom('a', 'ab', '{x}', 'a{x}', '{x}b');
    const template = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`);
    const shape = fc
      .array(fc.constantFrom('a', 'ab', 'abb', 'b', '{int}'), { minLength: 1, maxLength: 4 })
      .map((parts) => `/${parts.join('/')}`);
    fc.assert(
      fc.property(fc.uniqueArray(template, { maxLength: 12 }), shape, (templates, path) => {
        const found = matcherOf(templates).find('GET', path);
        expect(found).toBe(plainReading(templates, path));
      }),
      { numRuns: 500 },
    );
  });

  test('is found among 20,000 in time that does not grow with their number', () => {
    const templates = Array.from(
      { length: 20_000 },
      (_, n) => `/v${n % 3}/r${n % 2000}/{id}/${letters(n)}/{x}`,
    );
    const matcher = matcherOf(templates);
    const found = templates.map((template) =>
      matcher.find('GET', template.replace('{id}', '{int}').replace('{x}', 'y')),
    );
    expect(found).toEqual(templates);
  });

  test('is searched for a bounded time when thousands of templates differ in every segment', {
    timeout: 20_000,
  }, () => {
    const segments = ['ab', 'a{x}', '{x}b', '{x}'];
    const templates = Array.from({ length: 4 ** 7 }, (_, n) =>
      Array.from({ length: 7 }, (__, depth) => `/${segments[(n >> (2 * depth)) & 3]}`).join(''),
    );
    const matcher = matcherOf(templates);
    const missed = Array.from({ length: 2_000 }, () => matcher.find('DELETE', '/ab'.repeat(7)));
    expect(new Set(missed)).toEqual(new Set([undefined]));
    expect(matcher.find('GET', '/ab'.repeat(7))).toBe('/ab'.repeat(7));
  });

  test('is found at 30 levels with a literal, partial parameters and a parameter at each', () => {
    const kinds = ['ab', 'a{x}', '{x}b', '{x}'];
    const templates = Array.from({ length: 30 }, (_, level) =>
      kinds.map((kind) => `${'/ab'.repeat(level)}/${kind}${'/{y}'.repeat(29 - level)}`),
    ).flat();
    const matcher = matcherOf(templates);
    expect(matcher.find('GET', '/ab'.repeat(30))).toBe('/ab'.repeat(30));
    expect(matcher.find('GET', `${'/ab'.repeat(29)}/cb`)).toBe(`${'/ab'.repeat(29)}/{x}b`);
    expect(matcher.find('DELETE', '/ab'.repeat(30))).toBe(undefined);
  });

  test('is found among 10,000 that end differently in one segment', () => {
    const templates = Array.from({ length: 10_000 }, (_, n) => `/v1/{name}:${letters(n)}`);
    const matcher = matcherOf(templates);
    expect(templates.map((template) => matcher.find('GET', template.replace('{name}', 'job')))).toEqual(
      templates,
    );
  });
});

/** Digits would be types in a shape. */
const letters = (n: number) => String(n).replace(/[0-9]/g, (digit) => 'abcdefghij'.charAt(Number(digit)));

/** Compares all templates with the shape and ranks them by their first difference. */
function plainReading(templates: readonly string[], path: string): string | undefined {
  const parts = path.split('/').slice(1);
  const rank = (text: string, part: string) => {
    if (text === part) return 0;
    if (text === '{x}') return 2;
    const plain = part === '{int}' ? '#' : part;
    if (text === 'a{x}' && /^a.+/.test(plain)) return 1.1;
    return text === '{x}b' && /.+b$/.test(plain) ? 1.2 : undefined;
  };
  const ranked = templates.flatMap((template) => {
    const texts = template.split('/').slice(1);
    const ranks = texts.map((text, index) => rank(text, parts[index] ?? ''));
    return texts.length === parts.length && !ranks.includes(undefined) ? [{ template, ranks }] : [];
  });
  const best = ranked.sort((left, right) => {
    const at = left.ranks.findIndex((one, index) => one !== right.ranks[index]);
    return at === -1 ? 0 : (left.ranks[at] ?? 0) - (right.ranks[at] ?? 0);
  })[0];
  return best?.template;
}
