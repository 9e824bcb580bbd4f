import { expect, test } from 'vitest';
import { querystring } from './querystring.ts';

test.each([
  { name: 'no query', target: '/a', expected: {} },
  { name: 'an empty query', target: '/a?', expected: {} },
  { name: 'encoded and plain values', target: '/a?b=%2B1&c=x+y&d=', expected: { b: '+1', c: 'x y', d: '' } },
  { name: 'a name without a value', target: '/a?debug', expected: { debug: true } },
  { name: 'a repeated name', target: '/a?b=1&b=2&b', expected: { b: ['1', '2', true] } },
  { name: 'a value with an equals sign', target: '/a?b=c=d', expected: { b: 'c=d' } },
  { name: 'text that does not decode', target: '/a?%zz=%', expected: { '%zz': '%' } },
  { name: 'letters beyond ASCII', target: '/a?b=%C3%BC', expected: { b: 'ü' } },
])('gives what Kong logs for $name', ({ target, expected }) => {
  expect(JSON.parse(querystring(target))).toEqual(expected);
});
