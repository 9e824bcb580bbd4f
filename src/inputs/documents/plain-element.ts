import { MAX_DEPTH, type OpenElement, type XmlElement } from './xml-element.ts';

const NAME = /^[A-Za-z_][\w.-]*$/;
const OPEN_TAG =
  /<([A-Za-z_][\w.-]*)((?:[ \t\n]+[A-Za-z_][\w.:-]*=(?:"[^<&"\t\n]*"|'[^<&'\t\n]*'))+)[ \t\n]*(\/?)>/y;
const ATTRIBUTE = /([\w.:-]+)=(?:"([^"]*)"|'([^']*)')/g;
const ENTITY = /&(amp|lt|gt|quot|apos);/g;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** What only a whole parser may judge in a text. */
const NO_PLAIN_TEXT = /&(?!(?:amp|lt|gt|quot|apos);)|\]\]>/;
/** A quick look at each text, before the slower one. */
const MAY_MATTER = /[&\]]/;
const CDATA = '<![CDATA[';
const CDATA_END = ']]>';

/**
 * The element of a text that has only what nearly all have: elements, simple attributes, CDATA sections, text. Undefined
 * for anything else, well-formed or not, which is left to the whole parser: that takes twice as long.
 */
export function plainElement(source: string): XmlElement | undefined {
  const text = source.includes('\r') ? source.replaceAll(/\r\n?/g, '\n') : source;
  const open: OpenElement[] = [];
  let root: OpenElement | undefined;
  for (let at: number | undefined = 0; at !== undefined; ) {
    const end = addMarkup(text, at, open);
    root ??= open[0];
    const inside = open.at(-1);
    if (inside === undefined) return end === text.length ? root : undefined;
    at = end === undefined ? undefined : addText(text, end, inside);
  }
  return undefined;
}

/** Where the tag or the section ends that begins here; undefined where it is not plain. */
function addMarkup(text: string, at: number, open: OpenElement[]): number | undefined {
  const inside = open.at(-1);
  if (inside === undefined) return addChild(text, at, open);
  if (text.startsWith('</', at)) {
    open.pop();
    return endOfCloseTag(text, at, inside);
  }
  return text.startsWith(CDATA, at) ? addCdata(text, at, inside) : addChild(text, at, open);
}

function endOfCloseTag(text: string, at: number, { name }: OpenElement): number | undefined {
  const end = at + 2 + name.length;
  return text.startsWith(name, at + 2) && text[end] === '>' ? end + 1 : undefined;
}

function addCdata(text: string, at: number, element: OpenElement): number | undefined {
  const from = at + CDATA.length;
  const end = text.indexOf(CDATA_END, from);
  if (end === -1) return undefined;
  element.text += text.slice(from, end);
  return end + CDATA_END.length;
}

/** Most have no attributes. One that is closed at once is left to the whole parser if it is all there is. */
function addChild(text: string, at: number, open: OpenElement[]): number | undefined {
  if (open.length === MAX_DEPTH) return undefined;
  const close = text.indexOf('>', at);
  const name = text.slice(at + 1, close);
  if (close !== -1 && NAME.test(name)) {
    push({ name, attributes: {}, children: [], text: '' }, open);
    return close + 1;
  }
  OPEN_TAG.lastIndex = at;
  const tag = OPEN_TAG.exec(text);
  const attributes = attributesOf(tag?.[2] ?? '');
  if (tag === null || attributes === undefined) return undefined;
  push({ name: tag[1] ?? '', attributes, children: [], text: '' }, open);
  if (tag[3] === '/') open.pop();
  return OPEN_TAG.lastIndex;
}

function push(element: OpenElement, open: OpenElement[]): void {
  open.at(-1)?.children.push(element);
  open.push(element);
}

/** Undefined where a name occurs twice, which no XML has. */
function attributesOf(list: string): Readonly<Record<string, string>> | undefined {
  const attributes: Record<string, string> = {};
  ATTRIBUTE.lastIndex = 0;
  for (let found = ATTRIBUTE.exec(list); found !== null; found = ATTRIBUTE.exec(list)) {
    const name = found[1] ?? '';
    if (name in attributes) return undefined;
    attributes[name] = found[2] ?? found[3] ?? '';
  }
  return attributes;
}

/** Where the text ends that begins here; undefined where it is not plain. */
function addText(text: string, from: number, element: OpenElement): number | undefined {
  const end = text.indexOf('<', from);
  if (end === from) return end;
  const added = text.slice(from, end);
  if (end === -1 || (MAY_MATTER.test(added) && NO_PLAIN_TEXT.test(added))) return undefined;
  element.text += added.includes('&')
    ? added.replaceAll(ENTITY, (_, name: string) => ENTITIES[name] ?? '')
    : added;
  return end;
}
