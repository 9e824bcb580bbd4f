import type { FormatStatements, TrafficFormat } from '../../model/traffic-format.ts';
import {
  hideEscapedQuotes,
  METHOD_PATTERN,
  requestLineSteps,
  unescapedTarget,
} from '../expressions/request-line.ts';
import { apacheTokens } from '../log-format/apache-tokens.ts';
import { envoyColumns, isClientSideLine } from '../log-format/envoy-columns.ts';
import { envoyTokens } from '../log-format/envoy-tokens.ts';
import { type Dialect, readFormatText } from '../log-format/format-text.ts';
import { fieldsOf, lineColumns, targetText } from '../log-format/line-columns.ts';
import { type CapturedField, GROUPS, linePattern, VALID_LINE } from '../log-format/line-pattern.ts';
import { logFormatError } from '../log-format/log-format-error.ts';
import type { FormatCharacter, LogToken } from '../log-format/log-token.ts';
import { nginxTokens } from '../log-format/nginx-tokens.ts';
import { sqlText } from '../log-format/sql-text.ts';
import { startedAt } from '../log-format/started-at.ts';

/** ClickHouse reads more groups, but no format needs them. */
const MAX_FIELDS = 128;

const REFERENCES: Readonly<Record<Dialect, string>> = {
  nginx: 'https://nginx.org/en/docs/http/ngx_http_log_module.html#log_format',
  apache: 'https://httpd.apache.org/docs/2.4/mod/mod_log_config.html#formats',
  envoy: 'https://www.envoyproxy.io/docs/envoy/latest/configuration/observability/access_log/usage',
};

const TITLES: Readonly<Record<Dialect, string>> = {
  nginx: 'nginx log_format as given',
  apache: 'Apache LogFormat as given',
  envoy: 'Envoy format string as given',
};

type Tokenizer = (given: string, characters: readonly FormatCharacter[]) => readonly LogToken[];
const TOKENIZERS: Readonly<Record<Dialect, Tokenizer>> = {
  nginx: nginxTokens,
  apache: apacheTokens,
  envoy: envoyTokens,
};

/** What makes a line an exchange, and what would write it. */
const NEEDED = {
  time: { nginx: '$time_iso8601, $time_local or $msec', apache: '%t', envoy: '%START_TIME%' },
  request: {
    nginx: '$request, or $request_method and $request_uri',
    apache: '%r, or %m and %U%q',
    envoy: '%REQ(:METHOD)% and %REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%',
  },
  status: { nginx: '$status', apache: '%>s', envoy: '%RESPONSE_CODE%' },
} as const;

const STATES: FormatStatements = {
  signs: 'the whole line matches the format string',
  layouts: 'the format string given with --log-format',
  times: 'as its variables write them',
  sizes: 'as its variables count them',
  consumer: 'the user of HTTP authentication, the client certificate',
  answeredBy: 'the status or address of the upstream, the flags and details of Envoy',
  transport: 'variables of the TLS session, the scheme and forwarding headers',
};

/**
 * A format for the lines of an nginx `log_format`, an Apache `LogFormat` or a format string of Envoy: the bare string,
 * the whole configuration line, or `common`, `combined`, `vhost_combined`. It claims the lines that match it whole.
 * Throws LOG_FORMAT_INVALID with the place of what cannot be compiled, or with what is missing.
 */
export function compileLogFormat(text: string): TrafficFormat {
  const { dialect, characters, escapesQuotes } = readFormatText(text);
  const tokens = withQueryMarks(TOKENIZERS[dialect](text, characters));
  refuseTooMany(text, tokens);
  const { pattern, fields } = linePattern(tokens, escapesQuotes);
  const at = startedAt(fields) ?? missing(text, 'time', dialect);
  const [status] = fieldsOf(fields, 'status');
  const columns = { ...lineColumns(fields), ...envoyColumns(fields) };
  const isClientSide = isClientSideLine(fields);
  return {
    id: 'log-format',
    title: TITLES[dialect],
    reference: REFERENCES[dialect],
    headers: {
      request: columns.requestHeaders === undefined ? 'none' : 'some',
      response: columns.responseHeaders === undefined ? 'none' : 'some',
    },
    states: STATES,
    own: '1',
    claims: `match(${VALID_LINE}, ${sqlText(pattern)})`,
    parse: [
      [`extractGroups(${VALID_LINE}, ${sqlText(pattern)})`, GROUPS],
      ...requestSteps(text, dialect, fields),
      [at, 'at'],
      [`toUInt16OrNull(${status?.value ?? missing(text, 'status', dialect)})`, 'code'],
    ],
    accepts: `notEmpty(${GROUPS}) AND at IS NOT NULL AND code BETWEEN 100 AND 599
      AND match(verb, '${METHOD_PATTERN}') AND wanted NOT IN ('', '-') AND NOT ${isClientSide}`,
    reasons: reasons({ dialect, isClientSide, status: status?.value ?? `''` }),
    columns: {
      startedAt: 'assumeNotNull(at)',
      method: 'verb',
      target: dialect === 'envoy' ? 'wanted' : unescapedTarget('wanted'),
      status: 'assumeNotNull(code)',
      ...columns,
    },
  };
}

