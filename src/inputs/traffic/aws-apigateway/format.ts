import type { TrafficFormat } from '../../../model/traffic-format.ts';
import { GENERIC_CALL } from '../../expressions/generic-call.ts';
import {
  type FieldNames,
  instant,
  jsonFieldSteps,
  milliseconds,
  withInnerNames,
} from '../../expressions/json-fields.ts';
import { METHOD_PATTERN, requestLineSteps } from '../../expressions/request-line.ts';

/** Variables of `$context` by the names that the console, the documentation and common templates give them. */
const FIELDS: FieldNames = {
  v_method: ['httpMethod', 'http.method', 'method', 'requestMethod'],
  v_path: ['path', 'requestPath', 'uri'],
  v_template: ['resourcePath', 'resource'],
  v_route: ['routeKey'],
  v_request: ['request'],
  v_status: ['status', 'statusCode', 'httpStatusCode', 'responseStatus'],
  v_time: ['requestTimeEpoch', 'requestTime', 'timestamp', 'time'],
  v_latency: ['responseLatency', 'latency', 'responseTime'],
  v_bytes: ['responseLength', 'responseSize', 'bytes'],
  v_host: ['domainName', 'host', 'domain'],
  v_api: ['apiId', 'api'],
  v_client: ['identity.sourceIp', 'sourceIp', 'ip', 'clientIp', 'identitySourceIp'],
  v_who: [
    ...[
      'authorizer.principalId',
      'principalId',
      'authorizerPrincipalId',
      'authorizer.claims.sub',
      'claims.sub',
    ],
    ...[
      'authorizer.claims.username',
      'claims.username',
      'sub',
      'authorizerClaimsSub',
      'userArn',
      'identity.userArn',
    ],
    ...['identity.caller', 'caller', 'identity.user', 'user', 'apiKeyId', 'identity.apiKeyId'],
  ],
  v_key: ['identity.apiKey', 'apiKey', 'identity.clientCert.subjectDN', 'clientCert.subjectDN'],
  v_refusal: ['error.responseType', 'errorResponseType', 'error.errorResponseType', 'responseType'],
  v_invalid: ['error.validationErrorString', 'validationErrorString', 'validationError'],
  v_integration: ['integration.status', 'integrationStatus', 'integration.integrationStatus'],
  v_authorize: ['authorize.status', 'authorizeStatus', 'authenticate.status', 'authenticateStatus'],
  v_waf: ['wafResponseCode', 'waf.response'],
  v_event: ['eventType'],
  v_connection: ['connectionId'],
};

/** The route of a call, as no other log names it, and what else stands beside the id of a request. */
const ROUTE = ['httpMethod', 'routeKey', 'resourcePath', 'eventType'];
const BESIDE = [
  ...['requestTime', 'requestTimeEpoch', 'responseLength', 'responseLatency', 'caller', 'protocol', 'stage'],
  ...['integrationLatency', 'integrationStatus', 'integrationErrorMessage', 'integration', 'identity'],
  ...['domainName', 'apiId', 'resourceId', 'connectionId', 'errorResponseType', 'wafResponseCode'],
  ...[
    'integration.status',
    'integration.latency',
    'error.responseType',
    'identity.sourceIp',
    'authorizer.principalId',
  ],
];
const list = (names: readonly string[]) => names.map((name) => `'${name}'`).join(', ');

/** UUID of a REST API, or short base64 of others and of extended ids. */
const REQUEST_ID =
  '(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?:_REPLACED_INVALID_REQUEST_ID)?|[A-Za-z0-9+/_-]{11,20}={1,2})';
/** Console, CLF: client, caller, user, time, request, status, length, request id and maybe the extended one. */
const CLF = `^([^ "{]+) ([^ ]+) +([^ ]+) \\\\[([^"\\\\]]*)\\\\] ?"([^"]*)" ([^ ]+) ([^ ]+) ${REQUEST_ID}(?: ${REQUEST_ID})?\\\\s*$`;
/** Console, CSV: the same in the same order; HTTP APIs leave caller and user out. */
const CSV =
  '^([^ ,"{]+),(?:([^,"]*),([^,"]*),)?([0-9]{1,2}/[^/ ,]{1,9}/[0-9]{4}:[0-9: +-]*),([^,]*),([^,]*),[^,]*,([^,]*),([^,]*),';

/** Gravitee's file reporter uses some of the same names; each of its records has this one too. */
const NOT_GRAVITEE = `position(line, '"transactionId":') = 0`;

/** Types of `$context.error.responseType` that follow an attempt to reach the integration. */
const NOT_OWN = `['INTEGRATION_FAILURE', 'INTEGRATION_TIMEOUT']`;

