import { expect, test } from 'vitest';
import { StanceError } from '../../model/error.ts';
import { compileLogFormat } from './log-format.ts';

interface Refusal {
  readonly name: string;
  readonly format: string;
  readonly message: string;
  /** Line and column in the text given, where there is a place. */
  readonly at?: readonly [line: number, column: number];
}

const refusals: readonly Refusal[] = [
  {
    name: 'no variable at all',
    format: 'combinde',
    message:
      'The log format names no variable of nginx ($status), directive of Apache (%>s) or operator of Envoy (%RESPONSE_CODE%), and is not one of common, combined, vhost_combined.',
  },
  {
    name: 'nginx without time',
    format: '$remote_addr "$request" $status',
    message: 'The log format has no time; add $time_iso8601, $time_local or $msec.',
  },
  {
    name: 'Apache without time',
    format: '%h "%r" %>s',
    message: 'The log format has no time; add %t.',
  },
  {
    name: 'Apache with parts of a time that make none',
    format: '%{%H:%M:%S}t "%r" %>s',
    message: 'The log format has no time; add %t.',
  },
  {
    name: 'nginx without request',
    format: '[$time_local] $request_method $status',
    message: 'The log format has no request; add $request, or $request_method and $request_uri.',
  },
  {
    name: 'Apache without request',
    format: '%t %U%q %>s',
    message: 'The log format has no request; add %r, or %m and %U%q.',
  },
  {
    name: 'nginx without status, though an upstream has one',
    format: '[$time_local] "$request" $upstream_status',
    message: 'The log format has no status; add $status.',
  },
  { name: 'Apache without status', format: '%t "%r" %b', message: 'The log format has no status; add %>s.' },
  {
    name: 'an open brace of nginx',
    format: '$status ${request $msec',
    message: 'The log format, column 9: the { after $ is never closed.',
    at: [1, 9],
  },
  {
    name: 'a dollar without name',
    format: '$status $ $request',
    message: 'The log format, column 9: the $ is followed by no variable name.',
    at: [1, 9],
  },
  {
    name: 'an open brace of Apache',
    format: '%t "%r" %>s %{Referer',
    message: 'The log format, column 13: the { after % is never closed.',
    at: [1, 13],
  },
  {
    name: 'a directive that Apache does not have',
    format: '%t "%r" %>s %Z',
    message: 'The log format, column 13: %Z is no directive of Apache.',
    at: [1, 13],
  },
  {
    name: 'a header directive without name',
    format: '%t "%r" %>s %i',
    message: 'The log format, column 13: %i needs a name in {}.',
    at: [1, 13],
  },
  {
    name: 'a percent sign at the end',
    format: '%t "%r" %>s %',
    message: 'The log format, column 13: the % is followed by no directive; a percent sign is %%.',
    at: [1, 13],
  },
  {
    name: 'a unit that Apache does not have',
    format: '%t "%r" %>s %{min}T',
    message: 'The log format, column 13: %{min}T is none of s, ms, us.',
    at: [1, 13],
  },
  {
    name: 'a zone by its name',
    format: '%{%d/%b/%Y %T %Z}t "%r" %>s',
    message:
      'The log format, column 1: the time format has %Z, which cannot be read back. Names of zones are ambiguous; log %z.',
    at: [1, 1],
  },
  {
    name: 'Envoy without time',
    format: '%REQ(:METHOD)% %REQ(:PATH)% %RESPONSE_CODE%',
    message: 'The log format has no time; add %START_TIME%.',
  },
  {
    name: 'Envoy with parts of a time that make none',
    format: '%START_TIME(%H:%M:%S)% %REQ(:METHOD)% %REQ(:PATH)% %RESPONSE_CODE%',
    message: 'The log format has no time; add %START_TIME%.',
  },
  {
    name: 'Envoy without request',
    format: '%START_TIME% %PROTOCOL% %RESPONSE_CODE%',
    message: 'The log format has no request; add %REQ(:METHOD)% and %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%.',
  },
  {
    name: 'Envoy without status, though it has its details',
    format: '%START_TIME% %REQ(:METHOD)% %REQ(:PATH)% %RESPONSE_CODE_DETAILS%',
    message: 'The log format has no status; add %RESPONSE_CODE%.',
  },
  {
    name: 'an open parenthesis of Envoy',
    format: '%START_TIME% %RESPONSE_CODE% %REQ(:METHOD',
    message: 'The log format, column 30: the ( after % is never closed with )%.',
    at: [1, 30],
  },
  {
    name: 'an operator of Envoy that is never closed',
    format: '%START_TIME% %RESPONSE_CODE',
    message: 'The log format, column 14: the operator is never closed with %.',
    at: [1, 14],
  },
  {
    name: 'a percent sign of Envoy at the end',
    format: '%START_TIME% 100%',
    message: 'The log format, column 17: the % is followed by no operator; a percent sign is %%.',
    at: [1, 17],
  },
  {
    name: 'a header of Envoy without name',
    format: '"%START_TIME% %REQ()%"',
    message: 'The log format, column 15: %REQ% needs the name of a header in ().',
    at: [1, 15],
  },
  {
    name: 'a zone of Envoy by its name',
    format: '%RESPONSE_CODE% %START_TIME(%F %T.%3f %Z)%',
    message:
      'The log format, column 17: the time format has %Z, which cannot be read back. Names of zones are ambiguous; log %z.',
    at: [1, 17],
  },
  {
    name: 'a place in a configuration line counts from its beginning',
    format: 'LogFormat "%t \\"%r\\" %>s %Q" mine',
    message: 'The log format, column 26: %Q is no directive of Apache.',
    at: [1, 26],
  },
  {
    name: 'a place in a later line of a pasted configuration',
    format: "log_format main '$remote_addr [$time_local] '\n  '\"$request\" ${status';",
    message: 'The log format, line 2, column 15: the { after $ is never closed.',
    at: [2, 15],
  },
  {
    name: 'a quote that is never closed',
    format: `log_format main '$remote_addr [$time_local] "$request" $status;`,
    message: "The log format, column 17: the quote ' is never closed.",
    at: [1, 17],
  },
  {
    name: 'two formats at once',
    format: `log_format a '$status'; log_format b '$request';`,
    message: 'The log format, column 24: goes on after its end; give one log_format alone.',
    at: [1, 24],
  },
  {
    name: 'a LogFormat that goes on',
    format: 'LogFormat "%t \\"%r\\" %>s" mine\nLogFormat "%t" other',
    message: 'The log format, line 2, column 1: goes on after its nickname; give one LogFormat alone.',
    at: [2, 1],
  },
  {
    name: 'JSON',
    format: `log_format j escape=json '{"time":"$time_iso8601","status":$status}';`,
    message:
      'The log format, column 27: writes JSON, which is not compiled; write the canonical exchange (docs/reference/schemas/exchange.schema.json), or give a text format.',
    at: [1, 27],
  },
  {
    name: 'a line break in a record',
    format: '$time_iso8601 $request\n$status',
    message: 'The log format, column 23: a line break stands in the format; a record is one line.',
    at: [1, 23],
  },
  {
    name: 'a control character',
    format: '$time_iso8601 $request \u0000$status',
    message: 'The log format, column 24: a control character stands in the format; a record is one line.',
    at: [1, 24],
  },
  {
    name: 'more than any server would be given',
    format: `$time_iso8601 $request $status ${'x'.repeat(10_000)}`,
    message: 'The log format has 10031 characters; at most 8192 are read.',
  },
  {
    name: 'more fields than any server would log',
    format: `$time_iso8601 $request $status${' $x'.repeat(126)}`,
    message: 'The log format, column 407: has 129 fields; at most 128 are read.',
    at: [1, 407],
  },
];

