import {
  type ExampleResponse,
  exampleLine,
  type Fields,
  fieldsOf,
  instantOf,
  listOf,
  stringOf,
} from './example-line.ts';
import { bodyText, headersOf, isAuthorized, urlParts } from './request-parts.ts';

const NO_VARIABLES = new Map<string, string>();

/** A line for each request that a run of Newman sent, from its JSON report. */
export function* newmanLines(run: Fields): Generator<string> {
  const startedAt = instantOf(Number(fieldsOf(run.timings).started ?? Number.NaN));
  for (const execution of listOf(run.executions).map(fieldsOf)) {
    const request = fieldsOf(execution.request);
    const response = execution.response === undefined ? undefined : fieldsOf(execution.response);
    yield exampleLine({
      method: stringOf(request.method) || 'GET',
      ...urlParts(request.url, NO_VARIABLES),
      isAuthorized: isAuthorized([request]),
      wasSent: true,
      requestHeaders: headersOf(request.header, NO_VARIABLES),
      requestBody: bodyText(request.body),
      response: response && responseOf(response, startedAt),
    });
  }
}

/** A report says when the run began, of a request only how long it took. */
function responseOf(response: Fields, runStartedAt: string | undefined): ExampleResponse {
  return {
    status: response.code,
    receivedAt: runStartedAt,
    latencyMs: response.responseTime,
    bodyBytes: response.responseSize,
    headers: headersOf(response.header, NO_VARIABLES),
    body: streamText(response.stream),
  };
}

/** `{"type":"Buffer","data":[123,125]}`, as Node.js writes bytes. */
function streamText(stream: unknown): string {
  const bytes = listOf(fieldsOf(stream).data).filter((byte): byte is number => typeof byte === 'number');
  return Buffer.from(bytes).toString('utf8');
}
