import type { Exchange } from '../exchange.ts';
import { NAMES, valuesOf } from './aws-cloudfront.ts';

export { carried, holds } from './aws-cloudfront.ts';

export const id = 'aws-cloudfront-json';
export const reads = 'aws-cloudfront';
export const json = true;

/** One record of a standard log (v2) as JSON: the names of the fields, and every value as text. */
export function write(exchange: Exchange): string {
  const values = valuesOf(exchange);
  return JSON.stringify(Object.fromEntries(NAMES.map((name, at) => [name, values[at]])));
}
