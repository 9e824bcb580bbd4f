import { describe, expect, it } from 'vitest';
import { exampleEndpoint, exampleFinding } from '../../model/report-parts.ts';
import { locationOf, relativeUri } from './location.ts';

const URIS: readonly { name: string; file: string; workingDirectory?: string; uri: string | undefined }[] = [
  { name: 'a relative path stays', file: 'openapi/billing.yaml', uri: 'openapi/billing.yaml' },
  { name: 'a leading dot goes', file: './a/../b.yaml', uri: 'b.yaml' },
  {
    name: 'spaces, percent and non-ASCII letters are encoded',
    file: 'my specs/50% é.yaml',
    uri: 'my%20specs/50%25%20%C3%A9.yaml',
  },
  { name: 'a colon cannot make a scheme', file: 'javascript:x', uri: 'javascript%3Ax' },
  { name: 'a lone surrogate is replaced', file: 'a\ud800', uri: 'a%EF%BF%BD' },
  { name: 'a path above the folder is refused', file: '../secret.log', uri: undefined },
  { name: 'a path that climbs out later is refused', file: 'a/../../b', uri: undefined },
  { name: 'an absolute path is refused without a folder', file: '/home/ann/x.log', uri: undefined },
  {
    name: 'an absolute path below the folder is made relative',
    file: '/repo/x.log',
    workingDirectory: '/repo',
    uri: 'x.log',
  },
  {
    name: 'an absolute path beside the folder is refused',
    file: '/repository/x.log',
    workingDirectory: '/repo',
    uri: undefined,
  },
  { name: 'the folder itself is refused', file: '/repo', workingDirectory: '/repo', uri: undefined },
  { name: 'standard input is no file', file: '-', uri: undefined },
  { name: 'a URL is no file', file: 'https://example.test/openapi.json', uri: undefined },
];

describe('relativeUri', () => {
  it.each(URIS)('$name', ({ file, workingDirectory, uri }) => {
    expect(relativeUri(file, workingDirectory)).toBe(uri);
  });
});

const DESCRIBED = exampleEndpoint({
  method: 'GET',
  path: '/users/{id}',
  service_name: 'billing',
  spec_location: { file: 'openapi/billing.yaml', line: 12 },
});
const INPUT = {
  path: 'logs/a.log',
  format: 'kong',
  read: 1,
  accepted: 1,
  duplicate: 0,
  blank: 0,
  rejected: {},
};
const FINDING = exampleFinding(DESCRIBED, {
  rule: 'control:authentication',
  title: 'Missing',
  severity: 'high',
});
const BARE = { ...FINDING, evidence: [] };

describe('locationOf', () => {
  it('names the operation beside the line of the spec', () => {
    expect(
      locationOf(FINDING, { endpoint: DESCRIBED, inputs: [INPUT], workingDirectory: undefined }),
    ).toEqual({
      physicalLocation: {
        artifactLocation: { uri: 'openapi/billing.yaml', uriBaseId: '%SRCROOT%' },
        region: { startLine: 12 },
      },
      logicalLocations: [
        { name: 'GET /users/{id}', fullyQualifiedName: 'billing GET /users/{id}', kind: 'function' },
      ],
    });
  });

  const undocumented = { ...DESCRIBED, spec_location: null };
  const lineless = { ...DESCRIBED, spec_location: { file: 'openapi.json', line: 0 } };
  const elsewhere = { ...DESCRIBED, spec_location: { file: '/etc/specs/billing.yaml', line: 4 } };
  it.each([
    {
      name: 'evidence without a spec',
      finding: FINDING,
      endpoint: undocumented,
      inputs: [INPUT],
      place: 'logs/kong.log:17',
    },
    {
      name: 'the first line of a spec without lines',
      finding: FINDING,
      endpoint: lineless,
      inputs: [],
      place: 'openapi.json:1',
    },
    {
      name: 'evidence when the spec is elsewhere',
      finding: FINDING,
      endpoint: elsewhere,
      inputs: [],
      place: 'logs/kong.log:17',
    },
    {
      name: 'the first input without evidence',
      finding: BARE,
      endpoint: undocumented,
      inputs: [INPUT],
      place: 'logs/a.log:1',
    },
    {
      name: 'the name alone of a file elsewhere',
      finding: BARE,
      endpoint: elsewhere,
      inputs: [],
      place: 'billing.yaml:4',
    },
    {
      name: 'the configuration when there is nothing',
      finding: BARE,
      endpoint: undefined,
      inputs: [],
      place: 'stance.yaml:1',
    },
  ])('points to $name', ({ finding, endpoint, inputs, place }) => {
    const { physicalLocation } = locationOf(finding, { endpoint, inputs, workingDirectory: undefined });
    expect(`${physicalLocation.artifactLocation.uri}:${physicalLocation.region.startLine}`).toBe(place);
  });
});
