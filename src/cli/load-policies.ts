import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parsePolicies } from '../engine/policy/parse-policies.ts';
import { StanceError } from '../model/error.ts';
import type { Policy } from '../model/policy.ts';

const BASELINE = fileURLToPath(
  new URL('../../catalog/policies/api-security-baseline/policies.yaml', import.meta.url),
);

/** The policies in `files`, or the built-in baseline when none is given. Throws POLICY_INVALID. */
export async function loadPolicies(files: readonly string[]): Promise<Policy[]> {
  if (files.length === 0) return parsePolicies('api-security-baseline', await readFile(BASELINE, 'utf8'));
  const policies: Policy[] = [];
  for (const file of files) {
    for (const policy of parsePolicies(file, await readText(file))) {
      const twin = policies.find((other) => other.name === policy.name);
      if (twin !== undefined) {
        const message = `the policy "${policy.name}" is in ${twin.source.file}:${twin.source.line} already`;
        throw new StanceError('POLICY_INVALID', message, { place: policy.source });
      }
      policies.push(policy);
    }
  }
  return policies;
}

async function readText(file: string): Promise<string> {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(await readFile(file));
  } catch (error) {
    const reason =
      error instanceof TypeError
        ? 'the file is not UTF-8 text'
        : `cannot be read: ${(error as NodeJS.ErrnoException).code}`;
    throw new StanceError('POLICY_INVALID', reason, { place: { file }, cause: error });
  }
}
