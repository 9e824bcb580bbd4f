import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' };
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
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
import { output } from './output.ts';

const OPTIONS = { width: 100, color: false };
const validate = sarifValidator();

const REPORTS = [
  { name: 'the example', report: exampleReport },
  { name: 'an empty inventory', report: emptyReport },
  { name: 'a report where everything is unknown', report: unknownReport },
  { name: 'an interrupted run', report: { ...exampleReport, complete: false } },
  { name: 'many findings', report: largeReport(30_000) },
  ...HOSTILE_TEXTS.map((text) => ({ name: inertText(text), report: hostileReport(text) })),
];

describe('sarif', () => {
  it.each(REPORTS)('is valid SARIF for $name', ({ report }) => {
    const text = output.render(report, OPTIONS);
    expect(validate(JSON.parse(text)) ? [] : validate.errors).toEqual([]);
    expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]|##\w*\[|^\s*::/mu);
  });

  it('refuses what the schema refuses, so that a pass means something', () => {
    expect(validate({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
    expect(validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x', rule: [] } } }] })).toBe(false);
  });

  it('writes an open finding with its rule, place and fingerprint', () => {
    const run = runOf(exampleReport);
    const [worst] = run.results;
    expect(worst).toEqual({
      ruleId: 'control:authentication',
      ruleIndex: 0,
      level: 'error',
      message: {
        text: 'Authentication is missing: DELETE /users/{{int}} (billing). 42 of 42 calls show it. Demand a credential on every call.',
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'logs/kong.log', uriBaseId: '%SRCROOT%' },
            region: { startLine: 17 },
          },
          logicalLocations: [
            {
              name: 'DELETE /users/{int}',
              fullyQualifiedName: 'billing DELETE /users/{int}',
              kind: 'function',
            },
          ],
        },
      ],
      partialFingerprints: { 'stanceFingerprint/v1': exampleReport.findings[0]?.fingerprint },
      properties: {
        id: exampleReport.findings[0]?.id,
        api_id: exampleReport.endpoints[0]?.api_id,
        service: 'billing',
        severity: 'critical',
        state: 'open',
        score: 100,
      },
    });
    expect(run.tool.driver.rules[0]).toEqual({
      id: 'control:authentication',
      shortDescription: { text: 'Authentication is missing' },
      fullDescription: { text: 'Authentication is missing' },
      help: { text: 'Demand a credential on every call.' },
      defaultConfiguration: { level: 'error' },
      properties: { 'security-severity': '9.5', tags: ['security', 'api', 'authentication'] },
    });
  });

  it('leaves resolved findings out and keeps reopened ones', () => {
    expect(runOf(exampleReport).results.map(({ properties }) => properties.state)).toEqual([
      'open',
      'open',
      'reopened',
      'open',
    ]);
  });

  it('names the run so that uploads replace each other, and says that all results are there', () => {
    const run = runOf(exampleReport);
    expect(run.automationDetails).toEqual({ id: 'stance/' });
    expect(run.properties).toEqual({ openFindings: 4, results: 4, droppedResults: 0 });
    expect(run.invocations).toEqual([
      {
        executionSuccessful: true,
        endTimeUtc: '2026-03-02T06:00:00.000Z',
        toolExecutionNotifications: [
          { level: 'warning', message: { text: 'logs/old.log.gz: the compressed stream ends early' } },
        ],
      },
    ]);
  });

  it('keeps the 5,000 most severe of 30,000 findings and says how many it left out', () => {
    const run = runOf(largeReport(30_000));
    expect(new Set(run.results.map(({ properties }) => properties.severity))).toEqual(new Set(['critical']));
    expect(run.properties).toEqual({ openFindings: 30_000, results: 5_000, droppedResults: 25_000 });
    expect(run.invocations[0]?.toolExecutionNotifications[0]?.message.text).toBe(
      '25000 less severe findings were left out to keep the file within the limits.',
    );
  });

  it('lists a hundred inputs that could not be read and counts the others', () => {
    const unread = exampleReport.inputs.filter(({ problem }) => problem !== undefined);
    const inputs = Array.from({ length: 103 }, () => unread).flat();
    const texts = runOf({ ...exampleReport, inputs }).invocations[0]?.toolExecutionNotifications;
    expect(texts).toHaveLength(101);
    expect(texts?.at(-1)?.message.text).toBe('3 more inputs could not be read.');
  });

  it('makes absolute paths relative to the working directory', () => {
    const [first] = exampleReport.findings;
    const evidence = { ...first?.evidence[0], example: { input: '/ci/repo/logs/kong.log', line: 2 } };
    const report = {
      ...exampleReport,
      findings: [{ ...first, evidence: [evidence] }],
    } as typeof exampleReport;
    const text = output.render(report, { ...OPTIONS, workingDirectory: '/ci/repo' });
    expect(text).toContain('"uri": "logs/kong.log"');
    expect(text).not.toContain('/ci/');
  });
});

interface RunForTest {
  readonly tool: { readonly driver: { readonly rules: readonly object[] } };
  readonly automationDetails: object;
  readonly properties: object;
  readonly invocations: readonly {
    readonly toolExecutionNotifications: readonly { readonly message: { readonly text: string } }[];
  }[];
  readonly results: readonly { readonly properties: { readonly state: string; readonly severity: string } }[];
}

function runOf(report: typeof exampleReport): RunForTest {
  return JSON.parse(output.render(report, OPTIONS)).runs[0];
}

/** The schema is draft-04; apart from the two root keywords it says the same as draft-07, and one pattern needs the old syntax. */
function sarifValidator() {
  const { $schema: _dialect, id: _id, ...draft07 } = schema;
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false });
  addFormats.default(ajv);
  return ajv.compile(draft07);
}
