import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { compileFieldMap, withFieldMap } from '../src/inputs/traffic/field-map.ts';
import { trafficFormats } from '../src/inputs/traffic/index.ts';
import { StanceError } from '../src/model/error.ts';
import type { TrafficFormat } from '../src/model/traffic-format.ts';
import { type LineReader, openLineReader, wholeExchange } from './traffic-formats/read-lines.ts';

interface FieldMapCase {
  readonly name: string;
  readonly map: string;
  readonly line: string;
  readonly rejected?: string;
  readonly exchange?: Readonly<Record<string, unknown>>;
}

const NEEDED = 'verb=method,uri=target,code=status,when=startedAt';
const record = { when: '2026-01-05T10:00:00Z', verb: 'GET', uri: '/users/7', code: 200 };
const read = { startedAt: '2026-01-05T10:00:00.000Z', method: 'GET', target: '/users/7', status: 200 };

function line(changes: object): string {
  return JSON.stringify({ ...record, ...changes });
}

const cases: readonly FieldMapCase[] = [
  { name: 'the four columns that an exchange needs', map: NEEDED, line: line({}), exchange: read },
  {
    name: 'blanks, line breaks and a last comma in the map',
    map: ' verb = method ,\n uri=target, code=status,when=startedAt, ',
    line: line({}),
    exchange: read,
  },
  {
    name: 'text for numbers, a method in lower case, a reason phrase',
    map: NEEDED,
    line: line({ verb: 'get', code: '404 Not Found', when: '1767607200' }),
    exchange: { ...read, status: 404 },
  },
  {
    name: 'every column',
    map: `${NEEDED},h=host,s=scheme,took=latencyMs,in=requestBytes,out=responseBytes,api=service,who=consumer,ip=clientAddress,rq=requestHeaders,rs=responseHeaders,by=answeredBy,ok=schemaValidated`,
    line: line({
      ...{ h: 'api.shop.test', s: 'HTTPS', took: 12.5, in: 12, out: '512', api: 'users', who: 'mara' },
      ...{ ip: '198.51.100.4', rq: { accept: '*/*' }, rs: { via: 'x' }, by: 'Gateway', ok: true },
    }),
    exchange: {
      ...read,
      ...{ host: 'api.shop.test', scheme: 'https', latencyMs: 12.5, requestBytes: 12, responseBytes: 512 },
      ...{ service: 'users', consumer: 'mara', clientAddress: '198.51.100.4', answeredBy: 'gateway' },
      ...{ requestHeaders: { accept: '*/*' }, requestHeaderVisibility: 'some', schemaValidated: true },
      ...{ responseHeaders: { via: 'x' }, responseHeaderVisibility: 'some' },
    },
  },
  ...(
    [
      ['s', 0.25],
      ['ms', 250],
      ['us', 250_000],
      ['ns', 250_000_000],
    ] as const
  ).map(
    ([unit, took]): FieldMapCase => ({
      name: `a duration in ${unit}`,
      map: `${NEEDED},took=latencyMs:${unit}`,
      line: line({ took }),
      exchange: { ...read, latencyMs: 250 },
    }),
  ),
  {
    name: 'a duration that is none',
    map: `${NEEDED},took=latencyMs`,
    line: line({ took: 'long' }),
    exchange: read,
  },
  {
    name: 'names with dots, nested and not',
    map: 'http.request.method=method,url.path=target,http.response.status_code=status,@timestamp=startedAt,user.name=consumer',
    line: '{"@timestamp":"2026-01-05T10:00:00Z","http":{"request":{"method":"GET"},"response":{"status_code":200}},"url.path":"/users/7","user":{"name":"-"}}',
    exchange: read,
  },
  {
    name: 'the name that is there of several for one column',
    map: `${NEEDED},sub=consumer,key=consumer`,
    line: line({ sub: null, key: 'k-1' }),
    exchange: { ...read, consumer: 'k-1' },
  },
  {
    name: 'variables of API Gateway, with and without the dollar',
    map: 'id=$context.requestId,m=$context.httpMethod,p=context.path,r=$context.routeKey,c=$context.status,t=$context.requestTime,ms=$context.responseLatency,e=$context.error.responseType,ip=$context.identity.sourceIp',
    line: '{"id":"XkAb=","m":"GET","p":"-","r":"GET /users/{id}","c":"403","t":"05/Jan/2026:10:00:00 +0000","ms":"7","e":"ACCESS_DENIED","ip":"198.51.100.4"}',
    exchange: {
      ...read,
      ...{ target: '/users/{id}', status: 403, scheme: 'https', latencyMs: 7, answeredBy: 'gateway' },
      clientAddress: '198.51.100.4',
    },
  },
  { name: 'no time', map: NEEDED, line: line({ when: '-' }), rejected: 'no_time' },
  { name: 'a time that is none', map: NEEDED, line: line({ when: 'now' }), rejected: 'bad_time' },
  { name: 'no target', map: NEEDED, line: line({ uri: '' }), rejected: 'no_request' },
  { name: 'a method that is none', map: NEEDED, line: line({ verb: 'G T' }), rejected: 'malformed_request' },
  { name: 'no status', map: NEEDED, line: line({ code: null }), rejected: 'no_status' },
  { name: 'no answer', map: NEEDED, line: line({ code: '000' }), rejected: 'no_response' },
  { name: 'a status that is none', map: NEEDED, line: line({ code: 'ok' }), rejected: 'bad_status' },
  { name: 'a cut line', map: NEEDED, line: line({}).slice(0, -5), rejected: 'bad_json' },
];

