import { literalText } from './literal-text.ts';
import { segmentShape } from './segment-shape.ts';

/** A parameter with whatever stands in its braces, one level of nested braces included: `{id:[0-9]{3}}`. */
const PARAMETER = /\{(?:[^{}/]|\{[^{}/]*\})*\}/g;
const WHOLE_PARAMETER = new RegExp(`^(?:${PARAMETER.source})$`);
/** Several segments at once, as gateways write it: `{proxy+}`, `{path*}`, `{+path}`, `{*path}`. */
const CATCH_ALL = /^\{(?:[+*][^{}]*|[^{}]*[+*])\}$/;
/** As it stands in shapes. */
const VERSION = /^(?:\{int\}|v?[0-9]+(?:\.[0-9]+)*(?:(?:alpha|beta|rc)[0-9]*)?)$/i;

/** Empty segments mean nothing: `/a//b/` is `/a/b`. */
export function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

/**
 * The template below a base path as traffic would show it: without empty segments and matrix parameters, literals
 * decoded, parameters as written. A description and a shape that mean the same route have the same path up to
 * the names of parameters.
 */
export function routePath(basePath: string, path: string): string {
  const segments = segmentsOf(`${basePath}/${path}`).map(plainSegment);
  return `/${segments.filter((segment) => segment !== '').join('/')}`;
}

/** The literal text around the parameters of a segment: one piece more than there are parameters. */
export function piecesOf(segment: string): string[] {
  return segment.split(PARAMETER);
}

export function isParameter(segment: string): boolean {
  return WHOLE_PARAMETER.test(segment);
}

export function isCatchAll(segment: string): boolean {
  return CATCH_ALL.test(segment);
}

/** The segments of a base path as they stand in shapes; `{}` stands for any segment. */
export function baseSegments(basePath: string): string[] {
  return segmentsOf(routePath('', basePath)).map((segment) =>
    isParameter(segment) ? '{}' : segmentShape(segment),
  );
}

/** The segments are those of a base path or lie below it; no segments hold everything, and `/v1` no `/v10`. */
export function isBelow(base: readonly string[], segments: readonly string[]): boolean {
  return (
    base.length <= segments.length &&
    base.every((segment, index) => segment === '{}' || segment === segments[index])
  );
}

/** A base path without the version at its end: `/billing/v2` is `/billing`, and `/v2` the root. */
export function withoutVersion(base: readonly string[]): readonly string[] {
  const end = base.findLastIndex((segment) => !VERSION.test(segment));
  return base.slice(0, end + 1);
}

function plainSegment(segment: string): string {
  if (!segment.includes('{')) return plainText(segment);
  const parameters = segment.match(PARAMETER) ?? [];
  const pieces = piecesOf(segment);
  // A matrix parameter ends the segment, wherever it begins.
  const end = pieces.findIndex((piece) => piece.includes(';'));
  const kept = end === -1 ? pieces : pieces.slice(0, end + 1);
  return kept.map((piece, index) => `${parameters[index - 1] ?? ''}${plainText(piece)}`).join('');
}

function plainText(piece: string): string {
  const text = literalText(piece);
  return text === '{text}' ? piece : text;
}
