import { z } from 'zod';

const visibility = z.enum(['full', 'some', 'none']);
const headers = z.record(z.string(), z.union([z.string(), z.array(z.string())]));

/**
 * The canonical exchange: one HTTP request with its response, as one line of NDJSON.
 * Absent keys are unknown; unknown keys are ignored so that producers may carry their own.
 */
export const exchangeSchema = z
  .looseObject({
    startedAt: z
      .union([z.iso.datetime({ offset: true }), z.number()])
      .describe('RFC 3339 with offset, or milliseconds since 1970 UTC'),
    method: z.string().min(1),
    target: z
      .string()
      .min(1)
      .describe('path with query, as on the request line; an absolute URL is accepted'),
    status: z.int().min(100).max(599),
    host: z.string().optional(),
    scheme: z.enum(['https', 'http']).optional().describe('as the client saw it'),
    latencyMs: z.number().nonnegative().optional(),
    requestBytes: z.int().nonnegative().optional(),
    responseBytes: z.int().nonnegative().optional(),
    service: z.string().optional().describe('the gateway’s name of the service'),
    consumer: z.string().optional().describe('the caller as the gateway names it; kept only as a keyed hash'),
    clientAddress: z.string().optional().describe('IPv4 or IPv6, with or without port'),
    clientCertificate: z.boolean().optional().describe('a client certificate was presented and verified'),
    requestHeaders: headers.optional(),
    requestHeaderVisibility: visibility.optional().describe('`full` when headers are given without it'),
    responseHeaders: headers.optional(),
    responseHeaderVisibility: visibility.optional().describe('`full` when headers are given without it'),
    answeredBy: z.enum(['gateway', 'upstream']).optional(),
    schemaValidated: z.boolean().optional().describe('whether a schema was applied to the request'),
    requestBody: z.string().optional().describe('scanned for sensitive data, never kept'),
    responseBody: z.string().optional().describe('scanned for sensitive data, never kept'),
    vantage: z.string().optional().describe('the gateway that recorded it; defaults to `exchange`'),
  })
  .meta({ id: 'Exchange', title: 'Canonical exchange' });
