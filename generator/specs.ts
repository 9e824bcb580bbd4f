import type { ValueKind } from './values.ts';
import type { Operation, Parameter, Service } from './world.ts';
import { yamlOf } from './yaml.ts';

export interface SpecFile {
  /** `accounts.yaml` or `billing.json`. */
  readonly name: string;
  readonly text: string;
}

type Json = { readonly [key: string]: unknown };

const SCHEMAS: Partial<Record<ValueKind, Json>> = {
  int: { type: 'integer', minimum: 1 },
  page: { type: 'integer', minimum: 1 },
  limit: { type: 'integer', maximum: 100 },
  uuid: { type: 'string', format: 'uuid' },
  date: { type: 'string', format: 'date' },
  email: { type: 'string', format: 'email' },
  flag: { type: 'boolean' },
};
const SECURITY_SCHEMES = {
  bearer: { type: 'http', scheme: 'bearer' },
  'api-key': { type: 'apiKey', in: 'header', name: 'x-api-key' },
  cookie: { type: 'apiKey', in: 'cookie', name: 'session' },
  certificate: { type: 'mutualTLS' },
} as const;

/**
 * An OpenAPI 3.1 document for each described service: its documented operations, called or not. Every other
 * one is JSON, so that both notations are met.
 */
export function writeSpecs(services: readonly Service[]): SpecFile[] {
  const described = services.filter((service) => service.described);
  return described.map((service, position) => {
    const document = documentOf(service);
    if (position % 2 === 0) return { name: `${service.name}.yaml`, text: yamlOf(document) };
    return { name: `${service.name}.json`, text: `${JSON.stringify(document, null, 2)}\n` };
  });
}

function documentOf(service: Service): Json {
  const operations = service.operations.filter((operation) => operation.planted.documented === true);
  const paths: Record<string, Record<string, Json>> = {};
  for (const operation of operations) {
    paths[operation.path] ??= {};
    const item = paths[operation.path] ?? {};
    item[operation.method.toLowerCase()] = operationOf(operation);
  }
  return {
    openapi: '3.1.0',
    info: { title: `${service.name} API`, version: '1.4.0', 'x-owner': service.owner },
    servers: [{ url: `${service.tls === 'http' ? 'http' : 'https'}://${service.host}${service.basePath}` }],
    ...(service.authentication === 'never' ? {} : { security: [{ [service.credential]: [] }] }),
    paths,
    components: { securitySchemes: { [service.credential]: SECURITY_SCHEMES[service.credential] } },
  };
}

function operationOf(operation: Operation): Json {
  const { method, planted, parameters, query, contentType } = operation;
  const listed = [
    ...parameters.map((parameter) => parameterOf(parameter, 'path')),
    ...query.map(({ name, value }) => parameterOf({ name, kind: value }, 'query')),
  ];
  return {
    operationId: operationIdOf(operation),
    ...(planted.deprecated && { deprecated: true }),
    ...(planted.sunset !== null && { 'x-sunset': planted.sunset }),
    ...securityOf(operation),
    ...(listed.length > 0 && { parameters: listed }),
    ...(['POST', 'PUT', 'PATCH'].includes(method) && {
      requestBody: { content: { 'application/json': { schema: { type: 'object' } } } },
    }),
    responses: { '200': { description: 'Done', content: { [contentType]: { schema: {} } } } },
  };
}

/** Only where the operation differs from its service: an empty list opens it, an empty alternative makes it optional. */
function securityOf({ authentication, service }: Operation): Json {
  if (authentication === 'never') return { security: [] };
  if (authentication === 'mixed') return { security: [{}, { [service.credential]: [] }] };
  return service.authentication === 'never' ? { security: [{ [service.credential]: [] }] } : {};
}

function parameterOf({ name, kind }: Parameter, location: 'path' | 'query'): Json {
  const schema = SCHEMAS[kind] ?? { type: 'string' };
  return { name, in: location, ...(location === 'path' && { required: true }), schema };
}

/** `GET /v1/users/{userId}` becomes `getV1UsersByUserId`. */
function operationIdOf({ method, path }: Operation): string {
  const words = path
    .replaceAll('{', 'by-')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '');
  return method.toLowerCase() + words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
}
