import type { Exchange } from './exchange.ts';
import { write as writeCombined } from './formats/combined.ts';
import { write as writeKong } from './formats/kong.ts';
import { createRandom, type Random } from './random.ts';
import { logTime } from './time-text.ts';

/**
 * `truncated` is cut before its end, `binary` a TLS greeting on a plain port, `blank` has no text, `foreign`
 * is the same exchange in another format, `stream` is a connection log without any request.
 */
export const DIRT_KINDS = ['truncated', 'binary', 'blank', 'foreign', 'stream'] as const;
export type DirtKind = (typeof DIRT_KINDS)[number];

export interface DirtyLine {
  readonly kind: DirtKind;
  readonly line: string;
}

/** A line as written, and the exchange behind it. */
export interface CleanLine {
  readonly exchange: Exchange;
  readonly line: string;
}

/** Keeps the draws of dirt apart: the clean lines are the same with and without it. */
const DIRT_SEED_OFFSET = 0x6469_7274;
const TLS_GREETING = '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03';
const MAKERS: Readonly<Record<DirtKind, (clean: CleanLine, random: Random) => string>> = {
  truncated,
  binary,
  blank: (_, random) => random.pick(['', '   ']),
  foreign: (clean) => (isJson(clean) ? writeCombined(clean.exchange) : writeKong(clean.exchange)),
  stream,
};

/** Gives a dirty line to follow a clean one, for that share of the lines. */
export function createDirt(seed: number, share: number): (clean: CleanLine) => DirtyLine | undefined {
  const random = createRandom(seed + DIRT_SEED_OFFSET);
  return (clean) => {
    if (!random.chance(share)) return undefined;
    const kind = random.pick(DIRT_KINDS);
    return { kind, line: MAKERS[kind](clean, random) };
  };
}

/** Text logs are cut inside the request line: cut any later they may still be valid common format. */
function truncated(clean: CleanLine, random: Random): string {
  const { line } = clean;
  if (isJson(clean)) return line.slice(0, Math.floor(line.length * (0.1 + 0.8 * random.fraction())));
  return line.slice(0, line.indexOf('"') + 1 + random.below(8));
}

/** Raw bytes in a JSON log; text servers escape them and answer 400. */
function binary(clean: CleanLine, random: Random): string {
  const noise = Array.from({ length: 24 }, () => String.fromCharCode(0x80 + random.below(0x80))).join('');
  if (isJson(clean)) return TLS_GREETING + noise;
  const { clientAddress, startedAt } = clean.exchange;
  return `${clientAddress} - - [${logTime(startedAt)}] "\\x16\\x03\\x01\\x02\\x00\\x01\\x00\\x01\\xFC\\x03\\x03" 400 157 "-" "-"`;
}

function stream(clean: CleanLine, random: Random): string {
  const { clientAddress, startedAt } = clean.exchange;
  const received = 100 + random.below(9000);
  if (!isJson(clean)) return `${clientAddress} [${logTime(startedAt)}] TCP 200 ${received} 517 0.040`;
  return `{"session":{"tls":{},"received":${received},"sent":517,"status":200},"upstream":{"received":${received},"sent":517},"latencies":{"kong":1,"session":40},"tries":{},"client_ip":"${clientAddress}","started_at":${startedAt}}`;
}

function isJson({ line }: CleanLine): boolean {
  return line.startsWith('{');
}