const refusals: readonly { readonly name: string; readonly map: string; readonly message: string }[] = [
  {
    name: 'a column that is written wrong',
    map: 'verb=metod',
    message:
      'The field map, column 1, "verb=metod": there is no column metod (did you mean method?); the columns are startedAt, method, target, status, host, scheme, latencyMs, requestBytes, responseBytes, service, consumer, clientAddress, requestHeaders, responseHeaders, answeredBy, schemaValidated.',
  },
  {
    name: 'a variable that is written wrong',
    map: 'verb=$context.httpMetod',
    message:
      'The field map, column 1, "verb=$context.httpMetod": API Gateway has no variable $context.httpMetod that is known here (did you mean $context.httpMethod?).',
  },
  {
    name: 'a pair without an equals sign',
    map: 'verb=method,uri',
    message: 'The field map, column 13, "uri": a pair is written name=column.',
  },
  {
    name: 'no name',
    map: '=method',
    message: 'The field map, column 1, "=method": there is no name before the =.',
  },
  {
    name: 'no column',
    map: 'verb=',
    message: 'The field map, column 1, "verb=": there is no column behind the =.',
  },
  {
    name: 'a unit that is none',
    map: 'took=latencyMs:m',
    message: 'The field map, column 1, "took=latencyMs:m": the unit of a duration is one of s, ms, us, ns.',
  },
  {
    name: 'a unit of what is no duration',
    map: 'code=status:s',
    message: 'The field map, column 1, "code=status:s": only latencyMs has a unit.',
  },
  {
    name: 'a column that every exchange needs is missing',
    map: 'verb=method,uri=target,when=startedAt',
    message: 'The field map has no status; add the name it has in the log: name=status.',
  },
  {
    name: 'nothing',
    map: '',
    message: 'The field map has no startedAt; add the name it has in the log: name=startedAt.',
  },
];

let reader: LineReader;
beforeAll(async () => {
  reader = await openLineReader();
});
afterAll(() => reader.close());

describe('a field map as the user gives it', () => {
  test.each(cases)('reads: $name', async ({ map, line: text, rejected, exchange }) => {
    const [row] = await reader.columns(compileFieldMap(map), [text]);
    if (exchange === undefined) expect(row?.reason).toBe(rejected);
    else expect(row).toEqual(wholeExchange(exchange));
  });

  test.each(refusals)('is refused: $name', ({ map, message }) => {
    expect(() => compileFieldMap(map)).toThrow(
      expect.objectContaining({ code: 'FIELD_MAP_INVALID', message }),
    );
  });

  test('goes before the known formats and takes the objects with its names', async () => {
    const lines = [
      line({}),
      '{"startedAt":"2026-01-05T10:00:00Z","method":"GET","target":"/users/7","status":200}',
      '{"verb":"GET","uri":"/users/7"}',
      '198.51.100.4 - - [05/Jan/2026:10:00:00 +0000] "GET /users/7 HTTP/1.1" 200 512',
    ];
    const outcomes = await reader.outcomes({ formats: withFieldMap(NEEDED, trafficFormats) }, lines);
    expect(outcomes.map(({ why, format }) => [why, format])).toEqual([
      ['', 'field-map'],
      ['', 'exchange'],
      ['unknown_format', ''],
      ['', 'combined'],
    ]);
  });
});

describe('a hostile field map', () => {
  test.each([
    `'`,
    `\\'`,
    `'); DROP TABLE stage; --`,
    '{x:String}',
    '__proto__',
    'a..b',
    '.',
    '\u00e9\u{1f600}',
  ])('has names that stay text: %s', async (name) => {
    const format = compileFieldMap(`${NEEDED},${name}=consumer`);
    const [row] = await reader.columns(format, [`{${JSON.stringify(name)}:"mara",${line({}).slice(1)}`]);
    expect(row).toEqual(wholeExchange({ ...read, consumer: 'mara' }));
  });

  test('of any text is compiled to what ClickHouse accepts, or refused', async () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 8 }),
      fc.constantFrom(
        '=',
        ',',
        ':',
        '.',
        "'",
        '\\',
        '=status',
        '=$context.status',
        'x=consumer',
        ':us',
        'x=latencyMs',
      ),
    );
    const texts = fc.sample(fc.tuple(fc.constantFrom(`${NEEDED},`, ''), fc.array(piece, { maxLength: 6 })), {
      numRuns: 400,
      seed: 5,
    });
    const compiled = texts.map(([start, pieces]) => compiledOrRefused(start + pieces.join('')));
    const accepted = compiled.filter((format) => format !== undefined);
    expect(accepted.length).toBeGreaterThan(20);
    for (const format of accepted.slice(0, 30))
      expect((await reader.columns(format, [line({})])).map(({ method }) => method)).toEqual(['GET']);
  });
});

function compiledOrRefused(text: string): TrafficFormat | undefined {
  try {
    return compileFieldMap(text);
  } catch (error) {
    expect(error).toBeInstanceOf(StanceError);
    expect((error as StanceError).code).toBe('FIELD_MAP_INVALID');
    return undefined;
  }
}
