import {
  kindByAnyPass,
  type Reading,
  type Tally,
  tallyOf,
  unknownReason,
  verdictOf,
} from '../../model/judge.ts';
import type { Check } from '../../model/verdict.ts';

const reading: Reading = {
  failing: {
    observed: 'requests to which no schema was applied',
    count: (one) => one.inputValidation.notSeen,
  },
  passing: {
    observed: 'requests checked against a schema, or refused as invalid',
    count: (one) => one.inputValidation.seen,
  },
  unknown: (one) => one.inputValidation.unknown,
};

export const check: Check = {
  id: 'input-is-validated',
  control: 'input_validation',
  title: 'Input is validated',
  why: 'Input that nobody checks against a schema carries injections, unexpected fields and sizes to the service behind.',
  remedy:
    'Validate requests against the API description at the gateway or in the service, and refuse what does not fit.',
  judge: ({ traffic }) => {
    const tally = tallyOf(traffic, reading);
    const kind = kindByAnyPass(tally);
    return verdictOf(
      { control: 'input_validation', kind, required: true, severity: 'high', reason: reasonFor(kind, tally) },
      tally,
    );
  },
};

function reasonFor(kind: ReturnType<typeof kindByAnyPass>, tally: Tally): string {
  if (kind === 'unknown') {
    return unknownReason(tally.calls, {
      question: 'whether requests are validated',
      source: 'a source that says so for each request (`schemaValidated` of the canonical exchange)',
    });
  }
  if (kind === 'fail')
    return `No request was checked against a schema; requests that say so: ${tally.failed}.`;
  return `Requests are validated; checked or refused as invalid: ${tally.passed}, not checked: ${tally.failed}.`;
}
