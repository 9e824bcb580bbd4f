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
    observed: 'calls answered over plain HTTP',
    count: (one) => one.transport.http,
    example: (one) => one.examples.plainHttp,
  },
  passing: { observed: 'calls over HTTPS', count: (one) => one.transport.https },
  unknown: (one) => one.transport.unknown,
};

export const check: Check = {
  id: 'transport-is-encrypted',
  control: 'transport_encryption',
  title: 'Transport is encrypted',
  why: 'Whoever sits on the way of a plain HTTP call can read and change everything in it, credentials included.',
  remedy:
    'Serve the endpoint over TLS only, redirect plain HTTP or close its port, and send Strict-Transport-Security.',
  judge: ({ traffic }) => {
    const tally = tallyOf(traffic, reading);
    const kind = kindByBothSides(tally);
    const redirected = total(traffic, (one) => one.transport.redirected);
    return verdictOf(
      {
        control: 'transport_encryption',
        kind,
        required: true,
        severity: 'critical',
        reason: reasonFor(kind, tally, redirectAside(redirected)),
      },
      tally,
    );
  },
};

/** A redirect away from plain HTTP carries no content: it neither proves nor breaks encryption. */
function redirectAside(redirected: number): string {
  return redirected === 0 ? '' : ` (only redirected from plain HTTP, counted on neither side: ${redirected})`;
}

function reasonFor(kind: ReturnType<typeof kindByBothSides>, tally: Tally, aside: string): string {
  if (kind === 'unknown') {
    return unknownReason(tally.calls, {
      question: `whether answers are encrypted${aside}`,
      source: 'a log that names the scheme the client used (Kong, canonical exchange)',
    });
  }
  if (kind === 'pass')
    return `No call was answered over plain HTTP; calls over HTTPS: ${tally.passed}${aside}.`;
  if (kind === 'fail')
    return `${quantity(tally.failed, 'call')} got an answer over plain HTTP, none over HTTPS${aside}.`;
  return `${tally.failed} of ${tally.failed + tally.passed} calls got an answer over plain HTTP${aside}.`;
}