test.each(refusals)('refuses $name', ({ format, message, at }) => {
  const error = refusalOf(format);
  expect(error.code).toBe('LOG_FORMAT_INVALID');
  expect(error.message).toBe(message);
  expect(error.place).toEqual(
    at === undefined ? undefined : { file: '--log-format', line: at[0], column: at[1] },
  );
});

test.each(['__proto__', 'constructor', 'toString', '{__proto__}i', '{constructor}T'])(
  'knows no directive or name from JavaScript: %s',
  (name) => {
    expect(() => compileLogFormat(name)).toThrow(StanceError);
    expect(() => compileLogFormat(`%${name}`)).toThrow(StanceError);
    expect(() => compileLogFormat(`$${name}`)).toThrow(StanceError);
  },
);

test('says what it is and which headers it shows', () => {
  const nginx = compileLogFormat('$time_iso8601 $request $status "$http_cookie"');
  const apache = compileLogFormat('%t %r %>s');
  const envoy = compileLogFormat('%START_TIME% %REQ(:METHOD)% %REQ(:PATH)% %RESPONSE_CODE% %RESP(VIA)%');
  expect([nginx, apache, envoy].map(({ id, headers, reference }) => ({ id, headers, reference }))).toEqual([
    {
      id: 'log-format',
      headers: { request: 'some', response: 'none' },
      reference: 'https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format',
    },
    {
      id: 'log-format',
      headers: { request: 'none', response: 'none' },
      reference: 'https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#formats',
    },
    {
      id: 'log-format',
      headers: { request: 'none', response: 'some' },
      reference: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage',
    },
  ]);
});

test('the same text gives the same format', () => {
  const text = '%h %l %u %t "%r" %>s %b "%{Referer}i" "%{User-Agent}i"';
  expect(compileLogFormat(text)).toEqual(compileLogFormat('combined'));
  expect(compileLogFormat(`LogFormat "${text.replaceAll('"', '\\"')}" mine`)).toEqual(
    compileLogFormat('combined'),
  );
});

function refusalOf(format: string): StanceError {
  try {
    compileLogFormat(format);
  } catch (error) {
    if (error instanceof StanceError) return error;
    throw error;
  }
  throw new Error(`compiled: ${format}`);
}
