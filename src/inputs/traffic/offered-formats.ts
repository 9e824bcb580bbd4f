import { closestWord } from '../../model/closest-word.ts';
import { StanceError } from '../../model/error.ts';
import type { TrafficFormat } from '../../model/traffic-format.ts';
import { withFieldMap } from './field-map.ts';
import { trafficFormats } from './index.ts';
import { withLogFormat } from './log-format.ts';

/** How the user said that logs are to be read; kept with each batch, so that a replay reads the same. */
export interface ReadingOptions {
  /** Id of the format all lines are of, whatever they look like. */
  readonly format?: string | undefined;
  /** The format string of a text log. */
  readonly logFormat?: string | undefined;
  /** What user-defined names of JSON logs mean: `verb=method,uri=target`. */
  readonly fieldMap?: string | undefined;
}

/** Lines are neither blank nor stand for something that was left out. */
const HAS_CONTENT = `NOT match(line, '^([ \\\\t\\\\r]*$|\\\\x01)')`;

/**
 * The formats that lines are offered to, in order: all that are known, what the user described first; or one alone.
 * Throws USAGE for a format that does not exist, LOG_FORMAT_INVALID, FIELD_MAP_INVALID.
 */
export function offeredFormats({
  format: id,
  logFormat,
  fieldMap,
}: ReadingOptions): readonly TrafficFormat[] {
  if (id !== undefined) {
    if (logFormat !== undefined || fieldMap !== undefined) {
      throw new StanceError(
        'USAGE',
        '--format, --log-format and --field-map say what lines are: --format stands alone',
      );
    }
    return [forced(formatById(id))];
  }
  const mapped = fieldMap === undefined ? trafficFormats : withFieldMap(fieldMap, trafficFormats);
  return logFormat === undefined ? mapped : withLogFormat(logFormat, mapped);
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
  return { ...format, claims: HAS_CONTENT, own: '1', reasons: [...format.reasons, ['1', 'not_in_format']] };
}
