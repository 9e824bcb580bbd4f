import type { TrafficFacts } from '../../model/fact.ts';
import {
  kindByBothSides,
  quantity,
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
    observed: 'anonymous calls answered 2xx or 304',
    count: (one) => one.authentication.anonymousSucceeded,
    example: (one) => one.examples.anonymousSucceeded,
  },
  passing: {
    observed: 'calls with a credential, or refused for want of one',
    count: (one) => one.authentication.credentialed + one.authentication.refused,
  },
  unknown: (one) => one.authentication.unknown,
};

export const check: Check = {
  id: 'authentication-is-required',
  control: 'authentication',
  title: 'Authentication is required',
  why: 'An endpoint that answers anonymous calls gives its data and its actions to anyone who finds it.',
  remedy:
    'Require a credential at the gateway (OAuth 2.0, a signed token, an API key or a client certificate) and answer 401 without one.',
  judge: ({ traffic }) => {
    const tally = tallyOf(traffic, reading);
    const kind = kindByBothSides(tally);
    return verdictOf(
      {
        control: 'authentication',
        kind,
        required: true,
        severity: 'critical',
        reason: reasonFor(kind, tally, traffic),
      },
      tally,
    );
  },
};

function reasonFor(
  kind: ReturnType<typeof kindByBothSides>,
  tally: Tally,
  traffic: readonly TrafficFacts[],
): string {
  if (kind === 'unknown') {
    return unknownReason(tally.calls, {
      question: 'whether callers must authenticate',
      source: 'a log with all request headers or the named consumer (Kong, canonical exchange)',
    });
  }
  const credentialed = total(traffic, (one) => one.authentication.credentialed);
  const refused = total(traffic, (one) => one.authentication.refused);
  const enforced = `calls with a credential: ${credentialed}, refused for want of one: ${refused}`;
  if (kind === 'pass') return `No anonymous call succeeded; ${enforced}.`;
  if (kind === 'fail') return `${quantity(tally.failed, 'anonymous call')} succeeded; ${enforced}.`;
  return `${tally.failed} of ${tally.failed + tally.passed} calls succeeded anonymously; ${enforced}.`;
}
