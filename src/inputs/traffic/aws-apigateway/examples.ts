import type { TrafficExample } from '../../../model/traffic-format.ts';

const ID = 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef';
/** The console's JSON layout for a REST API. */
const record = {
  requestId: ID,
  extendedRequestId: 'XkAbCdEfGhIjKlM=',
  ip: '198.51.100.4',
  caller: '-',
  user: '-',
  requestTime: '05/Jan/2026:10:00:00 +0000',
  httpMethod: 'GET',
  resourcePath: '/users/{id}',
  status: '200',
  protocol: 'HTTP/1.1',
  responseLength: '512',
};
const read = {
  startedAt: '2026-01-05T10:00:00.000Z',
  method: 'GET',
  target: '/users/{id}',
  status: 200,
  scheme: 'https',
  responseBytes: 512,
  clientAddress: '198.51.100.4',
};

function line(changes: object): string {
  return JSON.stringify({ ...record, ...changes });
}

/** The gateway's own answer of a type, at the real path. */
function refused(status: number, type: string): string {
  return line({ status: String(status), 'error.responseType': type });
}

function clf(request: string, rest = `200 512 ${ID}`): string {
  return `198.51.100.4 - - [05/Jan/2026:10:00:00 +0000]"${request}" ${rest}`;
}

const webSocket = {
  requestId: 'XkAbCdEfGhIjKlM=',
  ip: '198.51.100.4',
  requestTime: '05/Jan/2026:10:00:00 +0000',
  eventType: 'CONNECT',
  routeKey: '$connect',
  status: '200',
  connectionId: 'XkAbCcdeIAMCIdg=',
};

const layouts: readonly TrafficExample[] = [
  { name: 'the JSON of the console has the route, not the path', line: line({}), exchange: read },
  {
    name: 'the JSON of the console for an HTTP API',
    line: '{"requestId":"XkAbCdEfGhIjKlM=","ip":"198.51.100.4","requestTime":"05/Jan/2026:10:00:00 +0000","httpMethod":"GET","routeKey":"GET /users/{id}","status":"200","protocol":"HTTP/1.1","responseLength":"512"}',
    exchange: read,
  },
  {
    name: 'CLF of the console: no blank after the time, two ids',
    line: clf('GET /users/{id} HTTP/1.1', `200 512 ${ID} XkAbCdEfGhIjKlM=`),
    exchange: read,
  },
  { name: 'CLF with one id', line: clf('GET /users/{id} HTTP/1.1'), exchange: read },
  {
    name: 'CLF with a blank, and an id that the caller chose badly',
    line: `198.51.100.4 AIDAEXAMPLEID AIDAEXAMPLEID [05/Jan/2026:10:00:00 +0000] "GET /users/{id} HTTP/1.1" 200 512 ${ID}_REPLACED_INVALID_REQUEST_ID`,
    exchange: { ...read, consumer: 'AIDAEXAMPLEID' },
  },
  {
    name: 'CLF of an HTTP API has the route key',
    line: clf('GET GET /users/{id} HTTP/1.1', '200 512 XkAbCdEfGhIjKlM='),
    exchange: read,
  },
  {
    name: 'CSV of the console',
    line: `198.51.100.4,-,-,05/Jan/2026:10:00:00 +0000,GET,/users/{id},HTTP/1.1,200,512,${ID},XkAbCdEfGhIjKlM=`,
    exchange: read,
  },
  {
    name: 'CSV of an HTTP API, with further fields',
    line: '198.51.100.4,05/Jan/2026:10:00:00 +0000,GET,GET /users/{id},HTTP/1.1,200,512,XkAbCdEfGhIjKlM=,-',
    exchange: read,
  },
  {
    name: 'a template with the real path, the host and the milliseconds',
    line: line({
      path: '/prod/users/7',
      domainName: 'api.shop.test',
      apiId: 'a1b2c3d4e5',
      stage: 'prod',
      requestTimeEpoch: '1767607200250',
      responseLatency: '45',
      'integration.status': '200',
      'integration.latency': '41',
    }),
    exchange: {
      ...read,
      startedAt: '2026-01-05T10:00:00.250Z',
      target: '/prod/users/7',
      host: 'api.shop.test',
      service: 'a1b2c3d4e5',
      latencyMs: 45,
      answeredBy: 'upstream',
    },
  },
  {
    name: 'a nested template',
    line: '{"requestId":"XkAbCdEfGhIjKlM=","requestTimeEpoch":1767607200000,"httpMethod":"GET","path":"/users/{id}","httpStatusCode":200,"responseLength":512,"identity":{"sourceIp":"198.51.100.4"},"authorizer":{"principalId":"mara"},"error":{"responseType":"-"},"integration":{"status":"200"}}',
    exchange: { ...read, consumer: 'mara', answeredBy: 'upstream' },
  },
  {
    name: 'underscores in the names of a template',
    line: '{"requestId":"XkAbCdEfGhIjKlM=","request_time":"05/Jan/2026:10:00:00 +0000","httpMethod":"GET","routeKey":"-","path":"/users/{id}","status":"200","response_length":"512","source_ip":"198.51.100.4"}',
    exchange: read,
  },
];

