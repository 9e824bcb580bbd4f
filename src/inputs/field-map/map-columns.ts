/** Columns of the exchange that a field of a log can be, in the order they are offered. */
export const MAP_COLUMNS = [
  'startedAt',
  'method',
  'target',
  'status',
  'host',
  'scheme',
  'latencyMs',
  'requestBytes',
  'responseBytes',
  'service',
  'consumer',
  'clientAddress',
  'requestHeaders',
  'responseHeaders',
  'answeredBy',
  'schemaValidated',
] as const;

export type MapColumn = (typeof MAP_COLUMNS)[number];

/** What a variable of API Gateway (`$context.…`, without the prefix) says; of one column the best first. */
export const VARIABLES: Readonly<Record<string, MapColumn>> = {
  requestTimeEpoch: 'startedAt',
  requestTime: 'startedAt',
  httpMethod: 'method',
  path: 'target',
  resourcePath: 'target',
  routeKey: 'target',
  status: 'status',
  domainName: 'host',
  responseLatency: 'latencyMs',
  responseLength: 'responseBytes',
  apiId: 'service',
  'authorizer.principalId': 'consumer',
  'authorizer.claims.sub': 'consumer',
  'identity.userArn': 'consumer',
  'identity.caller': 'consumer',
  'identity.user': 'consumer',
  'identity.apiKeyId': 'consumer',
  'identity.sourceIp': 'clientAddress',
  'error.responseType': 'answeredBy',
};

/** Variables of API Gateway that say nothing of an exchange: read past, so that a whole template can be given. */
export const IGNORED_VARIABLES: readonly string[] = [
  ...['accountId', 'awsEndpointRequestId', 'deploymentId', 'domainPrefix', 'extendedRequestId', 'protocol'],
  ...[
    'requestId',
    'resourceId',
    'stage',
    'xrayTraceId',
    'wafResponseCode',
    'webaclArn',
    'integrationLatency',
  ],
  ...['integrationStatus', 'integrationErrorMessage', 'integration.status', 'integration.latency'],
  ...['integration.error', 'integration.requestId', 'integration.integrationStatus', 'error.message'],
  ...['error.messageString', 'error.validationErrorString', 'identity.userAgent', 'identity.accountId'],
  ...['authorizer.error', 'authorizer.status', 'authorizer.latency', 'authorize.status', 'authorize.error'],
  ...['authenticate.status', 'authenticate.error', 'waf.status', 'waf.error', 'dataProcessed', 'tlsVersion'],
];

/** Milliseconds in one unit of a duration. */
export const UNITS: Readonly<Record<string, number>> = { s: 1000, ms: 1, us: 0.001, ns: 0.000_001 };

/** The name that differs least from what was written; undefined when none is near. */
export function closest(written: string, names: readonly string[]): string | undefined {
  const near = names
    .map((name) => ({ name, steps: distance(written.toLowerCase(), name.toLowerCase()) }))
    .sort((left, right) => left.steps - right.steps)[0];
  return near === undefined || near.steps > Math.max(2, written.length / 2) ? undefined : near.name;
}

/** Letters to put in, take out or change (Levenshtein). */
function distance(left: string, right: string): number {
  let above = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const changed = (above[column - 1] ?? 0) + (left[row - 1] === right[column - 1] ? 0 : 1);
      current.push(Math.min(changed, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1));
    }
    above = current;
  }
  return above[right.length] ?? 0;
}
