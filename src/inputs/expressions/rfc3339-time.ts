/** With offset, with or without its colon. ClickHouse's parser takes hour 25 for the next day, so the form is checked here. */
const RFC_3339 =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]([01][0-9]|2[0-3]):[0-5][0-9]:([0-5][0-9]|60)([.,][0-9]+)?([Zz]|[+-]([01][0-9]|2[0-3]):?[0-5][0-9])$';

/** The instant of an RFC 3339 text with any number of fraction digits, to the millisecond; NULL for another text. */
export function rfc3339Time(text: string): string {
  return `if(match(${text}, '${RFC_3339}'), parseDateTime64BestEffortOrNull(upper(replaceOne(${text}, ',', '.')), 3, 'UTC'), NULL)`;
}
