import type { TrafficFacts } from '../../model/fact.ts';
import {
  kindByAnyPass,
  type Reading,
  type Tally,
  tallyOf,
  total,
  unknownReason,
  verdictOf,
} from '../../model/judge.ts';
import type { Check } from '../../model/verdict.ts';

const reading: Reading = {
  failing: {
    observed: 'responses without any sign of a rate limit',
    count: (one) => one.rateLimiting.absent,
  },
  passing: {
    observed: 'responses that announce a rate limit, or 429 from the gateway',
    count: (one) => one.rateLimiting.announced + one.rateLimiting.refusedByGateway,
  },
  unknown: (one) => one.rateLimiting.unknown,
};

export const check: Check = {
  id: 'rate-limit-is-enforced',
  control: 'rate_limiting',
  title: 'A rate limit is enforced',
  why: 'Without a limit one caller can exhaust the service, guess credentials or copy all data, call by call.',
  remedy:
    'Set a rate limit for the route at the gateway, for each consumer, and let it send its rate-limit headers.',
  judge: ({ traffic }) => {
    const tally = tallyOf(traffic, reading);
    const kind = kindByAnyPass(tally);
    return verdictOf(
      {
        control: 'rate_limiting',
        kind,
        required: true,
        severity: 'high',
        reason: reasonFor(kind, tally, traffic),
      },
      tally,
    );
  },
};

function reasonFor(
  kind: ReturnType<typeof kindByAnyPass>,
  tally: Tally,
  traffic: readonly TrafficFacts[],
): string {
  if (kind === 'unknown') {
    return unknownReason(tally.calls, {
      question: 'whether calls are limited',
      source: 'a log with all response headers (Kong, canonical exchange)',
    });
  }
  if (kind === 'fail') {
    return `No rate limit was announced, nor enforced by the gateway; responses with all headers visible: ${tally.failed}.`;
  }
  const announced = total(traffic, (one) => one.rateLimiting.announced);
  const refused = total(traffic, (one) => one.rateLimiting.refusedByGateway);
  return `A rate limit exists; responses that announce it: ${announced}, 429 from the gateway: ${refused}, neither: ${tally.failed}.`;
}
