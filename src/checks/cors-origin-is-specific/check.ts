import type { Exposure } from '../../model/endpoint.ts';
import type { TrafficFacts } from '../../model/fact.ts';
import {
  type Count,
  kindByBothSides,
  quantity,
  type Reading,
  type Side,
  tallyOf,
  total,
  unknownReason,
  verdictOf,
} from '../../model/judge.ts';
import type { Check, VerdictKind } from '../../model/verdict.ts';

const passing: Side = {
  observed: 'responses that allow specific origins',
  count: (one) => one.cors.specific,
};
const unknown: Count = (one) => one.cors.unknown;

const withOrigin: Reading = {
  failing: {
    observed: 'responses that allow any origin',
    count: (one) => one.cors.wildcard,
    example: (one) => one.examples.corsWildcard,
  },
  passing,
  unknown,
};

/** Servers send CORS headers to browsers of other origins only, so absence counts where nothing else speaks. */
const withoutOrigin: Reading = {
  failing: { observed: 'responses without Access-Control-Allow-Origin', count: (one) => one.cors.absent },
  passing,
  unknown,
};

export const check: Check = {
  id: 'cors-origin-is-specific',
  control: 'cors_policy',
  title: 'CORS allows specific origins only',
  why: 'An endpoint that allows every origin lets any website call it from the browser of a visitor and read the answer.',
  remedy:
    'List the allowed origins in the CORS policy of the gateway and answer with the one that asked, never with `*`.',
  judge: ({ exposure, traffic }) => {
    const wildcard = total(traffic, (one) => one.cors.wildcard);
    const specific = total(traffic, (one) => one.cors.specific);
    const tally = tallyOf(traffic, wildcard + specific > 0 ? withOrigin : withoutOrigin);
    const required = exposure === 'external';
    const kind = required ? kindByBothSides(tally) : 'not-applicable';
    return verdictOf(
      {
        control: 'cors_policy',
        kind,
        required,
        severity: wildcard > 0 ? 'high' : 'medium',
        reason: reasonFor(kind, exposure, traffic),
      },
      tally,
    );
  },
};

function reasonFor(kind: VerdictKind, exposure: Exposure, traffic: readonly TrafficFacts[]): string {
  if (kind === 'unknown') {
    return unknownReason(
      total(traffic, (one) => one.calls),
      {
        question: 'which origins are allowed',
        source: 'a log with all response headers (Kong, canonical exchange)',
      },
    );
  }
  if (kind !== 'not-applicable') return `${originsSeen(traffic)}.`;
  const standing = exposure === 'unknown' ? 'the exposure of this one is unknown' : `this one is ${exposure}`;
  return `A CORS policy is required of external endpoints and ${standing}; ${originsSeen(traffic)}.`;
}

function originsSeen(traffic: readonly TrafficFacts[]): string {
  const wildcard = total(traffic, (one) => one.cors.wildcard);
  const specific = total(traffic, (one) => one.cors.specific);
  const absent = total(traffic, (one) => one.cors.absent);
  const seen = [
    wildcard > 0 ? `${quantity(wildcard, 'response')} allowed any origin` : '',
    specific > 0 ? `${quantity(specific, 'response')} allowed a specific origin` : '',
    absent > 0 ? `${quantity(absent, 'response')} had no Access-Control-Allow-Origin` : '',
  ].filter((part) => part !== '');
  return seen.length > 0 ? seen.join(', ') : 'no response showed its CORS headers';
}
