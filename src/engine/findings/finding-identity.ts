import { createHash } from 'node:crypto';
import type { FindingIdentity } from '../../model/finding.ts';

export const FINGERPRINT_VERSION = 1;
/** 48 bits: among 100,000 findings two share an id with a chance of about 1 in 56,000; fingerprints decide. */
const ID_DIGITS = 12;

/** SHA-256, hex, of the identity; JSON keeps the parts apart whatever characters they hold. */
export function fingerprint({ rule, apiId }: FindingIdentity): string {
  const encoded = JSON.stringify(['stance-finding', FINGERPRINT_VERSION, rule, apiId]);
  return createHash('sha256').update(encoded, 'utf8').digest('hex');
}

/** The short name of a finding for people. */
export function findingId(fingerprintHex: string): string {
  return `STN-${fingerprintHex.slice(0, ID_DIGITS)}`;
}
