const PRIORITY = String.raw`<(?:\d|[1-9]\d|1[0-8]\d|19[01])>`;
const MONTH = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)';
const DATE = String.raw`${MONTH} [ \d]\d (?:\d{4} )?\d\d:\d\d:\d\d(?:\.\d{1,9})?`;
const ISO = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:[.,]\d{1,9})?(?:Z|[+-]\d\d:?\d\d)`;
/** A name or an address; no level, as programs write it behind their times. */
const HOST = String.raw`(?!(?:TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL|std(?:out|err)) )[\w.:%-]*[\w.-]`;
/** `nginx:`, `ingress/web[12]:` */
const TAG = String.raw`[^\s:[\]<>{}"'=,]{1,128}(?:\[[^\]\s]{0,64}\])?:(?: |$)`;
/** Between host and tag, as BusyBox writes it. */
const FACILITY = String.raw`(?:[a-z]+\d?\.(?:emerg|alert|crit|err|warn|notice|info|debug) )?`;

/** What a sender sends. Some leave out the host, some the tag; a host in front of ` - ` is a client. */
const SENT = new RegExp(
  `^${PRIORITY}(?:(?:${DATE}|${ISO}) (?:${HOST} (?=${TAG})|(?!${TAG})${HOST} (?!- ))?)?(?:${TAG})?`,
);
/** What a server writes into files: nothing but host and tag tells it from other lines with a time. */
const STORED = new RegExp(`^(?:${DATE}|${ISO}) ${HOST} ${FACILITY}${TAG}`);
/** RFC 5424 up to the structured data: version, time, host, program, process, kind of message. */
const VERSIONED = new RegExp(String.raw`^${PRIORITY}1 (?:-|${ISO}) \S+ \S+ \S+ \S+(?: |$)`);

/** The header without structured data: each of its fields has a longest length in RFC 5424. */
const HEADER_BYTES = 640;
const LESS_THAN = 0x3c;
const DASH = 0x2d;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN = 0x5b;
const CLOSE = 0x5d;
const SPACE = 0x20;
const MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** What stands behind the header of one message; undefined when there is no header. */
export function messageOf(line: Buffer): Buffer | undefined {
  if (line[0] === LESS_THAN) return sentMessage(line);
  if (!mayBeStored(line)) return undefined;
  const header = STORED.exec(line.toString('latin1', 0, HEADER_BYTES))?.[0];
  return header === undefined ? undefined : line.subarray(header.length);
}

/** `2026-…` or `Jan  5 1…`: what most other lines do not begin with. */
function mayBeStored(line: Buffer): boolean {
  const isIso = line[4] === DASH && line[10] === 0x54;
  return isIso || (line[3] === SPACE && line[6] === SPACE);
}

function sentMessage(line: Buffer): Buffer | undefined {
  const head = line.toString('latin1', 0, HEADER_BYTES);
  const versioned = VERSIONED.exec(head)?.[0];
  if (versioned !== undefined) return withoutMark(line.subarray(dataEnd(line, versioned.length)));
  const header = SENT.exec(head)?.[0];
  return header === undefined ? undefined : withoutMark(line.subarray(header.length));
}

/** Where the message begins behind structured data: `-` or `[id name="value"][id]`. Some senders leave it out. */
function dataEnd(line: Buffer, begin: number): number {
  let at = begin;
  if (line[at] === DASH) at += 1;
  else while (line[at] === OPEN) at = elementEnd(line, at);
  if (at === line.length) return at;
  return line[at] === SPACE ? at + 1 : begin;
}

/** Behind the bracket that closes an element; brackets inside quotes close nothing. */
function elementEnd(line: Buffer, begin: number): number {
  let isQuoted = false;
  for (let at = begin + 1; at < line.length; at += 1) {
    const byte = line[at];
    if (byte === BACKSLASH && isQuoted) at += 1;
    else if (byte === QUOTE) isQuoted = !isQuoted;
    else if (byte === CLOSE && !isQuoted) return at + 1;
  }
  return line.length;
}

function withoutMark(message: Buffer): Buffer {
  return message.subarray(0, MARK.length).equals(MARK) ? message.subarray(MARK.length) : message;
}
