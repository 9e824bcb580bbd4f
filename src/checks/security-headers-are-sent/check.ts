import type { TrafficFacts } from '../../model/fact.ts';
import {
  kindByBothSides,
  type Reading,
  type Tally,
  tallyOf,
  total,
  unknownReason,
  verdictOf,
} from '../../model/judge.ts';
import type { Check } from '../../model/verdict.ts';

const HEADER_NAMES = {
  contentTypeOptions: 'X-Content-Type-Options',
  strictTransportSecurity: 'Strict-Transport-Security',
  frameOptions: 'X-Frame-Options',
  cacheControl: 'Cache-Control',
} as const;
const HEADER_KEYS = Object.keys(HEADER_NAMES) as (keyof typeof HEADER_NAMES)[]; // keys of a literal, in its order

const reading: Reading = {
  failing: {
    observed: 'responses that lack a security header',
    count: (one) => one.securityHeaders.incomplete,
    example: (one) => one.examples.headersIncomplete,
  },
  passing: {
    observed: 'responses with all four security headers',
    count: (one) => one.securityHeaders.complete,
  },
  unknown: (one) => one.securityHeaders.unknown,
};

export const check: Check = {
  id: 'security-headers-are-sent',
  control: 'security_headers',
  title: 'Security headers are sent',
  why: 'Without these headers clients may guess content types, fall back to plain HTTP, show answers in foreign frames or keep copies of them.',
  remedy:
    'Let the gateway add X-Content-Type-Options, Strict-Transport-Security, X-Frame-Options and Cache-Control to every response.',
  judge: ({ traffic }) => {
    const tally = tallyOf(traffic, reading);
    const kind = kindByBothSides(tally);
    return verdictOf(
      {
        control: 'security_headers',
        kind,
        required: true,
        severity: 'medium',
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
      question: 'whether the security headers are sent',
      source: 'a log with all response headers (Kong, canonical exchange)',
    });
  }
  if (kind === 'pass')
    return `No response lacked a security header; responses with all four: ${tally.passed}.`;
  const lacking = `${tally.failed} of ${tally.failed + tally.passed} responses lacked a security header`;
  return `${lacking}: ${missingNames(traffic).join(', ')}.`;
}

/** `X-Frame-Options (3)`: the most often missing first, then in the order of the control. */
function missingNames(traffic: readonly TrafficFacts[]): string[] {
  return HEADER_KEYS.map((key) => ({
    name: HEADER_NAMES[key],
    count: total(traffic, (one) => one.securityHeaders.missing[key]),
  }))
    .filter(({ count }) => count > 0)
    .sort((left, right) => right.count - left.count)
    .map(({ name, count }) => `${name} (${count})`);
}
