import { type Config, configSchema } from '../../model/config.ts';
import type { ObservedShape, Origin } from '../../model/shape.ts';
import type { SpecDocument, SpecOperation, SpecServer } from '../../model/spec.ts';

/** Short ways to write the input of route tests. */

export type Mapping = Readonly<Record<string, Partial<Config['services'][string]>>>;

/** Services of `stance.yaml`, with defaults for what is left out. */
export function mapping(services: Mapping): Config['services'] {
  return configSchema.parse({ services }).services;
}

/** `api.example.com` is a host, `kong:orders` a gateway's service, `kong:orders@api.example.com` both, `log:edge` a source. */
export function origin(written: string): Origin {
  const [, log] = /^log:(.*)$/.exec(written) ?? [];
  if (log !== undefined) return { service: '', host: '', source: log };
  const [, service, host] = /^kong:([^@]*)@?(.*)$/.exec(written) ?? [];
  return { service: service ?? '', host: host ?? written, source: '' };
}

/** Shapes at one origin, each written `GET /users/{int}`, with their calls behind them unless there were ten: `GET /users 7`. */
export function seen(at: string, ...written: readonly string[]): ObservedShape[] {
  return written.map((text) => {
    const [, method = '', shape = '', calls = '10', missed] =
      /^(\S+) (.*?)(?: (\d+)( missed)?)?$/.exec(text) ?? [];
    return {
      shapeId: `${at} ${method} ${shape}`,
      origin: origin(at),
      method,
      shape,
      calls: Number(calls),
      found: missed === undefined ? Number(calls) : 0,
      firstSeen: '2026-11-01T00:00:00.000Z',
      lastSeen: '2026-11-02T00:00:00.000Z',
    };
  });
}

interface Written {
  readonly title?: string;
  /** `https://api.example.com/v1`, `//host` or `/v1`. */
  readonly servers?: readonly string[];
  /** `GET /users/{id}`; behind it the operation's own servers, if it has any: `POST /files https://upload.example.com`. */
  readonly operations: readonly string[];
}

export function spec(file: string, { title = '', servers = [], operations }: Written): SpecDocument {
  return {
    file,
    sha256: file,
    edition: '3.1.0',
    title,
    version: '1.0.0',
    servers: servers.map(server),
    operations: operations.map((text, index) => operation(file, text, index + 1)),
    problems: [],
  };
}

function operation(file: string, text: string, line: number): SpecOperation {
  const [method = '', path = '', ...servers] = text.split(' ');
  return {
    method,
    path,
    deprecated: false,
    security: 'unstated',
    location: { file, line },
    ...(servers.length > 0 && { servers: servers.map(server) }),
  };
}

function server(url: string): SpecServer {
  const [, scheme = '', host = '', basePath = ''] = /^(?:(https?):)?(?:\/\/([^/]*))?(.*)$/.exec(url) ?? [];
  return { scheme, host, basePath: basePath.replace(/\/+$/, '') };
}
