import type { Planted } from './exchange.ts';
import { createRequestHeaders, createResponseHeaders } from './headers.ts';
import { createRandom, element, type Random, weighted } from './random.ts';
import { createWorld, type Operation, type Service, type World } from './world.ts';

export interface TrafficOptions {
  readonly seed: number;
  readonly count: number;
  /** Milliseconds since 1970, UTC. */
  readonly start: number;
  readonly days: number;
  /** Names of services; all when absent. */
  readonly services?: readonly string[];
}

/** Keeps the draws of the traffic apart from those of the world. */
const TRAFFIC_SEED_OFFSET = 0x7472_6166;
/** Latency as multiples of the operation's own, one per twentieth of the calls: a long tail. */
const LATENCY_CURVE = [
  0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 1, 1.05, 1.15, 1.25, 1.4, 1.6, 1.9, 2.5, 4, 9, 20,
];

/** Everything the makers of exchanges draw from. */
export interface Scene {
  readonly world: World;
  readonly random: Random;
  readonly operation: (random: Random) => Operation;
  readonly service: (random: Random) => Service;
  readonly requestHeaders: ReturnType<typeof createRequestHeaders>;
  readonly responseHeaders: ReturnType<typeof createResponseHeaders>;
  readonly planted: (like: Planted) => Planted;
  readonly statuses: (status: number) => readonly number[];
}

export function createScene(options: TrafficOptions): Scene {
  const world = createWorld(options);
  const services = chosenServices(world, options.services);
  const operations = services.flatMap((service) => service.operations);
  const statuses = new Map<number, readonly number[]>();
  const planted = new Map<string, Planted>();
  return {
    world,
    random: createRandom(options.seed + TRAFFIC_SEED_OFFSET),
    operation: weighted(
      operations,
      operations.map((operation) => operation.weight),
    ),
    service: (random) => random.pick(services),
    requestHeaders: createRequestHeaders(),
    responseHeaders: createResponseHeaders(),
    planted: (like) =>
      remembered(planted, `${like.kind} ${like.service} ${like.method} ${like.template}`, () => like),
    statuses: (status) => remembered(statuses, status, () => [status]),
  };
}

/** The services of a world that the options ask for; unknown names are an error. */
export function chosenServices(world: World, names: readonly string[] | undefined): readonly Service[] {
  if (names === undefined) return world.services;
  return names.map((name) => {
    const service = world.services.find((candidate) => candidate.name === name);
    if (service === undefined) throw new RangeError(`No service is named ${name}`);
    return service;
  });
}

/** Milliseconds an upstream takes when half of its answers take `baseMs` or less. */
export function drawLatency(baseMs: number, random: Random): number {
  const place = random.fraction() * (LATENCY_CURVE.length - 1);
  const below = Math.floor(place);
  const low = element(LATENCY_CURVE, below);
  const high = element(LATENCY_CURVE, below + 1);
  return Math.max(1, Math.round(baseMs * (low + (high - low) * (place - below))));
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    value = make();
    known.set(key, value);
  }
  return value;
}
