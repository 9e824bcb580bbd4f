import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { inertText } from '../../model/inert-text.ts';
import {
  emptyReport,
  HOSTILE_TEXTS,
  hostileReport,
  largeReport,
  unknownReport,
} from '../../model/report-cases.ts';
import { exampleReport } from '../../model/report-example.ts';
import { displayWidth } from './display-width.ts';
import { output } from './output.ts';

const PLAIN = { width: 100, color: false };
/** The only control sequences that may appear: the colours of the style table, and their ends. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: the escape is what is looked for
const OWN_STYLES = /\u001b\[(?:1|2|22|31|32|33|36|39)m/g;

const REPORTS = [
  { name: 'the example', report: exampleReport },
  { name: 'an empty inventory', report: emptyReport },
  { name: 'a report where everything is unknown', report: unknownReport },
  { name: 'many findings', report: largeReport(30_000) },
  ...HOSTILE_TEXTS.map((text) => ({ name: inertText(text), report: hostileReport(text) })),
];

describe('pretty', () => {
  it('shows every part of the example', () => {
    expect(output.render(exampleReport, PLAIN)).toMatchInlineSnapshot(`
      "Stance  5 endpoints in 3 services · 4 open findings: 2 critical, 1 high, 1 medium
      2026-03-02T06:00:00.000Z

      input                  format    read  accepted  duplicate  blank  rejected
      logs/kong.log          kong     1,000       985         10      2         3
        rejected 2: bad_json, such as xxxx 99 {"xx
        rejected 1: no_status, such as {"xxxxxxx":{}}
      openapi/payments.yaml  openapi      1         1          0      0         0
      openapi/billing.yaml   openapi      1         1          0      0         0
      logs/old.log.gz                     0         0          0      0         0
        problem: the compressed stream ends early
      all inputs                      1,002       987         10      2         3

      Risk
      critical 1 · high 1 · medium 0 · low 2 · unknown 1
      average 49.1 of 100 over 4 endpoints; 1 not assessed
      undocumented 1 (1 unknown) · without authentication 2 (1 unknown) · without TLS 1 (1 unknown)

      Metrics
      metric                   state    value  target  known  unknown
      Discovery coverage       missed    75 %    > 95      4        1
      Average risk             missed    49.1    < 25      4        1
      Critical findings        missed       1     = 0      4        1
      Shadow APIs              missed       1     = 0      4        1
      Authentication coverage  missed    50 %   = 100      4        1
      TLS coverage             missed    75 %   = 100      4        1
      Policy compliance        unknown      –    > 90      0        0
      Mean time to remediate   met        3 d     < 7      1        0

      Top risks
      score  band      classification  operation                  service   fails
      100.0  critical  shadow          DELETE /users/{int}        billing   auth, TLS, rate limit, headers
       50.0  high      external        POST /payments             payments  rate limit, headers
       24.0  low       deprecated      GET /v1/orders             payments  headers
       22.2  low       internal        GET /invoices/{invoiceId}  billing   auth (mixed)

      Policies
      policy                                severity  state     in scope  passed  failed  unknown
      external-apis-require-authentication  critical  violated         2       1       1        0
      deprecated-apis-announce-sunset       low       unknown          1       0       0        1

      Findings
      findings  open  reopened  resolved
      critical     2         0         0
      high         0         1         1
      medium       1         0         0
      low          0         0         0
      info         0         0         0

      Next
      STN-cb0e68aa8c74: Authentication is missing: DELETE /users/{int} (billing). Demand a credential on
      every call.
      Every finding: --output json=report.json
      "
    `);
  });

  it('says why calls that were read made no endpoint', () => {
    const inputs = [
      { path: 'a.log', format: 'kong', read: 9, accepted: 9, duplicate: 0, blank: 0, rejected: {} },
      { path: 'a.yaml', format: 'openapi', read: 4, accepted: 4, duplicate: 0, blank: 0, rejected: {} },
    ];
    const text = output.render({ ...emptyReport, inputs }, PLAIN);
    expect(text).toContain('9 calls were read; all of them were answered 404 or 405');
  });

  it('says that an empty inventory is empty', () => {
    const text = output.render({ ...emptyReport, metrics: [] }, PLAIN);
    expect(text).toMatchInlineSnapshot(`
      "Stance  0 endpoints in 0 services · 0 open findings
      2026-03-02T06:00:00.000Z

      Risk
      The inventory is empty: no endpoint has been found.

      Next
      Give \`stance scan\` access logs or API descriptions.
      docs/reference/formats.md lists what it reads.
      "
    `);
  });

  it('shows unknown as unknown, not as passed or failed', () => {
    expect(output.render(unknownReport, PLAIN)).toMatchInlineSnapshot(`
      "Stance  1 endpoint in 1 service · 0 open findings
      2026-03-02T06:00:00.000Z

      input       format    read  accepted  duplicate  blank  rejected
      access.log  combined     7         7          0      0         0

      Risk
      critical 0 · high 0 · medium 0 · low 0 · unknown 1
      no average: nothing could be assessed; 1 not assessed
      undocumented 0 (1 unknown) · without authentication 0 (1 unknown) · without TLS 0 (1 unknown)

      Metrics
      metric                   state    value  target  known  unknown
      Discovery coverage       unknown      –    > 95      0        1
      Average risk             unknown      –    < 25      0        1
      Critical findings        unknown      –     = 0      0        1
      Shadow APIs              unknown      –     = 0      0        1
      Authentication coverage  unknown      –   = 100      0        1
      TLS coverage             unknown      –   = 100      0        1
      Policy compliance        unknown      –    > 90      0        1
      Mean time to remediate   unknown      –     < 7      0        1

      Top risks
      score  band     classification  operation    service  fails
          –  unknown  unknown         GET /status  edge

      Next
      Let the gateway log request and response headers: without them no control can be judged.
      "
    `);
  });

  it('says when the run was interrupted and which limits were reached', () => {
    const limits = [{ limit: 'shapes per service', bound: 10_000, exceededBy: 1_234 }];
    const text = output.render({ ...emptyReport, metrics: [], complete: false, limits }, PLAIN);
    expect(text).toMatchInlineSnapshot(`
      "Stance  0 endpoints in 0 services · 0 open findings
      2026-03-02T06:00:00.000Z
      Interrupted: this covers what had been read.

      Risk
      The inventory is empty: no endpoint has been found.

      Limits reached
      shapes per service: 10,000, exceeded by 1,234

      Next
      Run the same command again. With --data it goes on where it was interrupted.
      "
    `);
  });

  it('cuts the middle of long paths so that the rest of the row stays', () => {
    const [first, ...others] = exampleReport.report.top_risks;
    const path = `/organisations/{organisationId}${'/departments/{departmentId}'.repeat(4)}/members`;
    const top_risks = [{ ...first, path }, ...others] as typeof exampleReport.report.top_risks;
    const text = output.render({ ...exampleReport, report: { ...exampleReport.report, top_risks } }, PLAIN);
    expect(text.split('\n').find((line) => line.startsWith('100.0'))).toMatchInlineSnapshot(
      `"100.0  critical  shadow          DELETE /organ…ntId}/members  billing   auth, TLS, rat…imit, headers"`,
    );
  });

  it('sums up inputs beyond the fiftieth in one row', () => {
    const [input] = unknownReport.inputs;
    const inputs = Array.from({ length: 60 }, () => input) as typeof exampleReport.inputs;
    const text = output.render({ ...unknownReport, inputs }, PLAIN);
    expect(text.match(/^access\.log .*$/gm)).toHaveLength(50);
    expect(text).toMatch(/^10 more inputs +70 +70 +0 +0 +0$/m);
    expect(text).toMatch(/^all inputs +420 +420 +0 +0 +0$/m);
  });

  it.each(REPORTS)('says the same with and without colour for $name', ({ report }) => {
    const plain = output.render(report, PLAIN);
    const colored = output.render(report, { ...PLAIN, color: true });
    expect(colored).not.toBe(plain);
    expect(stripVTControlCharacters(colored)).toBe(plain);
  });

  it.each(REPORTS)('lets nothing act on the terminal or on CI for $name', ({ report }) => {
    const text = output.render(report, { width: 80, color: true }).replace(OWN_STYLES, '');
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]|##\w*\[|^\s*::/mu);
  });

  it.each(REPORTS)('stays within the width for $name', ({ report }) => {
    for (const width of [40, 80, 200]) {
      const lines = output.render(report, { width, color: false }).split('\n');
      expect(lines.filter((line) => displayWidth(line) > width)).toEqual([]);
      expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
    }
  });
});
