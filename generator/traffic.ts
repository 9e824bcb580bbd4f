import { operationExchange } from './call.ts';
import type { Client } from './clients.ts';
import { createClock } from './clock.ts';
import type { Exchange } from './exchange.ts';
import { decideOutcome, type Outcome } from './outcome.ts';
import { createRandom } from './random.ts';
import { createScene, type Scene, type TrafficOptions } from './scene.ts';
import { malformedExchange, probeExchange } from './stray.ts';
import type { Service } from './world.ts';

/** Keeps the draws of times apart from those of the world and of the traffic. */
const CLOCK_SEED_OFFSET = 0x636c_6f63;
const PROBE_SHARE = 0.015;
const MALFORMED_SHARE = 0.0005;
const HEAD_SHARE = 0.008;
/** Of the calls that browsers make where CORS is configured. */
const PREFLIGHT_SHARE = 0.05;

/** Exchanges in order of time; the same options give the same exchanges on every machine. Memory stays flat. */
export function* generateExchanges(options: TrafficOptions): Generator<Exchange> {
  const scene = createScene(options);
  const clock = createClock(options, createRandom(options.seed + CLOCK_SEED_OFFSET));
  for (let made = 0; made < options.count; made += 1) {
    const startedAt = clock();
    const draw = scene.random.fraction();
    if (draw < MALFORMED_SHARE) yield malformedExchange(scene, startedAt);
    else if (draw < PROBE_SHARE) yield probeExchange(scene, startedAt);
    else yield routeExchange(scene, startedAt);
  }
}

function routeExchange(scene: Scene, startedAt: number): Exchange {
  const { random } = scene;
  const operation = scene.operation(random);
  const outcome = decideOutcome(operation, random);
  const client = clientFor(scene, operation.service, outcome);
  if (client.profile.browser && operation.cors !== 'none' && random.chance(PREFLIGHT_SHARE)) {
    return operationExchange(scene, {
      startedAt,
      operation,
      outcome: preflight(outcome),
      client,
      method: 'OPTIONS',
    });
  }
  const method = operation.method === 'GET' && random.chance(HEAD_SHARE) ? 'HEAD' : operation.method;
  return operationExchange(scene, { startedAt, operation, outcome, client, method });
}

/** The gateway answers a browser's question before a call, whoever asks. */
function preflight(outcome: Outcome): Outcome {
  const redirected = outcome.status === 301 || outcome.status === 426;
  return {
    ...outcome,
    credentialed: false,
    identified: false,
    retried: false,
    status: redirected ? outcome.status : 204,
    answeredBy: 'gateway',
  };
}

function clientFor({ world, random }: Scene, service: Service, outcome: Outcome): Client {
  const { clients } = world;
  const named = outcome.credentialed && outcome.status !== 401;
  if (service.exposure === 'internal') return named ? clients.worker(random) : clients.insider(random);
  if (!named) return clients.visitor(random);
  if (service.exposure === 'partner') return clients.partner(random);
  return random.chance(0.05) ? clients.worker(random) : clients.user(random);
}
