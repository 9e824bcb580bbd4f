import { SaxesParser } from 'saxes';
import { plainElement } from './plain-element.ts';
import { MAX_DEPTH, type OpenElement, type XmlElement } from './xml-element.ts';

/** What XML 1.0 has no way to write, though raw bodies in CDATA sections have it. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to take out
const NO_XML_CHARACTER = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Undefined where the bytes are no well-formed element, or have an entity that nobody defined. */
export function parsedElement(bytes: Buffer): XmlElement | undefined {
  const text = bytes.toString('utf8').replaceAll(NO_XML_CHARACTER, '\ufffd');
  try {
    return plainElement(text) ?? parseElement(text);
  } catch {
    // Counted in its place.
    return undefined;
  }
}

/** Throws where the text is no well-formed element. */
function parseElement(text: string): XmlElement {
  const open: OpenElement[] = [];
  let root: OpenElement | undefined;
  const parser = new SaxesParser({ xmlns: false, position: false } as const);
  const addText = (added: string): void => {
    const element = open.at(-1);
    if (element !== undefined) element.text += added;
  };
  parser.on('opentag', ({ name, attributes }) => {
    const element: OpenElement = { name, attributes, children: [], text: '' };
    if (open.length === MAX_DEPTH) throw new Error('elements are nested too deep');
    open.at(-1)?.children.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  parser.on('closetag', () => void open.pop());
  parser.write(text).close();
  if (root === undefined) throw new Error('there is no element');
  return root;
}
