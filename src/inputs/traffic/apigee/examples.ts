import type { TrafficExample } from '../../../model/traffic-format.ts';

/** A record of analytics, as collectors send it. */
const record = {
  recordType: 'APIAnalytics',
  organization: 'shop',
  environment: 'prod',
  apiproxy: 'users-v1',
  apiproxy_revision: '7',
  request_uri: '/users/7?full=1',
  request_path: '/users/7',
  request_verb: 'GET',
  response_status_code: 200,
  client_received_start_timestamp: 1767607200250,
  client_received_end_timestamp: 1767607200251,
  client_sent_start_timestamp: 1767607200294,
  client_sent_end_timestamp: 1767607200295,
  client_ip: '198.51.100.4',
};
const read = {
  startedAt: '2026-01-05T10:00:00.250Z',
  method: 'GET',
  target: '/users/7?full=1',
  status: 200,
  latencyMs: 45,
  service: 'users-v1',
  clientAddress: '198.51.100.4',
};

function line(changes: object): string {
  return JSON.stringify({ ...record, ...changes });
}

/** The common template of a MessageLogging policy: text throughout, empty where a variable is not resolved. */
const logged = {
  organization: 'shop',
  environment: 'prod',
  apiProxy: 'users-v1',
  apiProxyRevision: '7',
  apiProduct: '',
  developerApp: 'web-shop',
  clientId: 'k-123',
  requestUri: '/users/7?full=1',
  requestUrl: 'https://api.shop.test/users/7?full=1',
  verb: 'GET',
  correlationId: 'rrt-0a1b-2c3d',
  proxyRequestReceived: '1767607200250',
  proxyResponseSent: '1767607200295',
  targetRequestSent: '1767607200255',
  targetResponseReceived: '1767607200290',
  targetResponseCode: '200',
  proxyResponseCode: '200',
  faultName: '',
};
const readLogged = {
  ...read,
  host: 'api.shop.test',
  scheme: 'https',
  consumer: 'web-shop',
  clientAddress: '',
  answeredBy: 'upstream',
};

function message(changes: object): string {
  return JSON.stringify({ ...logged, ...changes });
}

/** What a call that never reached a target leaves empty. */
const untargeted = { targetRequestSent: '', targetResponseReceived: '', targetResponseCode: '' };

const layouts: readonly TrafficExample[] = [
  { name: 'a record of analytics', line: line({}), exchange: read },
  {
    name: 'every dimension that says something, as the export to BigQuery writes it',
    line: line({
      client_received_start_timestamp: '2026-01-05 10:00:00.250 UTC',
      client_sent_end_timestamp: '2026-01-05 10:00:00.299 UTC',
      total_response_time: 45.0,
      request_size: 12,
      response_size: '512',
      x_forwarded_host: 'api.shop.test',
      x_forwarded_proto: 'https',
      developer_app: 'web-shop',
      developer_email: 'dev@example.com',
      client_id: 'k-123',
      api_product: 'shop',
      target_sent_start_timestamp: '2026-01-05 10:00:00.255 UTC',
      target_response_code: 200,
      is_error: 0,
      policy_error: 0,
      target_error: 0,
      ax_execution_fault_policy_name: '(not set)',
      x_forwarded_for_ip: '(not set)',
    }),
    exchange: {
      ...read,
      host: 'api.shop.test',
      scheme: 'https',
      requestBytes: 12,
      responseBytes: 512,
      consumer: 'web-shop',
      answeredBy: 'upstream',
    },
  },
  {
    name: 'a row of a CSV export: text throughout',
    line: '{"apiproxy":"users-v1","request_verb":"GET","request_uri":"/users/7?full=1","response_status_code":"200.0","client_received_start_timestamp":"2026-01-05T10:00:00.250Z","total_response_time":"45.0","client_ip":"198.51.100.4","developer_app":"(not set)"}',
    exchange: read,
  },
  {
    name: 'only parts of the path',
    line: line({
      request_uri: '(not set)',
      request_path: '(not set)',
      proxy_basepath: '/users',
      proxy_pathsuffix: '/7',
    }),
    exchange: { ...read, target: '/users/7' },
  },
  { name: 'the common template of message logging', line: message({}), exchange: readLogged },
  {
    name: 'a template made by a script writes none',
    line: message({
      ...untargeted,
      ...{ requestUri: 'none', developerApp: 'none', clientId: 'none', client_ip: '198.51.100.4' },
      ...{ targetRequestSent: 'none', targetResponseCode: '200', faultName: 'none' },
    }),
    exchange: {
      ...readLogged,
      target: 'https://api.shop.test/users/7?full=1',
      consumer: '',
      clientAddress: '198.51.100.4',
      answeredBy: '',
    },
  },
  {
    name: 'flow variables by their own names, with the bodies',
    line: '{"apiproxy.name":"users-v1","request.verb":"POST","request.uri":"/users","client.received.start.timestamp":1767607200250,"response.status.code":201,"client.ip":"198.51.100.4","client.scheme":"https","request.content":"{\\"mail\\":\\"a@example.com\\"}","response.content":"{}"}',
    exchange: {
      ...read,
      method: 'POST',
      target: '/users',
      status: 201,
      scheme: 'https',
      latencyMs: null,
      bodies: '{"mail":"a@example.com"} {}',
    },
  },
];

