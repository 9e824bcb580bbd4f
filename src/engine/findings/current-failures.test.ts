import { describe, expect, it } from 'vitest';
import { exampleAssessment, exampleOutcome, exampleVerdict } from '../../model/assessment-example.ts';
import type { Policy } from '../../model/policy.ts';
import { CONTROLS, type ControlId, type Evidence } from '../../model/verdict.ts';
import { currentFailures } from './current-failures.ts';
import { findingId, fingerprint } from './finding-identity.ts';

const ENDPOINT = { apiId: '00000000000000a1', service: 'shop', method: 'GET', path: '/orders' };
const PROOF: Evidence = {
  observed: 'anonymous calls answered 2xx',
  count: 4,
  source: 'kong',
  firstSeen: '2026-01-01T00:00:00.000Z',
  lastSeen: '2026-01-01T01:00:00.000Z',
  example: { input: 'kong.log', line: 3 },
};
const POLICY: Policy = {
  name: 'docs',
  description: 'Everything is described.',
  scope: { classification: [] },
  rule: { kind: 'documented' },
  severity: 'low',
  remediation: 'Describe it.',
  source: { file: 'p.yaml', line: 2 },
};
const CHECKS = Object.fromEntries(
  CONTROLS.map((control) => [control, { title: `${control} is fine`, remedy: `Mend ${control}.` }]),
) as Record<ControlId, { title: string; remedy: string }>;

function named(rule: string) {
  const identity = { rule, apiId: ENDPOINT.apiId };
  const hash = fingerprint(identity);
  return { id: findingId(hash), fingerprintVersion: 1, fingerprint: hash, identity, endpoint: ENDPOINT };
}

describe('what fails now', () => {
  it('is every required control that fails or is mixed, and every violated policy', () => {
    const assessment = exampleAssessment({
      verdicts: [
        exampleVerdict('authentication', 'fail', { evidence: [PROOF] }),
        exampleVerdict('transport_encryption', 'mixed'),
        exampleVerdict('rate_limiting', 'unknown'),
        exampleVerdict('cors_policy', 'not-applicable'),
        exampleVerdict('security_headers', 'pass'),
        exampleVerdict('input_validation', 'fail', { required: false }),
      ],
      outcomes: [
        exampleOutcome('docs', 'fail'),
        { ...exampleOutcome('cors', 'mixed'), evidence: [PROOF] },
        exampleOutcome('tls', 'pass'),
        exampleOutcome('limits', 'unknown'),
        exampleOutcome('sunset', 'not-applicable'),
      ],
    });
    const policies = ['docs', 'cors', 'tls', 'limits', 'sunset'].map((name) => ({ ...POLICY, name }));

    const { failing, judged } = currentFailures({ assessments: [assessment], policies, checks: CHECKS });

    expect(failing).toEqual([
      {
        ...named('control:authentication'),
        control: 'authentication',
        title: 'Not met: authentication is fine',
        severity: 'critical',
        reason: 'authentication is fail.',
        remediation: 'Mend authentication.',
        evidence: [PROOF],
      },
      {
        ...named('control:transport_encryption'),
        control: 'transport_encryption',
        title: 'Partly met: transport_encryption is fine',
        severity: 'critical',
        reason: 'transport_encryption is mixed.',
        remediation: 'Mend transport_encryption.',
        evidence: [],
      },
      {
        ...named('policy:docs'),
        control: 'policy',
        title: 'Not met: policy docs',
        severity: 'low',
        reason: 'docs is fail.',
        remediation: 'Describe it.',
        evidence: [],
      },
      {
        ...named('policy:cors'),
        control: 'policy',
        title: 'Partly met: policy cors',
        severity: 'low',
        reason: 'cors is mixed.',
        remediation: 'Describe it.',
        evidence: [PROOF],
      },
    ]);
    expect(Object.fromEntries(judged.get(ENDPOINT.apiId) ?? [])).toEqual({
      'control:authentication': 'fail',
      'control:transport_encryption': 'mixed',
      'control:rate_limiting': 'unknown',
      'control:cors_policy': 'not-applicable',
      'control:security_headers': 'pass',
      'control:input_validation': 'not-applicable',
      'policy:docs': 'fail',
      'policy:cors': 'mixed',
      'policy:tls': 'pass',
      'policy:limits': 'unknown',
      'policy:sunset': 'not-applicable',
    });
  });

  it('is nothing for an empty inventory', () => {
    expect(currentFailures({ assessments: [], policies: [POLICY], checks: CHECKS })).toEqual({
      failing: [],
      judged: new Map(),
    });
  });

  it('cannot be told for a policy that was not given', () => {
    const assessment = exampleAssessment({ outcomes: [exampleOutcome('gone', 'fail')] });
    expect(() => currentFailures({ assessments: [assessment], policies: [POLICY], checks: CHECKS })).toThrow(
      'an outcome names the policy gone, which was not given',
    );
  });
});
