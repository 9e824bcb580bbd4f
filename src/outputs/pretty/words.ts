import type { RiskBand, Severity } from '../../model/severity.ts';
import type { Span, Style } from './line.ts';

const SEVERITY_STYLES: Readonly<Record<Severity | RiskBand, Style>> = {
  critical: 'redBold',
  high: 'red',
  medium: 'yellow',
  low: 'cyan',
  info: 'dim',
  unknown: 'dim',
};

/** `1,234,567`, the same in every locale. */
export function formatCount(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}

/** `1 endpoint`, `2 endpoints`. */
export function countOf(value: number, noun: string): string {
  return `${formatCount(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** The word is the message; the colour repeats it. */
export function severitySpan(severity: Severity | RiskBand): Span {
  return { text: severity, style: SEVERITY_STYLES[severity] };
}
