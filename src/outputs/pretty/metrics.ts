import type { Metric, ScanReport } from '../../model/report.ts';
import type { Line, Style } from './line.ts';
import { type Cell, type Column, layOutTable } from './table.ts';
import { formatCount } from './words.ts';

const COLUMNS: readonly Column[] = [
  { title: 'metric' },
  { title: 'state' },
  { title: 'value', align: 'right' },
  { title: 'target', align: 'right' },
  { title: 'known', align: 'right' },
  { title: 'unknown', align: 'right' },
];

const STATE_STYLES: Readonly<Record<Metric['met'], Style>> = { met: 'green', missed: 'red', unknown: 'dim' };

/** The metrics beside their targets, with how many endpoints (or findings) each rests on; how is in the JSON. */
export function metricLines({ metrics }: ScanReport, width: number): readonly Line[] {
  if (metrics.length === 0) return [];
  const table = layOutTable(COLUMNS, metrics.map(rowOf), width);
  return [table.header, ...table.rows];
}

function rowOf(metric: Metric): readonly Cell[] {
  return [
    metric.title,
    { text: metric.met, style: STATE_STYLES[metric.met] },
    valueText(metric),
    metric.target,
    formatCount(metric.known),
    formatCount(metric.unknown),
  ];
}

function valueText({ value, unit }: Metric): string {
  if (value === null) return '–';
  if (unit === 'percent') return `${value} %`;
  if (unit === 'days') return `${value} d`;
  return unit === 'score' ? value.toFixed(1) : formatCount(value);
}
