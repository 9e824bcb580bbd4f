import { markerLine } from '../../../model/marker-line.ts';
import {
  type Example,
  type ExampleResponse,
  exampleLine,
  type Fields,
  fieldsOf,
  instantOf,
  listOf,
  stringOf,
} from './example-line.ts';
import { bodyText, headersOf, isAuthorized, urlParts, type Variables, variablesOf } from './request-parts.ts';

/** Folders inside folders. */
const MAX_DEPTH = 64;

/** A line for each saved response of a collection (2.0, 2.1), and one for each request without any. */
export function* collectionLines(collection: Fields): Generator<string> {
  yield* itemLines(collection, [collection], variablesOf(collection.variable));
}

/** `around` holds what the item stands in, the nearest first. */
function* itemLines(holder: Fields, around: readonly Fields[], variables: Variables): Generator<string> {
  if (around.length > MAX_DEPTH) {
    yield `${markerLine('nested_too_deep')}\n`;
    return;
  }
  for (const item of listOf(holder.item).map(fieldsOf)) {
    if (item.request !== undefined) yield* requestLines(item, around, variables);
    yield* itemLines(item, [item, ...around], variables);
  }
}

function* requestLines(item: Fields, around: readonly Fields[], variables: Variables): Generator<string> {
  const responses = listOf(item.response).map(fieldsOf);
  const own = requestOf(item.request, around, variables);
  if (responses.length === 0) yield exampleLine({ ...own, response: undefined });
  for (const response of responses) {
    const { originalRequest } = response;
    const asked = fieldsOf(originalRequest).url === undefined && typeof originalRequest !== 'string';
    const request = asked ? own : requestOf(originalRequest, [fieldsOf(item.request), ...around], variables);
    yield exampleLine({ ...request, response: responseOf(response) });
  }
}

/** A request that is a text is the URL of a GET. */
function requestOf(
  request: unknown,
  around: readonly Fields[],
  variables: Variables,
): Omit<Example, 'response'> {
  const fields = fieldsOf(request);
  const url = typeof request === 'string' ? request : fields.url;
  return {
    method: stringOf(fields.method) || 'GET',
    ...urlParts(url ?? '', variables),
    isAuthorized: isAuthorized([fields, ...around]),
    wasSent: false,
    requestHeaders: headersOf(fields.header, variables),
    requestBody: bodyText(fields.body),
  };
}

function responseOf(response: Fields): ExampleResponse {
  return {
    status: response.code,
    receivedAt: undefined,
    latencyMs: response.responseTime,
    bodyBytes: undefined,
    headers: headersOf(response.header, new Map()),
    body: stringOf(response.body),
  };
}

/** The same of a collection of the first version: a flat list of requests, ordered by folders elsewhere. */
export function* firstVersionLines(collection: Fields): Generator<string> {
  const variables = variablesOf(collection.variables);
  for (const request of listOf(collection.requests).map(fieldsOf)) {
    const own = firstVersionRequest(request, collection, variables);
    const responses = listOf(request.responses).map(fieldsOf);
    if (responses.length === 0) yield exampleLine({ ...own, response: undefined });
    for (const response of responses) {
      const { code } = fieldsOf(response.responseCode);
      const saved = {
        status: code,
        receivedAt: instantOf(Date.parse(stringOf(response.createdAt))),
        latencyMs: response.time,
        bodyBytes: undefined,
        headers: headersOf(response.headers, new Map()),
        body: stringOf(response.text),
      };
      yield exampleLine({ ...own, response: saved });
    }
  }
}

/** `currentHelper` is what authorization was called. */
function firstVersionRequest(
  request: Fields,
  collection: Fields,
  variables: Variables,
): Omit<Example, 'response'> {
  const helper = stringOf(request.currentHelper);
  const form = listOf(request.data).length > 0 ? { formdata: request.data } : {};
  return {
    method: stringOf(request.method) || 'GET',
    ...urlParts({ raw: request.url, variable: pathVariables(request.pathVariables) }, variables),
    isAuthorized: isAuthorized([request, collection]) || (helper !== '' && helper !== 'normal'),
    wasSent: false,
    requestHeaders: headersOf(request.headers, variables),
    requestBody: bodyText({ raw: request.rawModeData, ...form }),
  };
}

function pathVariables(values: unknown): readonly Fields[] {
  return Object.entries(fieldsOf(values)).map(([key, value]) => ({ key, value }));
}
