import type { Clock, LogField, TimePart } from './log-token.ts';
import { readStrftime, unknownLetter } from './strftime.ts';

const IGNORED_WORD: LogField = { meaning: 'ignored', shape: 'word' };
const IGNORED_TEXT: LogField = { meaning: 'ignored', shape: 'text' };
const IGNORED_NUMBER: LogField = { meaning: 'ignored', shape: 'number' };

/** Directives that take no argument, or mean the same with any. */
const DIRECTIVES: ReadonlyMap<string, LogField> = new Map<string, LogField>(
  Object.entries({
    h: { meaning: 'client', shape: 'word', rank: 1 },
    A: IGNORED_WORD,
    l: IGNORED_WORD,
    u: { meaning: 'user', shape: 'text' },
    r: { meaning: 'requestLine', shape: 'text' },
    m: { meaning: 'method', shape: 'word' },
    U: { meaning: 'path', shape: 'path' },
    q: { meaning: 'query', shape: 'markedQuery' },
    H: IGNORED_WORD,
    b: { meaning: 'responseBytes', shape: 'digits', rank: 1 },
    B: { meaning: 'responseBytes', shape: 'digits', rank: 1 },
    O: { meaning: 'responseBytes', shape: 'digits', rank: 0 },
    I: { meaning: 'requestBytes', shape: 'digits' },
    S: IGNORED_NUMBER,
    D: { meaning: 'latency', shape: 'number', unitMs: 0.001, rank: 0 },
    V: { meaning: 'host', shape: 'host', rank: 1 },
    v: { meaning: 'host', shape: 'host', rank: 2 },
    p: IGNORED_NUMBER,
    P: IGNORED_WORD,
    k: IGNORED_NUMBER,
    X: IGNORED_WORD,
    L: IGNORED_WORD,
    f: IGNORED_TEXT,
    R: IGNORED_WORD,
    e: IGNORED_TEXT,
    n: IGNORED_TEXT,
    '^ti': IGNORED_TEXT,
    '^to': IGNORED_TEXT,
  }),
);

const REQUEST_HEADERS: ReadonlyMap<string, LogField> = new Map<string, LogField>(
  Object.entries({
    host: { meaning: 'host', shape: 'host', rank: 0 },
    'x-forwarded-for': { meaning: 'forwardedFor', shape: 'list' },
    'x-forwarded-proto': { meaning: 'forwardedProto', shape: 'word' },
  }),
);

/** What mod_ssl tells as `%{...}x`, and as environment variables with `%{...}e`. */
const TLS_VARIABLES: ReadonlyMap<string, LogField> = new Map<string, LogField>(
  Object.entries({
    SSL_PROTOCOL: { meaning: 'tlsProtocol', shape: 'word' },
    SSL_CLIENT_VERIFY: { meaning: 'clientVerify', shape: 'word' },
    HTTPS: { meaning: 'https', shape: 'letters' },
  }),
);

const TIME_UNITS: ReadonlyMap<string, LogField> = new Map<string, LogField>(
  Object.entries({
    us: { meaning: 'latency', shape: 'number', unitMs: 0.001, rank: 0 },
    ms: { meaning: 'latency', shape: 'number', unitMs: 1, rank: 1 },
    s: { meaning: 'latency', shape: 'number', unitMs: 1000, rank: 2 },
  }),
);

/** What a directive says, or why it cannot be compiled. `argument` is what stands in `{}`. */
export function apacheDirective(
  letter: string,
  argument: string | undefined,
  modifier: string,
): LogField | { readonly problem: string } {
  if (letter === 's') return { meaning: 'status', shape: 'digits', rank: modifier.includes('>') ? 0 : 1 };
  if (letter === 'a') return { meaning: 'client', shape: 'word', rank: argument === 'c' ? 2 : 0 };
  if (letter === 'T')
    return TIME_UNITS.get(argument ?? 's') ?? { problem: `%{${argument}}T is none of s, ms, us.` };
  if (letter === 't') return timeField(argument);
  const named = argument === undefined ? undefined : namedField(letter, argument);
  if (named !== undefined) return named;
  const plain = DIRECTIVES.get(letter);
  if (plain !== undefined) return plain;
  const needsName = ['i', 'o', 'C', 'x', 'c'].includes(letter);
  return { problem: needsName ? `%${letter} needs a name in {}.` : `%${letter} is no directive of Apache.` };
}

function namedField(letter: string, argument: string): LogField | undefined {
  const header = argument.toLowerCase();
  if (letter === 'i')
    return REQUEST_HEADERS.get(header) ?? { meaning: 'requestHeader', shape: 'text', name: header, rank: 0 };
  if (letter === 'o') return { meaning: 'responseHeader', shape: 'text', name: header, rank: 0 };
  if (letter === 'C') return { meaning: 'requestHeader', shape: 'text', name: 'cookie', rank: 1 };
  if (['x', 'c', 'e'].includes(letter)) return TLS_VARIABLES.get(argument) ?? IGNORED_TEXT;
  return undefined;
}

function timeField(argument: string | undefined): LogField | { readonly problem: string } {
  const [, clockName, format = ''] = /^(?:(begin|end):)?(.*)$/s.exec(argument ?? '') ?? [];
  const clock: Clock = clockName === 'end' ? 'end' : 'begin';
  const part = timePart(format, clock);
  if ('problem' in part) return part;
  return { meaning: 'time', shape: part.kind === 'clf' ? 'text' : 'number', time: part };
}

function timePart(format: string, clock: Clock): TimePart | { readonly problem: string } {
  if (format === '') return { kind: 'clf' };
  if (format === 'sec' || format === '%s') return { kind: 'epoch', unit: 's', clock };
  if (format === 'msec') return { kind: 'epoch', unit: 'ms', clock };
  if (format === 'usec') return { kind: 'epoch', unit: 'us', clock };
  if (format === 'msec_frac') return { kind: 'fraction', digits: 3, clock };
  if (format === 'usec_frac') return { kind: 'fraction', digits: 6, clock };
  const form = readStrftime(format);
  if (!('unknown' in form)) return { kind: 'strftime', form, clock };
  return { problem: unknownLetter(form.unknown) };
}