interface Asked {
  readonly dialect: Dialect;
  readonly isClientSide: string;
  /** Expression for the text of the status. */
  readonly status: string;
}

function reasons({ dialect, isClientSide, status }: Asked): TrafficFormat['reasons'] {
  const ofEnvoy: TrafficFormat['reasons'] = [
    [isClientSide, 'client_side_record'],
    [`code = 0`, 'no_response'],
  ];
  return [
    [`empty(${GROUPS})`, 'not_in_log_format'],
    ...(dialect === 'envoy' ? ofEnvoy : []),
    [`at IS NULL`, 'bad_time'],
    [`verb IN ('', '-')`, 'empty_request'],
    [`NOT match(verb, '${METHOD_PATTERN}') OR wanted IN ('', '-')`, 'malformed_request'],
    [`match(${status}, '^[0-9]+$')`, 'bad_status'],
    [`code IS NULL`, 'no_status'],
  ];
}

/**
 * The formats that lines are offered to when the user gave one: it goes first with the lines that match it,
 * and last with the text that no other format knows, which is then rejected as `not_in_log_format`.
 */
export function withLogFormat(text: string, formats: readonly TrafficFormat[]): readonly TrafficFormat[] {
  const format = compileLogFormat(text);
  const isText = `NOT match(line, '^([ \\\\t]*(\\\\[ *)?\\\\{|\\\\x01)') AND position(line, '\\0') = 0`;
  return [format, ...formats, { ...format, id: 'not-in-log-format', claims: isText }];
}

/** `verb` and `wanted`, from the request line or from its parts. */
function requestSteps(
  text: string,
  dialect: Dialect,
  fields: readonly CapturedField[],
): TrafficFormat['parse'] {
  const [line] = fieldsOf(fields, 'requestLine');
  if (line !== undefined)
    return [[hideEscapedQuotes(line.value), 'request'], ...requestLineSteps('request'), ['words[1]', 'verb']];
  const [method] = fieldsOf(fields, 'method');
  const target = targetText(fields);
  if (method === undefined || target === undefined) return missing(text, 'request', dialect);
  return [
    [method.value, 'verb'],
    [target, 'written'],
    // Envoy escapes nothing.
    [dialect === 'envoy' ? 'written' : hideEscapedQuotes('written'), 'wanted'],
  ];
}

/** `$uri$is_args$args`: the mark belongs to the query, so that an absent query takes no part of the path. */
function withQueryMarks(tokens: readonly LogToken[]): readonly LogToken[] {
  return tokens.flatMap((token, index) => {
    const before = tokens[index - 1];
    if (token.kind === 'field' && token.field.meaning === 'queryMark') return [];
    const isMarked = before?.kind === 'field' && before.field.meaning === 'queryMark';
    if (token.kind !== 'field' || token.field.meaning !== 'query' || !isMarked) return [token];
    return [{ ...token, field: { ...token.field, shape: 'markedQuery' } }];
  });
}

function refuseTooMany(text: string, tokens: readonly LogToken[]): void {
  const fields = tokens.filter((token) => token.kind === 'field');
  const beyond = fields[MAX_FIELDS];
  if (beyond === undefined) return;
  throw logFormatError(text, `has ${fields.length} fields; at most ${MAX_FIELDS} are read.`, beyond.offset);
}

function missing(text: string, what: keyof typeof NEEDED, dialect: Dialect): never {
  throw logFormatError(text, `has no ${what}; add ${NEEDED[what][dialect]}.`);
}
