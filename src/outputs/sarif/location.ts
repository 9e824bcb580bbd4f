import { posix } from 'node:path';
import type { EndpointReport, FindingReport, ScanReport } from '../../model/report.ts';

/** Names the folder of the checked-out repository, which the reader of the file knows. */
export const SOURCE_ROOT = '%SRCROOT%';
/** Stands for the scan itself when no file with a relative name led to a finding. */
const FALLBACK_FILE = 'stance.yaml';
const URL_SCHEME = /^[a-z][a-z0-9+.-]*:\/\//i;

interface Place {
  readonly file: string;
  readonly line: number;
}

interface LocationContext {
  readonly endpoint: EndpointReport | undefined;
  readonly inputs: ScanReport['inputs'];
  readonly workingDirectory: string | undefined;
}

/** One location: where the spec describes the endpoint, else the first evidence, else the first input. */
export function locationOf(finding: FindingReport, context: LocationContext) {
  const { method, path, service } = finding.endpoint;
  const { uri, line } = artifactOf(placesOf(finding, context), context.workingDirectory);
  const name = `${method} ${path}`;
  return {
    physicalLocation: {
      artifactLocation: { uri, uriBaseId: SOURCE_ROOT },
      region: { startLine: Math.max(1, line) },
    },
    logicalLocations: [{ name, fullyQualifiedName: `${service} ${name}`, kind: 'function' }],
  };
}

/** The path below the working directory, percent-encoded; undefined when it is elsewhere or no file. */
export function relativeUri(file: string, workingDirectory: string | undefined): string | undefined {
  if (file === '' || file === '-' || URL_SCHEME.test(file)) return undefined;
  if (posix.isAbsolute(file) && workingDirectory === undefined) return undefined;
  const relative = posix.isAbsolute(file)
    ? posix.relative(workingDirectory ?? '/', file)
    : posix.normalize(file);
  const segments = relative.split('/');
  if (segments[0] === '..' || relative === '.' || relative === '') return undefined;
  return encodePath(segments);
}

function placesOf(finding: FindingReport, { endpoint, inputs }: LocationContext): readonly Place[] {
  const example = finding.evidence.find((evidence) => evidence.example !== undefined)?.example;
  const [firstInput] = inputs;
  return [
    ...(endpoint?.spec_location ? [endpoint.spec_location] : []),
    ...(example ? [{ file: example.input, line: example.line }] : []),
    ...(firstInput ? [{ file: firstInput.path, line: 1 }] : []),
  ];
}

function artifactOf(places: readonly Place[], workingDirectory: string | undefined) {
  for (const place of places) {
    const uri = relativeUri(place.file, workingDirectory);
    if (uri !== undefined) return { uri, line: place.line };
  }
  // Only the name is left: the folders of another machine or user are nobody's business.
  const [first] = places;
  const name = first === undefined ? '' : posix.basename(first.file);
  return { uri: relativeUri(name, undefined) ?? FALLBACK_FILE, line: first?.line ?? 1 };
}

function encodePath(segments: readonly string[]): string {
  return segments.map((segment) => encodeURIComponent(segment.toWellFormed())).join('/');
}