const callers: readonly TrafficExample[] = [
  {
    name: 'a client id without app',
    line: line({ client_id: 'k-123', developer_app: '(not set)' }),
    exchange: { ...read, consumer: 'k-123' },
  },
  {
    name: 'a developer alone',
    line: line({ developer_email: 'dev@example.com' }),
    exchange: { ...read, consumer: 'dev@example.com' },
  },
  {
    name: 'a load balancer before Apigee',
    line: line({ client_ip: '10.0.0.5', x_forwarded_for_ip: '203.0.113.9, 10.0.0.8' }),
    exchange: { ...read, clientAddress: '203.0.113.9' },
  },
];

const refusal = { ...read, answeredBy: 'gateway' };
const answers: readonly TrafficExample[] = [
  {
    name: 'a policy refused',
    line: line({
      response_status_code: 401,
      ax_execution_fault_policy_name: 'verify-api-key',
      policy_error: 1,
      is_error: 1,
      target_error: 0,
    }),
    exchange: { ...refusal, status: 401 },
  },
  {
    name: 'a policy error without the name of the policy',
    line: line({ response_status_code: 429, policy_error: '1' }),
    exchange: { ...refusal, status: 429 },
  },
  {
    name: 'a template names the fault',
    line: message({ ...untargeted, proxyResponseCode: '401', faultName: 'InvalidApiKey' }),
    exchange: { ...readLogged, status: 401, answeredBy: 'gateway' },
  },
  {
    name: 'the target answered with an error, which raises a fault',
    line: message({ proxyResponseCode: '404', targetResponseCode: '404', faultName: 'ErrorResponseCode' }),
    exchange: { ...readLogged, status: 404 },
  },
  {
    name: 'the target answered, and the proxy changed the status',
    line: message({ proxyResponseCode: '400', targetResponseCode: '500', faultName: 'ErrorResponseCode' }),
    exchange: { ...readLogged, status: 400, answeredBy: '' },
  },
  {
    name: 'the target could not be reached',
    line: line({
      response_status_code: 503,
      target_error: 1,
      is_error: 1,
      ax_edge_execution_fault_code: 'messaging.adaptors.http.flow.ServiceUnavailable',
    }),
    exchange: { ...read, status: 503 },
  },
  {
    name: 'the description of the API was applied',
    line: line({
      response_status_code: 400,
      policy_error: 1,
      ax_edge_execution_fault_code: 'steps.oasvalidation.Failed',
    }),
    exchange: { ...refusal, status: 400, schemaValidated: true },
  },
];

const rejected: readonly TrafficExample[] = [
  {
    name: 'no time',
    line: message({ proxyRequestReceived: '' }),
    rejected: 'no_time',
  },
  { name: 'a time that is a word', line: message({ proxyRequestReceived: 'now' }), rejected: 'bad_time' },
  { name: 'no method', line: line({ request_verb: '(not set)' }), rejected: 'no_request' },
  { name: 'a method that is none', line: line({ request_verb: 'GET /' }), rejected: 'malformed_request' },
  { name: 'no status', line: message({ proxyResponseCode: '' }), rejected: 'no_status' },
  { name: 'no answer was sent', line: line({ response_status_code: 0 }), rejected: 'no_response' },
  { name: 'a status out of range', line: line({ response_status_code: 99 }), rejected: 'bad_status' },
  { name: 'a cut record', line: line({}).slice(0, -30), rejected: 'bad_json' },
  {
    name: 'a template that does not escape',
    line: message({ verb: 'X' }).replace('"X"', '"GET" "'),
    rejected: 'bad_json',
  },
  {
    name: 'bytes that are not UTF-8',
    line: line({ request_uri: '/caf\udce9' }).replace('\\udce9', '\udce9'),
    rejected: 'bad_utf8',
  },
];

export const examples: readonly TrafficExample[] = [...layouts, ...callers, ...answers, ...rejected];
