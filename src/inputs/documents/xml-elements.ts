import { markerLine } from '../../model/marker-line.ts';
import { JsonBytes } from './json-bytes.ts';
import { parsedElement } from './parsed-element.ts';
import type { XmlElement } from './xml-element.ts';

/** What an XML stream of records consists of. */
export interface XmlRecords {
  /** Name of the elements that are the records; they do not hold each other. */
  readonly record: string;
  /** Names of elements that only stand around records. */
  readonly around: readonly string[];
  /** Whether CDATA sections in records may hold text that looks like tags. */
  readonly hasCdata: boolean;
  /** A longer record is left out. */
  readonly maxRecordBytes: number;
}

/** A record; or in its place what could not be read as one. */
type XmlRecord = XmlElement | 'refused' | 'too_long';

/** Declarations, comments and tags around records are no longer than this. */
const MAX_AROUND_BYTES = 64 * 1024;
/** No tag that is looked for is longer, up to the character behind its name. */
const LOOK_AHEAD_BYTES = 64;
const NOTHING = Buffer.alloc(0);
const NEWLINE = 0x0a;
const SPACE = 0x20;
const EXCLAMATION = 0x21;
const SLASH = 0x2f;
const OPEN = 0x3c;
const CLOSE = 0x3e;
const DOCTYPE = '<!DOCTYPE';
const CDATA = '<![CDATA[';
const CDATA_END = Buffer.from(']]>');
/** A document type may say how elements are built; entities, and parts of it from elsewhere, are refused. */
const FORBIDDEN_DOCTYPE = /<!ENTITY|%|\bSYSTEM\b|\bPUBLIC\b/i;
/**
 * The lines of an XML stream's records, each parsed by itself: bounded memory, and a damaged one does not eat its
 * neighbours. Only the five entities of XML itself are known. A document type that declares others ends the stream as
 * refused. Lines of records that end in a chunk are given out together.
 */
export async function* xmlLines(
  chunks: AsyncIterable<Buffer>,
  layout: XmlRecords,
  lineOf: (record: XmlElement) => string,
): AsyncGenerator<Buffer> {
  const lines = new JsonBytes();
  const cutter = new RecordCutter(layout, (record) => {
    if (record === 'refused') lines.ascii(markerLine('refused_xml'));
    else if (record === 'too_long') lines.ascii(markerLine('line_too_long'));
    else lines.text(lineOf(record));
    lines.ascii('\n');
  });
  for await (const chunk of chunks) {
    cutter.cut(chunk);
    if (lines.length > 0) yield lines.take();
    if (cutter.isRefused) return;
  }
  cutter.end();
  if (lines.length > 0) yield lines.take();
}

/** A class because it is opened, fed and ended: it holds the open record between chunks. */
class RecordCutter {
  readonly #layout: XmlRecords;
  /** Called with each as soon as it is read: to gather them keeps the engine's collector busy. */
  readonly #give: (record: XmlRecord) => void;
  /** First bytes of the names that matter. */
  readonly #initials: readonly (number | undefined)[];
  #bytes: Buffer = NOTHING;
  /** How far the bytes of the open record are looked through. */
  #seen = 0;
  #inRecord = false;
  #inCdata = false;
  /** The open record is too long: its bytes are let go. */
  #isTooLong = false;
  isRefused = false;

  constructor(layout: XmlRecords, give: (record: XmlRecord) => void) {
    this.#layout = layout;
    this.#give = give;
    this.#initials = [layout.record, ...layout.around].map((name) => name.charCodeAt(0));
  }

  cut(chunk: Buffer): void {
    this.#bytes = Buffer.concat([this.#bytes, chunk]);
    for (let goesOn = true; goesOn && !this.isRefused; ) {
      goesOn = this.#inRecord ? this.#goOnInside() : this.#goOnBetween();
      if (!goesOn) goesOn = this.#giveUp();
    }
  }

