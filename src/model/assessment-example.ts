import type { Assessment } from './assessment.ts';
import type { Endpoint } from './endpoint.ts';
import type { PolicyOutcome } from './policy.ts';
import type { Severity } from './severity.ts';
import type { ControlId, Verdict, VerdictKind } from './verdict.ts';

const SEVERITY_OF: Readonly<Record<ControlId, Severity>> = {
  authentication: 'critical',
  transport_encryption: 'critical',
  rate_limiting: 'high',
  cors_policy: 'medium',
  security_headers: 'medium',
  input_validation: 'high',
};

/** What differs from a documented external endpoint of which nothing is judged. */
export interface AssessmentOverrides extends Partial<Omit<Assessment, 'endpoint' | 'score'>> {
  readonly endpoint?: Partial<Endpoint>;
  readonly score?: Partial<Assessment['score']>;
}

/**
 * An assessment for examples and tests: `GET /orders` of the service `shop`, except what is given.
 *
 * @example exampleAssessment({ endpoint: { path: '/users' }, verdicts: [exampleVerdict('authentication', 'fail')] })
 */
export function exampleAssessment(overrides: AssessmentOverrides = {}): Assessment {
  return {
    facts: { exposure: 'external', traffic: [] },
    verdicts: [],
    outcomes: [],
    ...overrides,
    endpoint: {
      apiId: '00000000000000a1',
      service: 'shop',
      method: 'GET',
      path: '/orders',
      routeSource: 'spec',
      exposure: 'external',
      exposureReason: 'Called from public addresses.',
      lifecycle: 'documented',
      classification: 'external',
      documented: true,
      deprecated: false,
      firstDiscovered: '2026-01-01T00:00:00.000Z',
      sensitiveDataTypes: [],
      complianceTags: [],
      trafficVolumeDaily: 0,
      ...overrides.endpoint,
    },
    score: { value: 0, band: 'low', assessed: true, confidence: 1, contributions: [], ...overrides.score },
  };
}

/** A verdict of the kind, with four exchanges on each side that the kind says was seen. */
export function exampleVerdict(
  control: ControlId,
  kind: VerdictKind,
  overrides: Partial<Verdict> = {},
): Verdict {
  return {
    control,
    kind,
    required: kind !== 'not-applicable',
    severity: SEVERITY_OF[control],
    reason: `${control} is ${kind}.`,
    passed: kind === 'pass' || kind === 'mixed' ? 4 : 0,
    failed: kind === 'fail' || kind === 'mixed' ? 4 : 0,
    unknown: 0,
    ...(kind === 'mixed' ? { failedShare: 0.5 } : {}),
    evidence: [],
    ...overrides,
  };
}

/** The outcome of a policy for the endpoint of `exampleAssessment`. */
export function exampleOutcome(policy: string, kind: VerdictKind, apiId = '00000000000000a1'): PolicyOutcome {
  return { policy, apiId, kind, reason: `${policy} is ${kind}.` };
}
