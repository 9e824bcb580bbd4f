/**
 * Why something that came in has no line to show: what was in its place was left out before the traffic store saw it.
 * A line that stands for it keeps line numbers true and the counts complete.
 */
export const MARKED_REASONS = [
  /** Longer than a line may be. */
  'line_too_long',
  /** Wrapped in more layers than are peeled. */
  'nested_too_deep',
  /** A wrapper whose content cannot be unpacked: damaged base64 or gzip. */
  'damaged_payload',
  /** A wrapper whose content unpacks to more than the bound. */
  'payload_too_large',
  /** What a delivery service sends to see whether the receiver lives. */
  'control_message',
  /** A search result that a later one replaces. */
  'preview_result',
  /** XML that declares or uses entities of its own, or is not well-formed. */
  'refused_xml',
] as const;

export type MarkedReason = (typeof MARKED_REASONS)[number];

/** The line, without its end. No server writes a line that begins with this character. */
export function markerLine(reason: MarkedReason): string {
  return `\u0001${reason}`;
}
