import type { Endpoint } from '../../src/model/endpoint.ts';
import type { Finding } from '../../src/model/finding.ts';
import type { SpecDocument } from '../../src/model/spec.ts';
import type { ReceivedBatch } from '../../src/store/postgres/batches.ts';
import type { ChangeSet } from '../../src/store/postgres/commit-change.ts';
import type { Source } from '../../src/store/postgres/sources.ts';

/** For tests: one of everything that the state store keeps, with every optional part present. */
export const exampleSource: Source = {
  id: 1,
  headLength: 1024,
  headSha256: 'a1'.repeat(32),
  tailLength: 256,
  tailSha256: 'b2'.repeat(32),
  committedOffset: 9_007_199_254_740_991,
  committedLines: 120_000,
  openTail: false,
  format: 'kong',
  name: 'kong-access',
  path: 'logs/kong access.ndjson.gz',
  firstSeen: '2026-11-20T10:00:00.001Z',
  lastSeen: '2026-11-23T10:00:00.000Z',
};

export const exampleBatch: ReceivedBatch = {
  token: 'batch-1',
  sourceId: 1,
  startOffset: 0,
  endOffset: 4096,
  firstLine: 1,
  lines: 12,
  crc32: 'c3c3c3c3',
  plan: { format: 'kong', branches: ['kong', 'nginx'], limit: null },
  receivedAt: '2026-11-23T10:00:00.250Z',
};

export const exampleEndpoint: Endpoint = {
  apiId: '00112233445566aa',
  service: 'billing',
  method: 'GET',
  path: '/users/{userId}',
  routeSource: 'spec',
  exposure: 'external',
  exposureReason: 'called from public addresses',
  lifecycle: 'documented',
  classification: 'external',
  documented: true,
  deprecated: false,
  sunset: '2027-01-01',
  owner: 'payments',
  version: '2.1',
  specLocation: { file: 'openapi/billing.yaml', line: 12 },
  specSecurity: 'required',
  firstDiscovered: '2026-11-20T10:00:00.000Z',
  lastSeen: '2026-11-23T09:59:59.999Z',
  sensitiveDataTypes: ['ssn', 'email'],
  complianceTags: ['pci', 'a "quoted", tag'],
  trafficVolumeDaily: 1234.1,
};

/** The same route in a service nobody described, with every optional part absent. */
export const exampleBareEndpoint: Endpoint = {
  apiId: '00112233445566bb',
  service: 'Accounts',
  method: 'GET',
  path: '/users/{userId}',
  routeSource: 'shape',
  exposure: 'unknown',
  exposureReason: 'no client address was seen',
  lifecycle: 'unknown',
  classification: 'unknown',
  documented: 'unknown',
  deprecated: false,
  firstDiscovered: '2026-11-21T10:00:00.000Z',
  sensitiveDataTypes: [],
  complianceTags: [],
  trafficVolumeDaily: 0,
};

export const exampleFinding: Finding = {
  id: 'STN-d4d4d4d4d4d4',
  fingerprintVersion: 1,
  fingerprint: 'd4'.repeat(32),
  identity: { rule: 'control:authentication', apiId: exampleEndpoint.apiId },
  endpoint: { apiId: exampleEndpoint.apiId, service: 'billing', method: 'GET', path: '/users/{userId}' },
  control: 'authentication',
  title: 'Answers without a credential',
  severity: 'critical',
  state: 'open',
  reason: '3 anonymous calls were answered 2xx',
  remediation: 'Require a credential at the gateway.',
  openedAt: '2026-11-21T10:00:00.000Z',
  lastConfirmedAt: '2026-11-23T10:00:00.000Z',
  evidence: [
    {
      observed: 'anonymous calls answered 2xx',
      count: 3,
      source: 'kong',
      firstSeen: '2026-11-21T09:00:00.000Z',
      lastSeen: '2026-11-23T09:00:00.000Z',
      example: { input: 'logs/kong.ndjson', line: 17 },
    },
  ],
};

export const exampleSpec: SpecDocument = {
  file: 'openapi/billing.yaml',
  sha256: 'e5'.repeat(32),
  edition: '3.1.0',
  title: 'Billing “API” 😀',
  version: '2.1',
  servers: [{ host: 'api.example.com', basePath: '/v2', scheme: 'https' }],
  operations: [
    {
      method: 'GET',
      path: '/users/{userId}',
      operationId: 'getUser',
      deprecated: false,
      security: 'required',
      location: { file: 'openapi/billing.yaml', line: 12 },
    },
  ],
  problems: [{ message: 'unknown key', file: 'openapi/billing.yaml', line: 3, column: 1 }],
};

export const exampleAct: Omit<ChangeSet, 'changes'> = {
  actor: 'ana',
  actorKind: 'user',
  action: 'inventory.update',
  target: 'logs/kong.ndjson',
  at: new Date('2026-11-23T10:00:00.500Z'),
};