  /** Lets go what is longer than it may be; true where there is more to read behind it. */
  #giveUp(): boolean {
    const { length } = this.#bytes;
    if (this.#inRecord && length > this.#layout.maxRecordBytes) this.#letGo();
    if (this.#inRecord || length <= MAX_AROUND_BYTES) return false;
    this.#give('refused');
    this.#bytes = this.#bytes.subarray(this.#endOfJunk() ?? length);
    return true;
  }

  /** What is open at the end of the stream was cut off. */
  end(): void {
    if (this.#inRecord) this.#give(this.#isTooLong ? 'too_long' : 'refused');
    else if (this.#bytes.toString('latin1').trim() !== '') this.#give('refused');
  }

  /** One step to the end of the open record; false where more bytes are needed. */
  #goOnInside(): boolean {
    if (this.#inCdata) return this.#leaveCdata();
    const at = this.#nextTag();
    if (at === -1) return false;
    const { record, around, hasCdata } = this.#layout;
    const tag = this.#tagAt(at);
    if (tag === undefined) return false;
    if (hasCdata && tag.startsWith(CDATA)) this.#inCdata = true;
    if (isTag(tag, `</${record}`)) return this.#closeRecord(at);
    const isCutOff = isTag(tag, `<${record}`) && at > 0;
    if (isCutOff || around.some((name) => isTag(tag, `</${name}`))) {
      this.#give(this.#isTooLong ? 'too_long' : 'refused');
      this.#advance(at);
      return true;
    }
    this.#seen = at + 1;
    return true;
  }

  /**
   * Where the next tag is that may matter; -1 where more bytes are needed. Most tags in a record are of its parts: two
   * bytes tell, and nothing need be made of the others. They stand close: calls of `indexOf` took longer.
   */
  #nextTag(): number {
    const bytes = this.#bytes;
    const last = bytes.length - 2;
    let at = this.#seen;
    for (; at < last; at += 1) {
      if (bytes[at] !== OPEN) continue;
      const first = bytes[at + 1];
      if (first === EXCLAMATION || this.#initials.includes(first === SLASH ? bytes[at + 2] : first)) break;
    }
    this.#seen = at;
    return at < last ? at : -1;
  }

  #leaveCdata(): boolean {
    const end = this.#bytes.indexOf(CDATA_END, this.#seen);
    this.#inCdata = end === -1;
    this.#seen = end === -1 ? Math.max(this.#seen, this.#bytes.length - CDATA_END.length) : end;
    return end !== -1;
  }

  #closeRecord(at: number): boolean {
    const end = this.#bytes.indexOf(CLOSE, at) + 1;
    if (end === 0) return false;
    this.#give(this.#isTooLong ? 'too_long' : (parsedElement(this.#bytes.subarray(0, end)) ?? 'refused'));
    this.#advance(end);
    return true;
  }

  /** One step to the start of the next record; false where more bytes are needed. */
  #goOnBetween(): boolean {
    let blank = 0;
    while ((this.#bytes[blank] ?? OPEN) <= SPACE) blank += 1;
    this.#bytes = this.#bytes.subarray(blank);
    const tag = this.#bytes[0] === OPEN ? this.#tagAt(0) : '';
    if (tag === undefined || this.#bytes.length === 0) return false;
    if (isTag(tag, `<${this.#layout.record}`)) {
      this.#inRecord = true;
      return true;
    }
    const endOfAround = this.#endOfAround(tag);
    const end = endOfAround === 0 ? this.#endOfJunk() : endOfAround;
    if (end === undefined) return false;
    if (tag.startsWith(DOCTYPE) && FORBIDDEN_DOCTYPE.test(this.#bytes.toString('latin1', 0, end)))
      this.isRefused = true;
    if (endOfAround === 0 || this.isRefused) this.#give('refused');
    this.#bytes = this.#bytes.subarray(end);
    return true;
  }

  /** Where a declaration, a comment or a tag around the records ends; 0 for what has no place there. */
  #endOfAround(tag: string): number | undefined {
    if (tag.startsWith('<!--')) return this.#after('-->');
    if (tag.startsWith('<?')) return this.#after('?>');
    if (tag.startsWith(DOCTYPE)) return this.#endOfDoctype();
    const isAround = this.#layout.around.some((name) => isTag(tag, `<${name}`) || isTag(tag, `</${name}`));
    return isAround ? this.#after('>') : 0;
  }

  #after(text: string): number | undefined {
    const at = this.#bytes.indexOf(text);
    return at === -1 ? undefined : at + text.length;
  }

  #endOfDoctype(): number | undefined {
    const text = this.#bytes.toString('latin1', 0, MAX_AROUND_BYTES);
    const [doctype] = /^<!DOCTYPE[^[>]*(?:\[[^\]]*\]\s*)?>/.exec(text) ?? [];
    return doctype?.length;
  }

  /** The end of the line, or where a record begins in it; undefined where more bytes are needed. */
  #endOfJunk(): number | undefined {
    const newline = this.#bytes.indexOf(NEWLINE) + 1;
    const end = newline === 0 ? this.#bytes.length : newline;
    for (
      let at = this.#bytes.indexOf(OPEN, 1);
      at !== -1 && at < end;
      at = this.#bytes.indexOf(OPEN, at + 1)
    ) {
      if (isTag(this.#tagAt(at) ?? '', `<${this.#layout.record}`)) return at;
    }
    return newline === 0 ? undefined : end;
  }

  /** The beginning of a tag; undefined where more bytes are needed to tell. */
  #tagAt(at: number): string | undefined {
    const tag = this.#bytes.toString('latin1', at, at + LOOK_AHEAD_BYTES);
    return tag.length < LOOK_AHEAD_BYTES && !tag.includes('>') && !tag.includes('\n') ? undefined : tag;
  }

  /** A record ends, or is given up. */
  #advance(to: number): void {
    this.#bytes = this.#bytes.subarray(to);
    this.#seen = 0;
    this.#inRecord = false;
    this.#inCdata = false;
    this.#isTooLong = false;
  }

  /** Only what may be the beginning of the next tag is kept. */
  #letGo(): void {
    const kept = Math.min(this.#seen, this.#bytes.length - 1);
    this.#bytes = Buffer.from(this.#bytes.subarray(Math.max(kept, this.#bytes.length - LOOK_AHEAD_BYTES)));
    this.#seen = 0;
    this.#isTooLong = true;
  }
}

function isTag(tag: string, start: string): boolean {
  return tag.startsWith(start) && /[\s/>]/.test(tag.charAt(start.length));
}
