import type { DocumentKind } from '../../../model/document-kind.ts';
import type { XmlElement } from '../xml-element.ts';
import { xmlLines } from '../xml-elements.ts';

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
};

function eventLines(chunks: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const layout = { record: 'Event', around: ['Events'], hasCdata: true, maxRecordBytes: MAX_EVENT_BYTES };
  return xmlLines(chunks, layout, (event) => JSON.stringify({ windowsEvent: fieldsOf(event) }));
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
