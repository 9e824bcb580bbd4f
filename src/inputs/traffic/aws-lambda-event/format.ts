import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { METHOD_PATTERN } from '../../expressions/request-line.ts';

/** Events of REST APIs and load balancers (1.0), of HTTP APIs and function URLs (2.0), as one shape. */
const EVENT = `Tuple(
  version Nullable(String), httpMethod Nullable(String), path Nullable(String), rawPath Nullable(String),
  rawQueryString Nullable(String), headers Map(String, String), multiValueHeaders Map(String, Array(String)),
  queryStringParameters Map(String, String), multiValueQueryStringParameters Map(String, Array(String)),
  cookies Array(String), body Nullable(String), isBase64Encoded Nullable(Bool),
  requestContext Tuple(
    path Nullable(String), domainName Nullable(String), apiId Nullable(String), requestTimeEpoch Nullable(Int64),
    requestTime Nullable(String), timeEpoch Nullable(Int64), connectionId Nullable(String), elb Nullable(String),
    http Tuple(method Nullable(String), path Nullable(String), sourceIp Nullable(String)),
    authentication Tuple(clientCert Nullable(String)),
    identity Tuple(sourceIp Nullable(String), caller Nullable(String), user Nullable(String),
      userArn Nullable(String), apiKeyId Nullable(String), apiKey Nullable(String), clientCert Nullable(String)),
    authorizer Tuple(principalId Nullable(String), claims Map(String, String),
      jwt Tuple(claims Map(String, String)),
      iam Tuple(userArn Nullable(String), userId Nullable(String), callerId Nullable(String)),
      lambda Map(String, String))))`;

/** What the function gave back; a body without more is what HTTP APIs take for 200, but says no status itself. */
const RESPONSE = `Tuple(statusCode Nullable(String), headers Map(String, String),
  multiValueHeaders Map(String, Array(String)), body Nullable(String), isBase64Encoded Nullable(Bool))`;

const oneLine = (type: string) => type.replace(/\s+/g, ' ');
/** Where middleware puts the event and what the function made of it. */
const EVENT_KEYS = ['event', 'request', 'input', 'message'];
const RESPONSE_KEYS = ['response', 'result', 'output'];

/** API Gateway decodes the parameters of events 1.0; load balancers give them on as they came. */
const QUERY_PAIR = `if(is_decoded, concat(encodeURLComponent(name), '=', encodeURLComponent(value)), concat(name, '=', value))`;

/** Values with their repetitions; those of events without repetitions otherwise. */
const allValues = (many: string, single: string) =>
  `if(notEmpty(${many}), mapApply((name, values) -> (name, arrayStringConcat(values, ', ')), ${many}), ${single})`;
const text = (body: string, isEncoded: string) =>
  `if(${isEncoded}, tryBase64Decode(ifNull(${body}, '')), ifNull(${body}, ''))`;
/** The first of several nullable texts that says something. */
const first = (...texts: string[]) =>
  `coalesce(${[...texts.map((value) => `nullIf(${value}, '')`), `''`].join(', ')})`;

