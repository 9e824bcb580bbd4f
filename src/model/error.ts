/** One row per known failure: what it means to the process and what a person can do. */
interface ErrorRow {
  /** MISSION exit codes: 2 usage or configuration, 3 input or level, 4 internal. */
  readonly exitCode: 1 | 2 | 3 | 4;
  readonly httpStatus: number;
  readonly next: string;
}

export const ERROR_CODES = {
  USAGE: { exitCode: 2, httpStatus: 400, next: 'Run `stance --help` or `stance <command> --help`.' },
  CONFIG_INVALID: { exitCode: 2, httpStatus: 400, next: 'Mend the named place in the configuration file.' },
  POLICY_INVALID: {
    exitCode: 2,
    httpStatus: 400,
    next: 'Mend the named place; `catalog/policies/` holds working policies.',
  },
  LOG_FORMAT_INVALID: {
    exitCode: 2,
    httpStatus: 400,
    next: 'Copy the string of nginx `log_format`, Apache `LogFormat` or Envoy as it stands in the configuration.',
  },
  FIELD_MAP_INVALID: {
    exitCode: 2,
    httpStatus: 400,
    next: 'Give pairs of a name in the log and a column: `verb=method,uri=target,code=status,when=startedAt`.',
  },
  INPUT_UNREADABLE: {
    exitCode: 3,
    httpStatus: 422,
    next: 'Check that the path exists and can be read; the other inputs were processed.',
  },
  INPUT_UNRECOGNISED: {
    exitCode: 3,
    httpStatus: 422,
    next: '`docs/reference/formats.md` lists what is recognised. `stance detect FILE` says what was seen. Name a format with --format, give --log-format with the format string of a text log or --field-map with the names of a JSON log, or write canonical exchange (JSON).',
  },
  INPUT_AMBIGUOUS: {
    exitCode: 3,
    httpStatus: 422,
    next: 'Name the right one with --format, or say what the names mean with --field-map; `stance detect --format ID FILE` shows what would be read.',
  },
  INPUT_OUTSIDE_RETENTION: {
    exitCode: 3,
    httpStatus: 422,
    next: 'Raise `retention.factsDays` in stance.yaml and begin a new data folder, or scan without --data, which has no limit.',
  },
  INPUT_DAMAGED: {
    exitCode: 3,
    httpStatus: 422,
    next: 'Fetch the file again; what could be read was used. With --strict this is exit code 3.',
  },
  SPEC_FLAWED: {
    exitCode: 3,
    httpStatus: 422,
    next: 'Mend the named place; the rest of the spec was used. With --strict this is exit code 3.',
  },
  SPEC_UNREADABLE: { exitCode: 3, httpStatus: 422, next: 'Mend the named place; the other specs were used.' },
  DATA_LOCKED: {
    exitCode: 3,
    httpStatus: 409,
    next: 'Wait for the other run, or name another folder with --data.',
  },
  DATA_NEWER: {
    exitCode: 2,
    httpStatus: 409,
    next: 'Use the Stance version that wrote this folder, or a newer one.',
  },
  DATA_DAMAGED: {
    exitCode: 3,
    httpStatus: 500,
    next: 'Restore the folder from a backup, or start a new one.',
  },
  PLATFORM_UNSUPPORTED: {
    exitCode: 4,
    httpStatus: 500,
    next: 'Run on Linux with glibc or on macOS (x64 or arm64), for example in the container image.',
  },
  STORE_FAILED: { exitCode: 4, httpStatus: 503, next: 'Run again: what was not applied is replayed.' },
  OUTPUT_FAILED: { exitCode: 3, httpStatus: 500, next: 'Check that the output path can be written.' },
  ENDPOINT_UNKNOWN: {
    exitCode: 2,
    httpStatus: 404,
    next: 'Endpoints are named by api_id, "METHOD /path" or "/path", as in the JSON report of a scan.',
  },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERROR_CODES;

export interface Place {
  readonly file: string;
  /** Both from 1. */
  readonly line?: number;
  readonly column?: number;
}

/** A failure people can act on: what, where, why and how to mend it. Anything else thrown is a bug. */
export class StanceError extends Error {
  override readonly name = 'StanceError';
  readonly code: ErrorCode;
  readonly place: Place | undefined;

  constructor(code: ErrorCode, message: string, options: { place?: Place; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.place = options.place;
  }

  get exitCode(): number {
    return ERROR_CODES[this.code].exitCode;
  }
}

/** `file:line:column`, as far as known. */
export function formatPlace(place: Place): string {
  const parts = [place.file, place.line, place.line === undefined ? undefined : place.column];
  return parts.filter((part) => part !== undefined).join(':');
}
