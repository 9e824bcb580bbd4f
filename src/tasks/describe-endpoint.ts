import { classification, dailyVolume, exposure, lifecycle } from '../engine/classify/classify.ts';
import type { AssignedRoute } from '../engine/routes/assign-routes.ts';
import type { Config } from '../model/config.ts';
import { DATA_TYPES } from '../model/data-type.ts';
import type { Endpoint } from '../model/endpoint.ts';
import type { TrafficFacts } from '../model/fact.ts';

export interface EndpointInput {
  readonly route: AssignedRoute;
  /** The route's `api_id`. */
  readonly id: string;
  readonly observed: readonly TrafficFacts[];
  /** What the inventory held of it before. */
  readonly known: Endpoint | undefined;
  readonly config: Config;
  readonly now: Date;
}

/** A version in a path: `/v2/users`, `/api/v1.1/users`. */
const PATH_VERSION = /\/(v[0-9]+(?:\.[0-9]+)*)(?=\/|$)/;

/** The endpoint of a route: what is written about it, what traffic shows of it, and what was known before. */
export function describeEndpoint(input: EndpointInput): Endpoint {
  const { route, id, observed, known, now } = input;
  const found = new Set(observed.flatMap((facts) => Object.keys(facts.sensitive)));
  const lastSeen = observed
    .map((facts) => facts.lastSeen)
    .sort()
    .at(-1);
  return {
    apiId: id,
    service: route.service,
    method: route.method,
    path: route.path,
    routeSource: route.source,
    documented: route.documented,
    ...standing(input),
    ...written(input),
    firstDiscovered: known?.firstDiscovered ?? now.toISOString(),
    sensitiveDataTypes: DATA_TYPES.filter((type) => found.has(type)),
    trafficVolumeDaily: dailyVolume(observed),
    ...(lastSeen !== undefined && { lastSeen }),
  };
}

type Standing = Pick<Endpoint, 'exposure' | 'exposureReason' | 'lifecycle' | 'classification' | 'deprecated'>;

/** From where it is reached, and how documents and traffic agree on it. */
function standing({ route, observed, config, now }: EndpointInput): Standing {
  const configured = config.services[route.service]?.exposure;
  const sum = (count: (facts: TrafficFacts) => number) =>
    observed.reduce((total, facts) => total + count(facts), 0);
  const reach = exposure({
    configured,
    publicAddress: sum((facts) => facts.clients.publicAddress),
    privateAddress: sum((facts) => facts.clients.privateAddress),
  });
  const deprecated = route.described?.operation.deprecated ?? false;
  const stage = lifecycle({
    documented: route.documented,
    deprecated,
    sunset: sunsetOf(route),
    hasTraffic: observed.length > 0,
    now,
  });
  return {
    exposure: reach.exposure,
    exposureReason: reach.reason,
    lifecycle: stage,
    classification: classification(reach.exposure, stage),
    deprecated,
  };
}

type Written = Pick<
  Endpoint,
  'complianceTags' | 'specLocation' | 'specSecurity' | 'sunset' | 'owner' | 'version'
>;

/** What configuration and spec say; an owner once known stays until another is named. */
function written({ route, known, config }: EndpointInput): Written {
  const service = config.services[route.service];
  const { described } = route;
  const owner = service?.owner ?? described?.operation.owner ?? described?.spec.owner ?? known?.owner;
  const version = described?.spec.version ?? PATH_VERSION.exec(route.path)?.[1];
  const sunset = sunsetOf(route);
  return {
    complianceTags: service?.complianceTags ?? [],
    ...(described !== undefined && {
      specLocation: described.operation.location,
      specSecurity: described.operation.security,
    }),
    ...(sunset !== undefined && { sunset }),
    ...(owner !== undefined && { owner }),
    ...(version !== undefined && { version }),
  };
}

const sunsetOf = ({ described }: AssignedRoute) => described?.operation.sunset ?? described?.spec.sunset;
