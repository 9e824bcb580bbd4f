import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface Kind {
  readonly folder: string;
  /** What is left to do by hand. */
  readonly next: string;
}

export const KINDS: Readonly<Record<string, Kind>> = {
  'traffic-format': {
    folder: 'src/inputs/traffic',
    next: 'Put real lines into examples.ts, then make format.ts read them.',
  },
  wrapper: {
    folder: 'src/inputs/wrappers',
    next: 'Put wrapped lines, and lines that only look like them, into examples.ts, then make wrapper.ts peel them.',
  },
  document: {
    folder: 'src/inputs/documents',
    next: 'Put small files into examples.ts, then make document.ts give their records line by line.',
  },
  check: {
    folder: 'src/checks',
    next: 'Give the check a control of its own in src/model/verdict.ts, then write examples.ts before check.ts.',
  },
  output: {
    folder: 'src/outputs',
    next: 'Write the expected text in output.test.ts, then render it in output.ts.',
  },
};

const ID = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;
const TEMPLATE_SUFFIX = '.template';

/** A mistake of the caller, told in one sentence. */
export class NewUnitError extends Error {
  override readonly name = 'NewUnitError';
}

/** Copies the template of the kind into a folder named after the id; gives the files it wrote, from `root`. */
export function createUnit(
  root: string,
  kindName: string | undefined,
  id: string | undefined,
): readonly string[] {
  const kind = KINDS[kindName ?? ''];
  if (kindName === undefined || kind === undefined || id === undefined) {
    throw new NewUnitError(`usage: npm run new <${Object.keys(KINDS).join('|')}> <id>`);
  }
  if (!ID.test(id))
    throw new NewUnitError(`"${id}" is no id: write small letters, digits and single hyphens`);
  const folder = join(root, kind.folder, id);
  if (existsSync(folder)) throw new NewUnitError(`${kind.folder}/${id} exists already`);
  const templates = join(root, 'scripts/templates', kindName);
  mkdirSync(folder, { recursive: true });
  return readdirSync(templates).map((template) => {
    const file = template.slice(0, -TEMPLATE_SUFFIX.length);
    writeFileSync(join(folder, file), fillTemplate(readFileSync(join(templates, template), 'utf8'), id));
    return `${kind.folder}/${id}/${file}`;
  });
}

/** `rate-limit-is-enforced` gets the title `Rate limit is enforced`. */
function fillTemplate(template: string, id: string): string {
  const words = id.replaceAll('-', ' ');
  const title = `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
  return template.replaceAll('__ID__', id).replaceAll('__TITLE__', title);
}
