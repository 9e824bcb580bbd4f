import { ERROR_CODES } from '../../src/model/error.ts';
import type { GeneratedFile } from './generated-file.ts';
import { code, page, table } from './markdown.ts';

const EXIT_CODES: readonly (readonly [exitCode: number, meaning: string])[] = [
  [0, 'done; no gate failed'],
  [1, 'a gate failed (`--fail-on`), or tampering was found'],
  [2, 'usage or configuration'],
  [3, 'input unreadable, only partly read under `--strict`, or a level not reached'],
  [4, 'internal'],
  [130, 'interrupted'],
];

/** Exit codes, and every error with what to do next. */
export function errorReference(): GeneratedFile {
  const errors = Object.entries(ERROR_CODES).map(([name, { exitCode, httpStatus, next }]) => [
    code(name),
    String(exitCode),
    String(httpStatus),
    next,
  ]);
  return {
    path: 'docs/reference/errors.md',
    content: page('Errors and exit codes', [
      'The highest exit code of a run wins.',
      table(
        ['exit code', 'meaning'],
        EXIT_CODES.map(([exitCode, meaning]) => [String(exitCode), meaning]),
      ),
      'Errors go to stderr with their code, the place they concern and the next step.',
      table(['code', 'exit code', 'HTTP status', 'what to do'], errors),
    ]),
  };
}