/** What stages of API Gateway write with one of the console's layouts or a template of the user's. */
export const format: TrafficFormat = {
  id: 'aws-apigateway',
  title: 'Amazon API Gateway access log',
  reference:
    'https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-variables-for-access-logging.html',
  headers: { request: 'none', response: 'none' },
  states: {
    signs:
      'requestId beside httpMethod, routeKey or resourcePath; a common log line or a row that ends in a request id',
    layouts:
      'JSON, CLF and CSV of REST, HTTP and WebSocket APIs; without `path` the route with its placeholders',
    times: 'day/month/year with zone, milliseconds since 1970; milliseconds',
    sizes: 'body of the response',
    consumer: 'principal of the authorizer, `sub` of the token, IAM caller, API key id',
    answeredBy: '`error.responseType`, status of the integration or authorizer',
    transport: 'always TLS: there is no plain endpoint',
  },
  claims: `(hasAny(keys, ['requestId', 'extendedRequestId']) AND hasAny(keys, [${list(ROUTE)}])
    AND length(arrayIntersect(keys, [${list([...ROUTE, ...BESIDE])}])) >= 2 AND NOT has(keys, 'requestContext') AND ${NOT_GRAVITEE})
    OR match(line, '${CLF}') OR match(line, '${CSV}')`,
  possible: GENERIC_CALL,
  parse: [
    ...withInnerNames('json_fields'),
    [`if(startsWith(line, '{'), [], extractGroups(line, '${CLF}'))`, 'clf'],
    [`if(startsWith(line, '{') OR notEmpty(clf), [], extractGroups(line, '${CSV}'))`, 'csv'],
    [
      `multiIf(notEmpty(clf), map('ip', clf[1], 'caller', clf[2], 'user', clf[3], 'time', clf[4], 'request', clf[5],
          'status', clf[6], 'bytes', clf[7]),
        notEmpty(csv), map('ip', csv[1], 'caller', csv[2], 'user', csv[3], 'time', csv[4], 'method', csv[5],
          'routekey', csv[6], 'status', csv[7], 'bytes', csv[8]), json_fields)`,
      'fields',
    ],
    ...jsonFieldSteps(FIELDS, 'fields'),
    [instant('v_time'), 'at'],
    ...requestLineSteps('v_request'),
    [`splitByChar(' ', if(v_request = '', v_route, wanted))`, 'route'],
    [`multiIf(v_method != '', v_method, v_request != '', words[1], length(route) = 2, route[1], '')`, 'verb'],
    [`multiIf(v_path != '', v_path, v_template != '', v_template, route[-1])`, 'target'],
    [`toUInt16OrNull(v_status)`, 'code'],
    [
      `v_event IN ('MESSAGE', 'DISCONNECT') OR ((v_event != '' OR v_connection != '') AND v_method = '')`,
      'is_event',
    ],
  ],
  accepts: `at IS NOT NULL AND code BETWEEN 100 AND 599 AND match(verb, '${METHOD_PATTERN}') AND target != ''
    AND NOT is_event AND ${NOT_GRAVITEE}`,
  reasons: [
    [`NOT isValidUTF8(line)`, 'bad_utf8'],
    [`startsWith(line, '{') AND NOT isValidJSON(line)`, 'bad_json'],
    [`is_event`, 'websocket_event'],
    [`v_time = ''`, 'no_time'],
    [`at IS NULL`, 'bad_time'],
    [`verb = '' OR target = ''`, 'no_request'],
    [`NOT match(verb, '${METHOD_PATTERN}')`, 'malformed_request'],
    [`v_status = ''`, 'no_status'],
    [`code = 0`, 'no_response'],
    [`code IS NULL OR code NOT BETWEEN 100 AND 599`, 'bad_status'],
  ],
  columns: {
    startedAt: 'assumeNotNull(at)',
    method: 'verb',
    target: 'target',
    status: 'assumeNotNull(code)',
    host: 'v_host',
    scheme: `'https'`,
    latencyMs: milliseconds('v_latency', 1),
    responseBytes: 'toUInt64OrNull(v_bytes)',
    service: 'v_api',
    consumer: 'v_who',
    clientAddress: 'v_client',
    credentialSeen: `v_key != ''`,
    answeredBy: `multiIf(v_refusal != '', if(has(${NOT_OWN}, v_refusal), '', 'gateway'),
      v_waf = 'WAF_BLOCK' OR toUInt16OrNull(v_authorize) >= 400, 'gateway',
      toUInt16OrNull(v_integration) = code, 'upstream', '')`,
    schemaValidated: `if(startsWith(v_refusal, 'BAD_REQUEST_') OR v_invalid != '', true, CAST(NULL, 'Nullable(Bool)'))`,
  },
};
