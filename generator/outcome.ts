import type { Random } from './random.ts';
import type { Operation } from './world.ts';

/** How one call of an operation goes. */
export interface Outcome {
  readonly scheme: 'https' | 'http';
  /** A credential is sent, good or bad. */
  readonly credentialed: boolean;
  /** The gateway knows who calls. */
  readonly identified: boolean;
  readonly status: number;
  readonly answeredBy: 'gateway' | 'upstream';
  /** An earlier target failed before this answer. */
  readonly retried: boolean;
}

type Credential = 'valid' | 'invalid' | 'ignored' | 'none';
type Answer = Pick<Outcome, 'status' | 'answeredBy'>;

const PLAIN_CALL_SHARE = { https: 0.004, both: 0.3, http: 1 } as const;
const RETRIED_SHARE = 0.001;
const SUCCESS: Readonly<Record<string, readonly number[]>> = {
  GET: [200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 200, 304],
  POST: [201, 201, 201, 200, 200, 202],
  PUT: [200, 200, 204],
  PATCH: [200],
  DELETE: [204],
};

/** Decides scheme, credential and answer as the operation's habits have it. */
export function decideOutcome(operation: Operation, random: Random): Outcome {
  const plain = random.chance(PLAIN_CALL_SHARE[operation.tls]);
  const credential = credentialFor(operation, random);
  const answer = answerTo(operation, credential, plain, random);
  return {
    scheme: plain ? 'http' : 'https',
    credentialed: credential !== 'none',
    identified:
      credential === 'valid' &&
      operation.service.gatekeeper === 'gateway' &&
      answer.status !== 301 &&
      answer.status !== 426,
    status: answer.status,
    answeredBy: answer.answeredBy,
    retried: answer.answeredBy === 'upstream' && answer.status < 400 && random.chance(RETRIED_SHARE),
  };
}

function credentialFor(operation: Operation, random: Random): Credential {
  const draw = random.fraction();
  switch (operation.authentication) {
    case 'always':
      if (draw < 0.025) return 'none';
      return draw < 0.04 ? 'invalid' : 'valid';
    case 'mixed':
      if (draw < 0.45) return 'none';
      return draw < 0.46 ? 'invalid' : 'valid';
    case 'missing':
      return draw < 0.4 ? 'none' : 'ignored';
    case 'never':
      return draw < 0.95 ? 'none' : 'ignored';
  }
}

function answerTo(operation: Operation, credential: Credential, plain: boolean, random: Random): Answer {
  const { service } = operation;
  if (plain && operation.tls === 'https') return gateway(service.plainAnswer);
  const refused =
    credential === 'invalid' || (credential === 'none' && operation.authentication === 'always');
  if (refused) return { status: 401, answeredBy: service.gatekeeper };
  if (credential === 'valid' && random.chance(0.006)) return { status: 403, answeredBy: service.gatekeeper };
  if (operation.rateLimit !== 'none' && random.chance(0.004)) return gateway(429);
  if (operation.validation !== 'none' && takesInput(operation) && random.chance(0.012)) {
    return operation.validation === 'gateway' ? gateway(400) : upstream(422);
  }
  return upstream(upstreamStatus(operation, random));
}

function upstreamStatus(operation: Operation, random: Random): number {
  const draw = random.fraction();
  if (draw < 0.002) return 500;
  if (draw < 0.003) return random.pick([502, 503, 504]);
  if (draw < 0.018 && operation.parameters.length > 0) return 404;
  if (draw < 0.021 && operation.method === 'POST') return 409;
  return random.pick(SUCCESS[operation.method] ?? [200]);
}

function takesInput(operation: Operation): boolean {
  return operation.method !== 'GET' || operation.query.length > 0 || operation.parameters.length > 0;
}

function gateway(status: number): Answer {
  return { status, answeredBy: 'gateway' };
}

function upstream(status: number): Answer {
  return { status, answeredBy: 'upstream' };
}
