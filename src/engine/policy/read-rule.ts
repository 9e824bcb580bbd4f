import type { PolicyRule } from '../../model/policy.ts';
import { CONTROLS } from '../../model/verdict.ts';
import {
  keyList,
  type MappingParts,
  type Part,
  quoted,
  type Report,
  readMapping,
  readText,
  readTrue,
  readWord,
} from './policy-nodes.ts';

const DEMANDS = ['control', 'documented', 'header_present'] as const;
const CONTROL_DEMANDS = ['required', 'condition'] as const;
const RULE = { keys: [...DEMANDS, ...CONTROL_DEMANDS], required: [] };
const FORMS =
  '`control` with `required: true`, `control: cors_policy` with `condition: "origin != \'*\'"`, `documented: true` or `header_present: "Sunset"`';

/** Response headers whose presence is recorded for every endpoint. */
const RECORDED_HEADERS = ['Sunset'] as const;
const WILDCARD = '*';
const CONDITION = /^\s*origin\s*!=\s*(?:'([^']*)'|"([^"]*)")\s*$/;

/** Reads what a policy demands; exactly one of the known forms. */
export function readRule(part: Part, report: Report): PolicyRule | undefined {
  const rule = readMapping(part, RULE, report);
  if (rule === undefined) return undefined;
  switch (onlyDemand(rule, report)) {
    case 'control':
      return readControlRule(rule, report);
    case 'documented':
      return readDocumentedRule(rule, report);
    case 'header_present':
      return readHeaderRule(rule, report);
    default:
      return undefined;
  }
}

function onlyDemand(
  { offset, parts, meant }: MappingParts,
  report: Report,
): (typeof DEMANDS)[number] | undefined {
  const demands = DEMANDS.filter((key) => parts.has(key) || meant.has(key));
  if (demands.length > 1) {
    report(
      offset,
      `the rule demands ${keyList(demands)} at once; keep one and write a policy for each other`,
    );
    return undefined;
  }
  const [demand] = demands;
  if (demand === undefined) report(offset, `the rule demands nothing; write ${FORMS}`);
  if (demand !== 'control') refuseControlDemands(parts, report);
  return demand;
}

/** `required` and `condition` say something about a control; beside anything else they would be ignored. */
function refuseControlDemands(parts: MappingParts['parts'], report: Report): void {
  for (const key of CONTROL_DEMANDS) {
    const stray = parts.get(key);
    if (stray !== undefined)
      report(stray.offset, `\`${key}\` belongs to a \`control\`; name the control or remove it`);
  }
}

function readControlRule({ offset, parts, meant }: MappingParts, report: Report): PolicyRule | undefined {
  const named = parts.get('control');
  const control = named === undefined ? undefined : readWord(named, CONTROLS, report);
  const required = parts.get('required');
  const condition = parts.get('condition');
  if (required !== undefined && condition !== undefined) {
    report(offset, 'the rule has `required` and `condition`; keep one and write a policy for the other');
    return undefined;
  }
  if (required !== undefined) {
    const demanded = readTrue(required, report);
    return control === undefined || demanded === undefined
      ? undefined
      : { kind: 'control-required', control };
  }
  if (condition !== undefined) return readCondition(condition, control, report);
  if (CONTROL_DEMANDS.some((key) => meant.has(key))) return undefined;
  report(offset, '`control` alone demands nothing; add `required: true`, or for `cors_policy` a `condition`');
  return undefined;
}

function readCondition(part: Part, control: string | undefined, report: Report): PolicyRule | undefined {
  const text = readText(part, report);
  if (text === undefined) return undefined;
  const match = CONDITION.exec(text);
  if (match === null) {
    report(part.offset, `the condition ${quoted(text)} is not understood; write \`origin != '<value>'\``);
    return undefined;
  }
  const origin = match[1] ?? match[2] ?? '';
  if (origin !== WILDCARD) {
    const why = 'of allowed origins only the wildcard is recorded';
    report(part.offset, `the origin ${quoted(origin)} cannot be judged: ${why}; write \`origin != '*'\``);
    return undefined;
  }
  if (control !== undefined && control !== 'cors_policy') {
    report(
      part.offset,
      `a condition on the origin needs \`control: cors_policy\`, not ${quoted(control)}; change one`,
    );
    return undefined;
  }
  return control === undefined ? undefined : { kind: 'cors-origin-is-not', control: 'cors_policy', origin };
}

function readDocumentedRule({ parts }: MappingParts, report: Report): PolicyRule | undefined {
  const documented = parts.get('documented');
  if (documented === undefined || readTrue(documented, report) === undefined) return undefined;
  return { kind: 'documented' };
}

function readHeaderRule({ parts }: MappingParts, report: Report): PolicyRule | undefined {
  const part = parts.get('header_present');
  const text = part === undefined ? undefined : readText(part, report);
  if (part === undefined || text === undefined) return undefined;
  const header = RECORDED_HEADERS.find((name) => name.toLowerCase() === text.toLowerCase());
  if (header === undefined) {
    const recorded = `the headers recorded for policies are ${keyList(RECORDED_HEADERS)}`;
    report(part.offset, `the header ${quoted(text)} cannot be judged; ${recorded}, name one of them`);
    return undefined;
  }
  return { kind: 'header-present', header };
}