const callers: readonly TrafficExample[] = [
  {
    name: 'the principal of an authorizer goes before the IAM caller',
    line: line({ caller: 'AIDAEXAMPLEID', 'authorizer.principalId': 'mara' }),
    exchange: { ...read, consumer: 'mara' },
  },
  {
    name: 'the subject of a token',
    line: line({ 'authorizer.claims.sub': 'u-17' }),
    exchange: { ...read, consumer: 'u-17' },
  },
  {
    name: 'the user of IAM',
    line: line({ userArn: 'arn:aws:iam::123456789012:user/mara' }),
    exchange: { ...read, consumer: 'arn:aws:iam::123456789012:user/mara' },
  },
  {
    name: 'the id of an API key',
    line: line({ 'identity.apiKeyId': 'k1a2b3' }),
    exchange: { ...read, consumer: 'k1a2b3' },
  },
  {
    name: 'an API key, blanked, is a credential',
    line: line({ 'identity.apiKey': '******abc123' }),
    exchange: { ...read, credentialSeen: true },
  },
  {
    name: 'a client certificate is a credential',
    line: line({ 'identity.clientCert.subjectDN': 'CN=partner' }),
    exchange: { ...read, credentialSeen: true },
  },
  {
    name: 'an IPv6 client',
    line: line({ ip: '2001:db8::7' }),
    exchange: { ...read, clientAddress: '2001:db8::7' },
  },
];

const refusal = { ...read, answeredBy: 'gateway' };
const answers: readonly TrafficExample[] = [
  ...['UNAUTHORIZED', 'ACCESS_DENIED', 'THROTTLED', 'QUOTA_EXCEEDED', 'WAF_FILTERED', 'INVALID_API_KEY'].map(
    (type): TrafficExample => ({
      name: `the gateway refuses: ${type}`,
      line: refused(type === 'UNAUTHORIZED' ? 401 : 403, type),
      exchange: { ...refusal, status: type === 'UNAUTHORIZED' ? 401 : 403 },
    }),
  ),
  {
    name: 'no such route',
    line: line({
      status: '403',
      resourcePath: '-',
      path: '/prod/.env',
      'error.responseType': 'MISSING_AUTHENTICATION_TOKEN',
    }),
    exchange: { ...refusal, target: '/prod/.env', status: 403 },
  },
  ...['BAD_REQUEST_BODY', 'BAD_REQUEST_PARAMETERS'].map(
    (type): TrafficExample => ({
      name: `a schema was applied: ${type}`,
      line: refused(400, type),
      exchange: { ...refusal, status: 400, schemaValidated: true },
    }),
  ),
  {
    name: 'the integration failed, and the gateway says so',
    line: refused(504, 'INTEGRATION_TIMEOUT'),
    exchange: { ...read, status: 504 },
  },
  {
    name: 'an authorizer of an HTTP API refused',
    line: line({ status: '403', 'authorize.status': '403' }),
    exchange: { ...refusal, status: 403 },
  },
  {
    name: 'the web application firewall blocked',
    line: line({ status: '403', wafResponseCode: 'WAF_BLOCK' }),
    exchange: { ...refusal, status: 403 },
  },
  {
    name: 'nothing was sent back',
    line: line({ responseLength: '-' }),
    exchange: { ...read, responseBytes: null },
  },
];

const rejected: readonly TrafficExample[] = [
  { name: 'a WebSocket opens', line: JSON.stringify(webSocket), rejected: 'websocket_event' },
  {
    name: 'a WebSocket message',
    line: JSON.stringify({ ...webSocket, eventType: 'MESSAGE', routeKey: 'sendMessage' }),
    rejected: 'websocket_event',
  },
  {
    name: 'the default route without the path',
    line: line({ resourcePath: undefined, routeKey: '$default' }),
    rejected: 'no_path',
  },
  { name: 'no time', line: line({ requestTime: '-' }), rejected: 'no_time' },
  {
    name: 'a month that does not exist',
    line: line({ requestTime: '05/Foo/2026:10:00:00 +0000' }),
    rejected: 'bad_time',
  },
  { name: 'no method', line: line({ httpMethod: '-' }), rejected: 'no_request' },
  { name: 'no route and no path', line: line({ resourcePath: '-' }), rejected: 'no_request' },
  { name: 'CLF of bytes that are no HTTP', line: clf('- - -', `400 0 ${ID}`), rejected: 'malformed_request' },
  { name: 'no status', line: line({ status: '-' }), rejected: 'no_status' },
  { name: 'the caller went away', line: line({ status: '0' }), rejected: 'no_response' },
  { name: 'a status out of range', line: line({ status: '70000' }), rejected: 'bad_status' },
  { name: 'a cut record', line: line({}).slice(0, -30), rejected: 'bad_json' },
  {
    name: 'bytes that are not UTF-8',
    line: line({ path: '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...layouts, ...callers, ...answers, ...rejected];
