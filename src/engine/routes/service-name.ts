import type { SpecDocument } from '../../model/spec.ts';
import { withoutPort } from './host-name.ts';

/** Words that say what kind of thing is named, and a version. */
const SUFFIX = /-(api|apis|rest|http|service|services|svc|server|openapi|swagger|spec|v[0-9]+)$/;

/** Hosts are called so whatever they serve. */
const GENERIC = /^(api|apis|app|gateway|www|[0-9]+)$/;

/** A service without a name of its own is called like its description: `Orders API` is `orders`. */
export function nameOfSpec(spec: SpecDocument): string {
  return nameOf(spec.title) || nameOf(stemOf(spec.file));
}

/** The service is called like the description's title or file: `orders-service`, or `orders.example.com` by its host. */
export function isNamedLike(service: string, spec: SpecDocument): boolean {
  const names = [nameOf(spec.title), nameOf(stemOf(spec.file))].filter((name) => name !== '');
  const host = withoutPort(service);
  const label = host.includes('.') ? nameOf(host.split('.')[0] ?? '') : '';
  return [nameOf(service), GENERIC.test(label) ? '' : label].some((name) => names.includes(name));
}

function nameOf(text: string): string {
  let name = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '');
  while (SUFFIX.test(name)) name = name.replace(SUFFIX, '');
  return name;
}

function stemOf(file: string): string {
  const name = file.split('/').at(-1) ?? '';
  const stem = name.replace(/\.(gz|zst)$/i, '').replace(/\.[^.]+$/, '');
  // A description called like its kind is named by its folder: `orders/openapi.yaml`.
  return /^(openapi|swagger|api|api-docs|index|spec)$/i.test(stem) ? (file.split('/').at(-2) ?? stem) : stem;
}
