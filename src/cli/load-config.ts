import { readFile } from 'node:fs/promises';
import { isNode, isScalar, LineCounter, parseDocument, visit, type YAMLError } from 'yaml';
import { type Config, configSchema } from '../model/config.ts';
import { formatPlace, type Place, StanceError } from '../model/error.ts';

const DEFAULT_FILE = 'stance.yaml';
/** A configuration names services and hosts; more than this is a mistake or an attack. */
const MAX_BYTES = 1024 * 1024;
/** Deep nesting alone gives hundreds of them. */
const MAX_PROBLEMS = 20;
const TOO_DEEP = 'nested too deep to read';

/**
 * The configuration in `file`, or in `stance.yaml` of the working folder, or the defaults.
 * Throws CONFIG_INVALID with every problem and its place.
 */
export async function loadConfig(file: string | undefined, environment: NodeJS.ProcessEnv): Promise<Config> {
  const path = file ?? DEFAULT_FILE;
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (file === undefined && error.code === 'ENOENT') return '';
    throw new StanceError('CONFIG_INVALID', `cannot be read: ${error.code}`, {
      place: { file: path },
      cause: error,
    });
  });
  const config = parseConfig(path, text);
  const { STANCE_DATABASE_URL: databaseUrl, STANCE_CLICKHOUSE_URL: clickhouseUrl } = environment;
  return {
    ...config,
    stores: {
      ...config.stores,
      ...(databaseUrl && { databaseUrl }),
      ...(clickhouseUrl && { clickhouseUrl: environmentUrl('STANCE_CLICKHOUSE_URL', clickhouseUrl) }),
    },
  };
}

function environmentUrl(name: string, value: string): string {
  if (URL.canParse(value)) return value;
  throw new StanceError('CONFIG_INVALID', `the environment variable ${name} is not a URL`);
}

export function parseConfig(file: string, text: string): Config {
  if (text.length > MAX_BYTES) throw invalid(file, [[{ file }, `larger than ${MAX_BYTES} bytes`]]);
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    merge: false,
    schema: 'core',
    // Compares every key with every other: 60,000 services took 125 s.
    uniqueKeys: false,
  });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const flaws = [...document.errors, ...document.warnings].map(
    (flaw) => [placeAt(flaw.pos[0]), describe(flaw)] as const,
  );
  if (flaws.length > 0) throw invalid(file, flaws);
  const repeated = repeatedKeys(document).map(
    ({ name, offset }) => [placeAt(offset), `the key "${name}" stands twice in one mapping`] as const,
  );
  if (repeated.length > 0) throw invalid(file, repeated);
  const parsed = configSchema.safeParse(plainValue(file, document) ?? {});
  if (parsed.success) return parsed.data;
  throw invalid(
    file,
    parsed.error.issues.map((issue) => {
      const node = document.getIn([...issue.path], true) as { range?: readonly number[] } | undefined;
      return [
        placeAt(node?.range?.[0] ?? 0),
        `${issue.path.join('.') || 'the file'}: ${issue.message}`,
      ] as const;
    }),
  );
}

function describe({ code, message }: YAMLError): string {
  return code === 'RESOURCE_EXHAUSTION' ? TOO_DEEP : (message.split('\n')[0] ?? '');
}

function repeatedKeys(document: ReturnType<typeof parseDocument>): { name: string; offset: number }[] {
  const repeated: { name: string; offset: number }[] = [];
  visit(document, {
    Map: (_, mapping) => {
      const names = new Set<string>();
      for (const { key } of mapping.items) {
        const name = String(isScalar(key) ? key.value : key);
        if (names.has(name)) repeated.push({ name, offset: isNode(key) ? (key.range?.[0] ?? 0) : 0 });
        names.add(name);
      }
    },
  });
  return repeated;
}

/** Aliases are expanded up to the library's bound, so a bomb is refused and not unfolded. */
function plainValue(file: string, document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    throw invalid(file, [[{ file }, error instanceof Error ? error.message : String(error)]]);
  }
}

function invalid(file: string, problems: readonly (readonly [Place, string])[]): StanceError {
  const [first] = problems;
  if (first !== undefined && problems.length === 1)
    return new StanceError('CONFIG_INVALID', first[1], { place: first[0] });
  const list = problems.slice(0, MAX_PROBLEMS).map(([place, message]) => `${formatPlace(place)}: ${message}`);
  if (problems.length > MAX_PROBLEMS) list.push(`and ${problems.length - MAX_PROBLEMS} more`);
  return new StanceError('CONFIG_INVALID', [`${problems.length} problems`, ...list].join('\n'), {
    place: first?.[0] ?? { file },
  });
}
