import { closestWord } from '../../model/closest-word.ts';
import { StanceError } from '../../model/error.ts';
import type { TrafficFormat } from '../../model/traffic-format.ts';
import { trafficFormats } from './index.ts';
import { withLogFormat } from './log-format.ts';

/** How the user said that logs are to be read; kept with each batch, so that a replay reads the same. */
export interface ReadingOptions {
  /** Id of the format all lines are of, whatever they look like. */
  readonly format?: string | undefined;
  /** The format string of a text log. */
  readonly logFormat?: string | undefined;
}

/** Lines are neither blank nor stand for something that was left out. */
const HAS_CONTENT = `NOT match(line, '^([ \\\\t\\\\r]*$|\\\\x01)')`;

/**
 * The formats that lines are offered to, in order: all that are known, a format string first; or one alone.
 * Throws USAGE for a format that does not exist, and what the compiler of format strings throws.
 */
export function offeredFormats({ format: id, logFormat }: ReadingOptions): readonly TrafficFormat[] {
  if (id !== undefined) {
    if (logFormat !== undefined) {
      throw new StanceError('USAGE', '--format and --log-format both say what lines are: give one of them');
    }
    return [forced(formatById(id))];
  }
  return logFormat === undefined ? trafficFormats : withLogFormat(logFormat, trafficFormats);
}

function formatById(id: string): TrafficFormat {
  const format = trafficFormats.find((candidate) => candidate.id === id);
  if (format !== undefined) return format;
  const ids = trafficFormats.map((candidate) => candidate.id);
  const closest = closestWord(id, ids);
  const hint = closest === undefined ? `there are ${ids.join(', ')}` : `did you mean ${closest}?`;
  throw new StanceError('USAGE', `no format is called "${id}": ${hint}`);
}

/** The format with every line for its own; what it cannot read needs a reason in any case. */
function forced(format: TrafficFormat): TrafficFormat {
  return { ...format, claims: HAS_CONTENT, reasons: [...format.reasons, ['1', 'not_in_format']] };
}
