import { createDirt } from './dirt.ts';
import { formatNamed } from './formats.ts';
import type { TrafficOptions } from './scene.ts';
import { generateExchanges } from './traffic.ts';
import type { TruthCollector } from './truth.ts';

export interface LineOptions extends Partial<TrafficOptions> {
  /** The id of a format. */
  readonly format: string;
  /** JSON formats only: arrays of up to so many records, as batching gateways send them; dirt stays between. */
  readonly array?: number | undefined;
  /** JSON formats only: each record as a document over many lines. */
  readonly pretty?: boolean | undefined;
  /** One malformed line more for that share of the exchanges. */
  readonly dirty?: number | undefined;
  /** Counts what was written while it is written. */
  readonly truth?: TruthCollector | undefined;
}

export const TRAFFIC_DEFAULTS = { seed: 1, count: 10_000, start: Date.UTC(2026, 10, 1), days: 7 } as const;

/** The bytes of a file, as latin1 text in pieces: records with what the format puts around and between them. */
export function* generateText(options: LineOptions): Generator<string> {
  const { document } = formatNamed(options.format);
  let before = document?.head ?? '';
  for (const line of generateLines(options)) {
    yield document === undefined ? `${line}\n` : before + line;
    before = document?.separator ?? '';
  }
  if (document !== undefined) yield document.tail;
}

/**
 * The lines of a log, without line ends. Each character stands for one byte (latin1): lines are ASCII, and
 * binary dirt is not valid UTF-8. Exchanges are the same for every format, with and without dirt.
 */
export function* generateLines(options: LineOptions): Generator<string> {
  const { truth, dirty } = options;
  const format = formatNamed(options.format);
  const traffic = { ...TRAFFIC_DEFAULTS, ...options };
  const dirtAfter = dirty ? createDirt(traffic.seed, dirty) : undefined;
  const packing = packingFor(options);
  const counted = (line: string): string => {
    truth?.addLine();
    return line;
  };
  for (const exchange of generateExchanges(traffic)) {
    if (format.holds?.(exchange) === false) continue;
    const line = format.write(exchange);
    truth?.add(exchange);
    const packed = packing.add(line);
    if (packed !== undefined) yield counted(packed);
    const dirt = dirtAfter?.({ exchange, line });
    if (dirt === undefined) continue;
    truth?.addDirty(dirt.kind);
    yield counted(dirt.line);
  }
  yield* packing.rest().map(counted);
}

/** How records become lines. */
interface Packing {
  /** The line that is complete with this record. */
  add(record: string): string | undefined;
  /** What is begun and not complete: one line or none. */
  rest(): string[];
}

function packingFor({ array, pretty }: LineOptions): Packing {
  const dressed = pretty
    ? (text: string) => JSON.stringify(JSON.parse(text), null, 2)
    : (text: string) => text;
  if (array === undefined) return { add: dressed, rest: () => [] };
  let batch: string[] = [];
  const rest = () => {
    const text = batch.length === 0 ? [] : [dressed(`[${batch.join(',')}]`)];
    batch = [];
    return text;
  };
  return {
    add: (record) => (batch.push(record) === array ? rest()[0] : undefined),
    rest,
  };
}
