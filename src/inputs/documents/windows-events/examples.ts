import type { DocumentExample } from '../../../model/document-kind.ts';

const NAMESPACE = 'http://schemas.microsoft.com/win/2004/08/events/event';

/** An event of the log that IIS writes with Event Tracing. */
function event(path: string, separator = ''): string {
  return [
    `<Event xmlns="${NAMESPACE}">`,
    '<System><Provider Name="Microsoft-Windows-IIS-Logging" Guid="{00000000-0000-4000-8000-000000000001}"/>',
    '<EventID>6200</EventID><Version>0</Version><TimeCreated SystemTime="2026-01-05T10:00:02.2500000Z" />',
    '<Computer>web-1.shop.test</Computer></System>',
    '<EventData><Data Name="date">2026-01-05</Data><Data Name="time">10:00:01</Data>',
    `<Data Name="cs-method">GET</Data><Data Name="cs-uri-stem">${path}</Data><Data Name="sc-status">200</Data>`,
    '<Data>unnamed</Data></EventData></Event>',
  ].join(separator);
}

function line(path: string): string {
  return `{"windowsEvent":{"provider":"Microsoft-Windows-IIS-Logging","eventId":"6200","timeCreated":"2026-01-05T10:00:02.2500000Z","data":{"date":"2026-01-05","time":"10:00:01","cs-method":"GET","cs-uri-stem":"${path}","sc-status":"200"}}}`;
}

const REFUSED = '\u0001refused_xml';

export const examples: readonly DocumentExample[] = [
  {
    name: 'events behind each other, one on each line',
    content: `${event('/orders')}\n${event('/users?a=1&amp;b=2')}\n`,
    lines: [line('/orders'), line('/users?a=1&b=2')],
  },
  {
    name: 'events in a list, over many lines, with a declaration',
    content: `<?xml version="1.0" encoding="utf-8"?>\r\n<Events>\r\n${event('/orders', '\r\n')}${event('/users')}</Events>`,
    lines: [line('/orders'), line('/users')],
  },
  {
    name: 'an event of another provider',
    content: `<Event xmlns='${NAMESPACE}'><System><Provider Name='Service Control Manager'/><EventID Qualifiers='16384'>7036</EventID></System><EventData/></Event>`,
    lines: [
      '{"windowsEvent":{"provider":"Service Control Manager","eventId":"7036","timeCreated":"","data":{}}}',
    ],
  },
  {
    name: 'an event cut off before the next one, and an entity nobody defined',
    content: `${event('/orders').slice(0, -60)}\n${event('/users')}\n${event('&boom;')}\n${event('/orders')}\n`,
    lines: [REFUSED, line('/users'), REFUSED, line('/orders')],
  },
  {
    name: 'text between events that is none, and an event cut off at the end',
    content: `${event('/orders')}\nsomething else\n${event('/users')}\n${event('/orders').slice(0, 200)}`,
    lines: [line('/orders'), REFUSED, line('/users'), REFUSED],
  },
];
