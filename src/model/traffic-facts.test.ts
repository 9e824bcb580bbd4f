import { expect, test } from 'vitest';
import { trafficFacts } from './traffic-facts.ts';

test('a partial group keeps zeros for the names it leaves out', () => {
  const facts = trafficFacts({
    vantage: 'edge',
    calls: 2,
    transport: { http: 2 },
    securityHeaders: { incomplete: 2, missing: { frameOptions: 2 } },
    sensitive: { email: 1 },
  });
  expect(facts).toEqual({
    vantage: 'edge',
    calls: 2,
    firstSeen: '2026-01-01T00:00:00.000Z',
    lastSeen: '2026-01-01T01:00:00.000Z',
    status: { informational: 0, success: 0, redirect: 0, clientError: 0, serverError: 0 },
    authentication: { anonymousSucceeded: 0, refused: 0, credentialed: 0, unknown: 0 },
    transport: { https: 0, http: 2, redirected: 0, unknown: 0 },
    rateLimiting: { announced: 0, refusedByGateway: 0, absent: 0, unknown: 0 },
    cors: { wildcard: 0, specific: 0, absent: 0, unknown: 0 },
    securityHeaders: {
      complete: 0,
      incomplete: 2,
      unknown: 0,
      missing: { contentTypeOptions: 0, strictTransportSecurity: 0, frameOptions: 2, cacheControl: 0 },
    },
    inputValidation: { seen: 0, notSeen: 0, unknown: 0 },
    sunsetHeader: { present: 0, absent: 0, unknown: 0 },
    clients: { publicAddress: 0, privateAddress: 0, unknown: 0 },
    sensitive: { email: 1 },
    consumers: 0,
    requestBytes: 0,
    responseBytes: 0,
    examples: {},
  });
});