/** The event of a proxy integration, logged by the function together with what it gave back. */
export const format: TrafficFormat = {
  id: 'aws-lambda-event',
  title: 'AWS Lambda proxy event with its response',
  reference: 'https://docs.aws.amazon.com/lambda/latest/dg/services-apigateway.html',
  headers: { request: 'full', response: 'full' },
  states: {
    signs: 'requestContext beside httpMethod, rawPath or resource',
    layouts: '`{"event": …, "response": …}` and the like; events 1.0, 2.0 and of load balancers',
    times: 'milliseconds since 1970, else day/month/year; for load balancers the seconds in X-Amzn-Trace-Id',
    sizes: 'not told',
    consumer: 'principal of the authorizer, `sub` of the token, IAM caller, API key id',
    answeredBy: 'always the function',
    transport: 'API Gateway has no plain endpoint; X-Forwarded-Proto of load balancers',
  },
  claims: `(has(keys, 'requestContext') AND hasAny(keys, ['httpMethod', 'rawPath', 'routeKey', 'multiValueHeaders']))
    OR (position(line, '"requestContext"') > 0 AND (${EVENT_KEYS.map(
      (key) => `(has(keys, '${key}') AND JSONHas(line, '${key}', 'requestContext'))`,
    ).join(' OR ')}))`,
  parse: [
    [
      `JSONExtract(line, 'Tuple(${[...EVENT_KEYS, ...RESPONSE_KEYS].map((key) => `${key} Nullable(String)`).join(', ')})')`,
      'pair',
    ],
    [
      `multiIf(${EVENT_KEYS.map((key) => `position(pair.${key}, '"requestContext"') > 0, assumeNotNull(pair.${key})`).join(', ')}, line)`,
      'event_text',
    ],
    [`coalesce(${RESPONSE_KEYS.map((key) => `pair.${key}`).join(', ')}, '')`, 'response_text'],
    [`JSONExtract(event_text, '${oneLine(EVENT)}')`, 'e'],
    [`JSONExtract(response_text, '${oneLine(RESPONSE)}')`, 'a'],
    [`tupleElement(e, 'requestContext')`, 'c'],
    [allValues('e.multiValueHeaders', 'e.headers'), 'sent'],
    [allValues('a.multiValueHeaders', 'a.headers'), 'answered'],
    [
      `if(empty(e.cookies), sent, mapConcat(sent, map('cookie', arrayStringConcat(e.cookies, '; '))))`,
      'request_headers',
    ],
    [`mapApply((name, value) -> (lower(name), value), sent)`, 'folded'],
    [`coalesce(c.requestTimeEpoch, c.timeEpoch)`, 'epoch'],
    // A load balancer tells no time but in the id that it traces calls by: eight digits are seconds. Where the caller
    // brought a root, the part of its own stands before it.
    [`unhex(extract(folded['x-amzn-trace-id'], '(?:^|;)(?:Self|Root)=1-([0-9a-f]{8})-'))`, 'traced'],
    [
      `coalesce(fromUnixTimestamp64Milli(if(epoch BETWEEN 0 AND 99999999999999, epoch, NULL), 'UTC'),
        toDateTime64(parseDateTimeOrNull(c.requestTime, '%d/%b/%Y:%H:%i:%s %z', 'UTC'), 3, 'UTC'),
        if(traced = '', NULL, toDateTime64(reinterpretAsUInt32(reverse(traced)), 3, 'UTC')))`,
      'at',
    ],
    // A step of its own: inside a lambda the whole context would be copied for each parameter.
    [`c.elb IS NULL`, 'is_decoded'],
    [first('e.httpMethod', 'c.http.method'), 'verb'],
    [first('e.rawPath', 'c.path', 'e.path', 'c.http.path'), 'path_text'],
    [
      `if(e.rawQueryString != '', assumeNotNull(e.rawQueryString), arrayStringConcat(arrayFlatten(
        if(notEmpty(e.multiValueQueryStringParameters),
          arrayMap((name, values) -> arrayMap(value -> ${QUERY_PAIR}, values),
            mapKeys(e.multiValueQueryStringParameters), mapValues(e.multiValueQueryStringParameters)),
          [arrayMap((name, value) -> ${QUERY_PAIR}, mapKeys(e.queryStringParameters), mapValues(e.queryStringParameters))])),
        '&'))`,
      'query_text',
    ],
    [`toUInt16OrNull(ifNull(a.statusCode, ''))`, 'code'],
    [`startsWith(line, '{') AND notEmpty(event_text)`, 'is_object'],
  ],
  accepts: `is_object AND at IS NOT NULL AND code BETWEEN 100 AND 599 AND match(verb, '${METHOD_PATTERN}')
    AND path_text != '' AND c.connectionId IS NULL`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`NOT isValidJSON(line)`, 'bad_json'],
    [`c.connectionId IS NOT NULL`, 'websocket_event'],
    [`${RESPONSE_KEYS.map((key) => `pair.${key} IS NULL`).join(' AND ')}`, 'request_without_response'],
    [`epoch IS NULL AND c.requestTime IS NULL AND traced = ''`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`verb = '' OR path_text = ''`, 'no_request'],
    [`NOT match(verb, '${METHOD_PATTERN}')`, 'malformed_request'],
    [`ifNull(a.statusCode, '') = ''`, 'no_status'],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: 'assumeNotNull(at)',
    method: 'verb',
    target: `if(query_text = '', path_text, concat(path_text, '?', query_text))`,
    status: 'assumeNotNull(code)',
    host: `if(folded['host'] = '', ifNull(c.domainName, ''), folded['host'])`,
    scheme: `multiIf(c.elb IS NULL, 'https', lower(folded['x-forwarded-proto']) IN ('https', 'http'),
      lower(folded['x-forwarded-proto']), '')`,
    service: `ifNull(c.apiId, '')`,
    consumer: first(
      ...['c.authorizer.principalId', `c.authorizer.claims['sub']`, `c.authorizer.jwt.claims['sub']`],
      ...[`c.authorizer.lambda['principalId']`, `c.authorizer.lambda['sub']`, 'c.authorizer.iam.userArn'],
      ...['c.authorizer.iam.userId', 'c.identity.userArn', 'c.identity.caller', 'c.identity.user'],
      'c.identity.apiKeyId',
    ),
    // A load balancer adds the address of its peer to the right of what the caller wrote.
    clientAddress: `if(c.elb IS NULL, ${first('c.identity.sourceIp', 'c.http.sourceIp')},
      trim(splitByChar(',', folded['x-forwarded-for'])[-1]))`,
    credentialSeen: `ifNull(c.identity.apiKey != '', 0) OR ifNull(c.identity.clientCert LIKE '{%', 0)
      OR ifNull(c.authentication.clientCert LIKE '{%', 0)`,
    requestHeaders: 'request_headers',
    responseHeaders: 'answered',
    requestHeaderVisibility: `if(empty(request_headers), 'none', 'full')`,
    // An HTTP API adds headers of its own, and a load balancer may; a REST API gives on what the function gave.
    responseHeaderVisibility: `multiIf(empty(answered), 'none', e.version IS NULL AND c.elb IS NULL, 'full', 'some')`,
    answeredBy: `'upstream'`,
    bodies: `trim(concat(${text('e.body', 'ifNull(e.isBase64Encoded, 0)')}, ' ', ${text('a.body', 'ifNull(a.isBase64Encoded, 0)')}))`,
  },
};
