import { expect, it } from 'vitest';
import { unknownReport } from '../../model/report-cases.ts';
import { exampleEndpoint, exampleTopRisk } from '../../model/report-parts.ts';
import { paint } from './line.ts';
import { topRiskLines } from './risk.ts';

it('names failing controls, and only those that are required', () => {
  const endpoint = exampleEndpoint(
    { method: 'GET', path: '/a', service_name: 's' },
    { authentication: 'mixed', cors_policy: 'fail', rate_limiting: 'fail', input_validation: 'unknown' },
  );
  const security_controls = endpoint.security_controls.map((verdict) => ({
    ...verdict,
    required: verdict.control !== 'cors_policy',
  }));
  const report = {
    ...unknownReport,
    report: { ...unknownReport.report, top_risks: [exampleTopRisk(endpoint)] },
    endpoints: [{ ...endpoint, security_controls }],
  };
  expect(paint(topRiskLines(report, 100), { width: 100, color: false })).toBe(
    [
      'score  band  classification  operation  service  fails',
      '  0.0  low   external        GET /a     s        auth (mixed), rate limit',
      '',
    ].join('\n'),
  );
});
