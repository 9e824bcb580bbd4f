import { SEVERITIES, type Severity } from './severity.ts';

interface EndpointName {
  readonly service: string;
  readonly path: string;
  readonly method: string;
}

interface RankedRule {
  readonly severity: Severity;
  readonly endpoint: EndpointName;
  readonly identity: { readonly rule: string; readonly apiId: string };
}

/** Orders text by UTF-16 units, the same in every locale. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}

/** Worst first. */
export function compareSeverity(left: Severity, right: Severity): number {
  return SEVERITIES.indexOf(left) - SEVERITIES.indexOf(right);
}

/** The order of endpoints in every output: service, path, method. */
export function compareEndpoints(left: EndpointName, right: EndpointName): number {
  return (
    compareText(left.service, right.service) ||
    compareText(left.path, right.path) ||
    compareText(left.method, right.method)
  );
}

/** The order of findings in every output: severity, endpoint, rule; total over distinct identities. */
export function compareFindings(left: RankedRule, right: RankedRule): number {
  return (
    compareSeverity(left.severity, right.severity) ||
    compareEndpoints(left.endpoint, right.endpoint) ||
    compareText(left.identity.rule, right.identity.rule) ||
    compareText(left.identity.apiId, right.identity.apiId)
  );
}
