import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ObservedShape, OVERFLOW_SHAPE, PROBE_SHAPE } from '../../model/shape.ts';
import { apiId } from '../classify/classify.ts';
import { assignRoutes, type RouteInput } from './assign-routes.ts';
import { mapping, seen, spec } from './route-samples.ts';

const method = fc.constantFrom('GET', 'GET', 'POST', 'HEAD', 'OPTIONS', 'DELETE');
const literal = fc.constantFrom('users', 'orders', 'me', 'v1', 'a', 'x.json');
const shape = fc
  .array(fc.oneof(literal, fc.constantFrom('{int}', '{uuid}', '{int}.json', '{num}', '{date}')), {
    maxLength: 4,
  })
  .map((segments) => `/${segments.join('/')}`);
const template = fc
  .array(
    fc.oneof(literal, fc.constantFrom('{id}', '{name}', '{id}.json', '{a},{b}', '{path+}', '2015-03-31')),
    { maxLength: 4 },
  )
  .map((segments) => `/${segments.join('/')}`);
const base = fc.constantFrom('', '/v1', '/users', '/a');
const host = fc.constantFrom('api.example.com', 'www.example.com:8443');
const server = fc.oneof(
  fc.tuple(host, base).map(([name, path]) => `https://${name}${path}`),
  base,
  fc.constant('http://localhost:8080'),
);

const anyShapes = fc
  .uniqueArray(
    fc.tuple(
      fc.constantFrom(
        'kong:users@api.example.com',
        'kong:orders@api.example.com',
        'api.example.com',
        'www.example.com',
        'log:edge',
      ),
      fc
        .tuple(
          method,
          fc.oneof({ weight: 20, arbitrary: shape }, fc.constantFrom(OVERFLOW_SHAPE, PROBE_SHAPE)),
        )
        .map((pair) => pair.join(' ')),
      fc.constantFrom('', ' 7', ' 3 missed'),
    ),
    { maxLength: 25, selector: ([at, written]) => `${at} ${written}` },
  )
  .map((all) => all.flatMap(([at, written, calls]) => seen(at, `${written}${calls}`)));

const anySpecs = fc
  .array(
    fc.record({
      title: fc.constantFrom('Users API', 'Orders', 'Edge', ''),
      servers: fc.array(server, { maxLength: 3 }),
      operations: fc.array(
        fc
          .tuple(method, template, fc.option(server, { freq: 8, nil: '' }))
          .map((parts) => parts.join(' ').trim()),
        { maxLength: 8 },
      ),
    }),
    { maxLength: 4 },
  )
  .map((all) => all.map((one, index) => spec(`${'dcba'[index]}.yaml`, one)));

const anyServices = fc
  .subarray([
    ['shop', { gatewayServices: ['users', 'orders'] }],
    ['web', { hosts: ['www.*'], basePaths: ['/a', '/users'] }],
    ['mapped', { specs: ['b.yaml'], sources: ['edge'] }],
    ['rest', { basePaths: ['/v1'] }],
  ] as const)
  .map((entries) => mapping(Object.fromEntries(entries)));

const anyInput: fc.Arbitrary<RouteInput> = fc.record({
  shapes: anyShapes,
  specs: anySpecs,
  services: anyServices,
});
const RUNS = { numRuns: 300 };

describe('routes', () => {
  test('are the same for any order of shapes, descriptions and services, and again', () => {
    const twice = anyInput.chain((input) =>
      fc.record({
        input: fc.constant(input),
        shapes: fc.shuffledSubarray([...input.shapes], { minLength: input.shapes.length }),
        specs: fc.shuffledSubarray([...input.specs], { minLength: input.specs.length }),
        services: fc
          .shuffledSubarray(Object.entries(input.services), { minLength: Object.keys(input.services).length })
          .map((entries) => Object.fromEntries(entries)),
      }),
    );
    fc.assert(
      fc.property(twice, ({ input, ...shuffled }) => {
        const routes = assignRoutes(input);
        expect(assignRoutes(shuffled)).toEqual(routes);
        expect(assignRoutes(input)).toEqual(routes);
      }),
      RUNS,
    );
  });

  test('have distinct identities and come in order', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const routes = assignRoutes(input);
        const ids = routes.map((route) => apiId(route.service, route.method, route.path));
        expect(new Set(ids).size).toBe(ids.length);
        const keys = routes.map(({ service, path, method: verb }) => [service, path, verb]);
        expect(keys).toEqual(keys.toSorted((a, b) => byText(a, b)));
      }),
      RUNS,
    );
  });

  test('hold every shape that found something once, but for preflights', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const assigned = assignRoutes(input).flatMap(({ shapeIds }) => shapeIds);
        expect(new Set(assigned).size).toBe(assigned.length);
        const isMissing = ({ shapeId, method: verb, found, shape: path }: ObservedShape) =>
          found > 0 &&
          verb !== 'OPTIONS' &&
          path !== OVERFLOW_SHAPE &&
          path !== PROBE_SHAPE &&
          !assigned.includes(shapeId);
        expect(input.shapes.filter(isMissing)).toEqual([]);
        const overBound = input.shapes.filter(
          ({ shape: path }) => path === OVERFLOW_SHAPE || path === PROBE_SHAPE,
        );
        expect(overBound.filter(({ shapeId }) => assigned.includes(shapeId))).toEqual([]);
      }),
      RUNS,
    );
  });

  test('of a description are there whether called or not, and only they are documented', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const routes = assignRoutes(input);
        const described = new Set(routes.flatMap((route) => route.described?.spec.file ?? []));
        const kept = routes.filter((route) => route.described !== undefined);
        expect(kept.every(({ documented, source }) => documented === true && source === 'spec')).toBe(true);
        expect(routes.filter(({ documented }) => documented === true)).toEqual(kept);
        const [first] = input.specs
          .filter(({ operations }) => operations.length > 0)
          .toSorted((a, b) => (a.file < b.file ? -1 : 1));
        if (first !== undefined) expect(described).toContain(first.file);
      }),
      RUNS,
    );
  });

  test('without traffic of their own come from descriptions only, and no call found them', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const found = new Map(input.shapes.map((one) => [one.shapeId, one.found]));
        const shapeRoutes = assignRoutes(input).filter(({ source }) => source === 'shape');
        expect(
          shapeRoutes.filter(({ shapeIds }) => !shapeIds.some((id) => (found.get(id) ?? 0) > 0)),
        ).toEqual([]);
      }),
      RUNS,
    );
  });

  test('are documented unknown wherever no description is given', () => {
    fc.assert(
      fc.property(anyInput, (input) => {
        const routes = assignRoutes({ ...input, specs: [] });
        expect(routes.filter(({ documented }) => documented !== 'unknown')).toEqual([]);
      }),
      RUNS,
    );
  });
});

function byText(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  if (at === -1) return 0;
  return (a[at] ?? '') < (b[at] ?? '') ? -1 : 1;
}
