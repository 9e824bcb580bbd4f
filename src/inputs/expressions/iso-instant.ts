const HOUR = '([01][0-9]|2[0-3])';
/** The parser behind it would take hour 25 for the next day, so the form is checked first. */
const ISO_INSTANT = `^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt ]${HOUR}:[0-5][0-9]:([0-5][0-9]|60)(\\\\.[0-9]+)?([Zz]|[+-]${HOUR}:?[0-5][0-9])?$`;

/** `Nullable(DateTime64(3,'UTC'))` of a String: RFC 3339 with any number of decimals, UTC where no zone is stated. */
export function isoInstant(text: string): string {
  return `if(match(${text}, '${ISO_INSTANT}'), parseDateTime64BestEffortOrNull(upper(${text}), 3, 'UTC'), NULL)`;
}
