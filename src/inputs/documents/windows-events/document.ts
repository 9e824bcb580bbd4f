import type { DocumentKind } from '../../../model/document-kind.ts';
import { markerLine } from '../../../model/marker-line.ts';
import { type XmlElement, xmlRecords } from '../xml-elements.ts';
import { examples } from './examples.ts';

const NAMESPACE = 'http://schemas\\.microsoft\\.com/win/2004/08/events/event';
const BEGINS = new RegExp(
  `^\\s*(<\\?xml[^>]*>\\s*)?(<Events\\b[^>]*>\\s*)?<Event\\b[^>]*\\sxmlns=["']${NAMESPACE}["']`,
);
/** The event log keeps at most 64 KiB an event. */
const MAX_EVENT_BYTES = 1024 * 1024;

/** Events as `wevtutil`, the event viewer and log forwarders write them, behind each other or in `<Events>`. */
export const document: DocumentKind = {
  id: 'windows-events',
  title: 'Windows events (XML)',
  reference: 'https://learn.microsoft.com/en-us/windows/win32/wes/eventschema-schema',
  recognises: (head) => BEGINS.test(head.toString('utf8', 0, 4096)),
  records: eventLines,
  examples,
};

async function* eventLines(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const layout = { record: 'Event', around: ['Events'], hasCdata: true, maxRecordBytes: MAX_EVENT_BYTES };
  for await (const event of xmlRecords(chunks, layout)) {
    if (event === 'refused') yield Buffer.from(`${markerLine('refused_xml')}\n`);
    else if (event === 'too_long') yield Buffer.from(`${markerLine('line_too_long')}\n`);
    else yield Buffer.from(`${JSON.stringify({ windowsEvent: fieldsOf(event) })}\n`);
  }
}

function fieldsOf(event: XmlElement): object {
  const system = child(event, 'System');
  const data = child(event, 'EventData')?.children ?? [];
  return {
    provider: child(system, 'Provider')?.attributes.Name ?? '',
    eventId: child(system, 'EventID')?.text ?? '',
    timeCreated: child(system, 'TimeCreated')?.attributes.SystemTime ?? '',
    data: Object.fromEntries(
      data.flatMap(({ attributes, text }) => (attributes.Name ? [[attributes.Name, text]] : [])),
    ),
  };
}

function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  return element?.children.find((candidate) => candidate.name === name);
}
