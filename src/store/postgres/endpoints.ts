import { type Selectable, sql } from 'kysely';
import type { Documented, Endpoint } from '../../model/endpoint.ts';
import { type Change, timestamp, update, upsert } from './change.ts';
import type { Database } from './database.ts';
import type { StateStore } from './open-state.ts';

type EndpointRow = Selectable<Database['endpoints']>;

/** The same order on every database, whatever its locale. */
const BY_ROUTE = sql`service collate "C", path collate "C", method collate "C"`;

/**
 * Registers endpoints, or brings them up to date. `firstDiscovered` is never reset; an owner, a version or a last
 * sight that is absent keeps what was set before; an endpoint that was retired is back.
 */
export function upsertEndpoints(endpoints: readonly Endpoint[]): Change[] {
  return endpoints.map((endpoint) =>
    upsert(
      'endpoints',
      { api_id: endpoint.apiId },
      { after: columnsOf(endpoint), initial: { first_discovered: timestamp(endpoint.firstDiscovered) } },
    ),
  );
}

/** Takes endpoints out of the inventory without forgetting them: learning found a better route for their traffic. */
export function retireEndpoints(apiIds: readonly string[], at: Date): Change[] {
  return apiIds.map((apiId) => update('endpoints', { api_id: apiId }, { retired_at: at.toISOString() }));
}

/** The inventory, in order of service, path and method; without the retired. */
export async function listEndpoints(store: StateStore): Promise<Endpoint[]> {
  const rows = await store.db
    .selectFrom('endpoints')
    .selectAll()
    .where('retired_at', 'is', null)
    .orderBy(BY_ROUTE)
    .execute();
  return rows.map(endpointOf);
}

/** Also finds a retired one, so that an identity that was once reported can still be looked up. */
export async function endpointByApiId(store: StateStore, apiId: string): Promise<Endpoint | undefined> {
  const row = await store.db
    .selectFrom('endpoints')
    .selectAll()
    .where('api_id', '=', apiId)
    .executeTakeFirst();
  return row && endpointOf(row);
}

/** One per service that has the route. */
export async function endpointsByRoute(
  store: StateStore,
  route: { readonly method: string; readonly path: string },
): Promise<Endpoint[]> {
  const rows = await store.db
    .selectFrom('endpoints')
    .selectAll()
    .where('retired_at', 'is', null)
    .where('method', '=', route.method)
    .where('path', '=', route.path)
    .orderBy(BY_ROUTE)
    .execute();
  return rows.map(endpointOf);
}

function columnsOf(endpoint: Endpoint) {
  return {
    service: endpoint.service,
    method: endpoint.method,
    path: endpoint.path,
    route_source: endpoint.routeSource,
    exposure: endpoint.exposure,
    exposure_reason: endpoint.exposureReason,
    lifecycle: endpoint.lifecycle,
    classification: endpoint.classification,
    documented: documentedText(endpoint.documented),
    deprecated: endpoint.deprecated,
    sunset: endpoint.sunset ?? null,
    owner: endpoint.owner,
    version: endpoint.version,
    spec_file: endpoint.specLocation?.file ?? null,
    spec_line: endpoint.specLocation?.line ?? null,
    spec_security: endpoint.specSecurity ?? null,
    last_seen: endpoint.lastSeen === undefined ? undefined : timestamp(endpoint.lastSeen),
    sensitive_data_types: endpoint.sensitiveDataTypes,
    compliance_tags: endpoint.complianceTags,
    traffic_volume_daily: String(endpoint.trafficVolumeDaily),
    retired_at: null,
  };
}

function endpointOf(row: EndpointRow): Endpoint {
  return {
    apiId: row.api_id,
    service: row.service,
    method: row.method,
    path: row.path,
    routeSource: row.route_source,
    exposure: row.exposure,
    exposureReason: row.exposure_reason,
    lifecycle: row.lifecycle,
    classification: row.classification,
    documented: documentedOf(row.documented),
    deprecated: row.deprecated,
    ...optionalPartsOf(row),
    firstDiscovered: row.first_discovered,
    sensitiveDataTypes: row.sensitive_data_types,
    complianceTags: row.compliance_tags,
    trafficVolumeDaily: row.traffic_volume_daily,
  };
}

function optionalPartsOf(row: EndpointRow): Partial<Endpoint> {
  return {
    ...(row.sunset !== null && { sunset: row.sunset }),
    ...(row.owner !== null && { owner: row.owner }),
    ...(row.version !== null && { version: row.version }),
    ...(row.spec_file !== null &&
      row.spec_line !== null && { specLocation: { file: row.spec_file, line: row.spec_line } }),
    ...(row.spec_security !== null && { specSecurity: row.spec_security }),
    ...(row.last_seen !== null && { lastSeen: row.last_seen }),
  };
}

function documentedText(documented: Documented): EndpointRow['documented'] {
  if (documented === 'unknown') return documented;
  return documented ? 'true' : 'false';
}

function documentedOf(text: EndpointRow['documented']): Documented {
  return text === 'unknown' ? text : text === 'true';
}
