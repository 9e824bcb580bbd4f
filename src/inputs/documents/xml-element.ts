/** An element with all that is in it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  /** Its own text, with that of CDATA sections, without that of its children. */
  readonly text: string;
}

/** One that is still read. */
export interface OpenElement extends XmlElement {
  readonly children: OpenElement[];
  text: string;
}

/** Elements nested deeper are refused. */
export const MAX_DEPTH = 32;
/** Texts of an element's children by name; the first of each. */
export function childTexts(element: XmlElement): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const { name, text } of element.children) if (!texts.has(name)) texts.set(name, text);
  return texts;
}
