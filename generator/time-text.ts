import { twoDigits } from './values.ts';

const DAY_MS = 86_400_000;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const THREE_DIGITS = Array.from({ length: 1000 }, (_, number) => String(number).padStart(3, '0'));

let rememberedDay = Number.NaN;
let isoDay = '';
let logDay = '';

/** `2026-11-01T08:15:30.123Z`, from milliseconds since 1970, UTC. */
export function isoTime(time: number): string {
  rememberDay(time);
  const rest = time % DAY_MS;
  return `${isoDay}T${clockTime(rest)}.${THREE_DIGITS[rest % 1000]}Z`;
}

/** `01/Nov/2026:08:15:30 +0000`, from milliseconds since 1970, UTC. */
export function logTime(time: number): string {
  rememberDay(time);
  return `${logDay}:${clockTime(time % DAY_MS)} +0000`;
}

/** The milliseconds since 1970 in decimal; small integers turn into text faster than large ones. */
export function millisecondsText(time: number): string {
  return String(Math.floor(time / 1000)) + THREE_DIGITS[time % 1000];
}

function clockTime(millisecondsOfDay: number): string {
  const seconds = Math.floor(millisecondsOfDay / 1000);
  const minutes = Math.floor(seconds / 60);
  return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
}

/** Times come in order, so a day's text serves all of its exchanges: no Date for each record. */
function rememberDay(time: number): void {
  const day = Math.floor(time / DAY_MS);
  if (day === rememberedDay) return;
  rememberedDay = day;
  isoDay = new Date(time).toISOString().slice(0, 10);
  const [year, month, date] = isoDay.split('-');
  logDay = `${date}/${MONTHS[Number(month) - 1]}/${year}`;
}
