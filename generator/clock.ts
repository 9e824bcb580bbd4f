import type { Random } from './random.ts';

const SLOT_MS = 900_000;
const SLOTS_PER_DAY = 96;
/** Relative traffic at each full hour, UTC; between two hours it is drawn straight. */
const HOURLY = [
  22, 17, 14, 12, 12, 15, 24, 42, 66, 84, 92, 95, 90, 93, 96, 94, 90, 88, 86, 80, 70, 56, 42, 30,
];
const WEEKEND_SHARE = 0.55;

export interface ClockOptions {
  /** Milliseconds since 1970, UTC. */
  readonly start: number;
  readonly days: number;
  readonly count: number;
}

/**
 * Gives `count` times in order, spread over the days by the hour and the day of the week. Each call of the
 * curve's area gets one time at random, so nothing has to be sorted or kept.
 */
export function createClock(options: ClockOptions, random: Random): () => number {
  const slots = Math.max(1, Math.ceil(options.days * SLOTS_PER_DAY));
  const area = areaOf(options.start, slots);
  let index = 0;
  let slot = 0;
  let lower = 0;
  let weight = slotWeight(options.start);
  return () => {
    const position = ((index + random.fraction()) / options.count) * area;
    index += 1;
    while (position >= lower + weight && slot < slots - 1) {
      lower += weight;
      slot += 1;
      weight = slotWeight(options.start + slot * SLOT_MS);
    }
    const within = Math.min(SLOT_MS - 1, Math.floor(((position - lower) / weight) * SLOT_MS));
    return options.start + slot * SLOT_MS + within;
  };
}

function areaOf(start: number, slots: number): number {
  let area = 0;
  for (let slot = 0; slot < slots; slot += 1) area += slotWeight(start + slot * SLOT_MS);
  return area;
}

function slotWeight(time: number): number {
  const date = new Date(time);
  const hour = date.getUTCHours();
  const here = HOURLY[hour] ?? 0;
  const next = HOURLY[(hour + 1) % 24] ?? 0;
  const curve = here + ((next - here) * date.getUTCMinutes()) / 60;
  const day = date.getUTCDay();
  return day === 0 || day === 6 ? curve * WEEKEND_SHARE : curve;
}
