/** Minutes east of UTC of the zone names that Java writes. Where a name means several zones, each of them. */
const ZONES: Readonly<Record<string, readonly number[]>> = {
  UTC: [0],
  GMT: [0],
  WET: [0],
  WEST: [60],
  CET: [60],
  CEST: [120],
  EET: [120],
  EEST: [180],
  MSK: [180],
  TRT: [180],
  WAT: [60],
  CAT: [120],
  SAST: [120],
  EAT: [180],
  IDT: [180],
  IRST: [210],
  GST: [240],
  AZT: [240],
  GET: [240],
  AFT: [270],
  PKT: [300],
  UZT: [300],
  YEKT: [300],
  NPT: [345],
  BDT: [360],
  OMST: [360],
  MMT: [390],
  ICT: [420],
  WIB: [420],
  NOVT: [420],
  HKT: [480],
  SGT: [480],
  MYT: [480],
  PHT: [480],
  WITA: [480],
  AWST: [480],
  JST: [540],
  KST: [540],
  ACST: [570],
  ACDT: [630],
  AEST: [600],
  AEDT: [660],
  VLAT: [600],
  NZST: [720],
  NZDT: [780],
  BRT: [-180],
  BRST: [-120],
  ART: [-180],
  UYT: [-180],
  CLT: [-240],
  CLST: [-180],
  BOT: [-240],
  VET: [-240],
  COT: [-300],
  PET: [-300],
  NST: [-210],
  NDT: [-150],
  ADT: [-180],
  EST: [-300],
  EDT: [-240],
  CDT: [-300],
  MST: [-420],
  MDT: [-360],
  PDT: [-420],
  AKST: [-540],
  AKDT: [-480],
  HST: [-600],
  // Britain and Bangladesh; the Atlantic and Arabia; North America, China and Cuba; India, Israel and Ireland.
  BST: [60, 360],
  AST: [-240, 180],
  CST: [-360, 480, -300],
  IST: [330, 120, 60],
  PST: [-480, 480],
};
const OFFSET = /^(?:UTC|GMT)?([+-])(\d{1,2})(?::?(\d\d))?$/;
const TIME = /^[A-Z][a-z]{2} ([A-Z][a-z]{2}) +(\d{1,2}) (\d\d:\d\d:\d\d) (\S+) (\d{4})$/;
const MINUTE_MS = 60_000;
/** Zones are further apart, and clocks of client and server closer to each other, than this. */
const NEAR_MS = 20 * MINUTE_MS;

/**
 * RFC 3339 of `Sat Nov 11 19:52:43 PKT 2023`; undefined where the zone is not known. A name of several zones is
 * settled by the `Date` header of the answer, if there is one.
 */
export function burpTime(text: string, dateHeader: string | undefined): string | undefined {
  const [, month, day, clock, zone = '', year] = TIME.exec(text) ?? [];
  const local = Date.parse(`${day} ${month} ${year} ${clock} GMT`);
  if (Number.isNaN(local)) return undefined;
  const instants = offsetsOf(zone).map((minutes) => local - minutes * MINUTE_MS);
  const instant = instants.length > 1 ? nearest(instants, Date.parse(dateHeader ?? '')) : instants[0];
  return instant === undefined ? undefined : new Date(instant).toISOString();
}

function nearest(instants: readonly number[], answered: number): number | undefined {
  return instants.find((instant) => Math.abs(instant - answered) < NEAR_MS);
}

function offsetsOf(zone: string): readonly number[] {
  if (Object.hasOwn(ZONES, zone)) return ZONES[zone] ?? [];
  const [, sign, hours, minutes = '0'] = OFFSET.exec(zone) ?? [];
  if (hours === undefined) return [];
  return [(sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))];
}
