import type { SpecLocation, SpecSecurity } from './endpoint.ts';

/** A server an API description names; `host` is empty for a relative server. */
export interface SpecServer {
  /** Lower case, with port only when it is not the scheme's default. */
  readonly host: string;
  /** Starts with `/`, no trailing slash; empty for the root. */
  readonly basePath: string;
  /** `https`, `http`, or empty when relative. */
  readonly scheme: string;
}

export interface SpecOperation {
  /** Upper case. */
  readonly method: string;
  /** The template below the base path, as written: `/users/{id}`. */
  readonly path: string;
  /** Path-level or operation-level servers when they override the document's. */
  readonly servers?: readonly SpecServer[];
  readonly operationId?: string;
  readonly deprecated: boolean;
  readonly security: SpecSecurity;
  readonly owner?: string;
  readonly sunset?: string;
  readonly location: SpecLocation;
}

/** An API description after reading: what Stance keeps of it. */
export interface SpecDocument {
  readonly file: string;
  /** SHA-256 of the file's bytes, hex. */
  readonly sha256: string;
  /** The edition as written: `2.0`, `3.0.3`, `3.1.0`, `3.2.0`. */
  readonly edition: string;
  readonly title: string;
  readonly version: string;
  readonly owner?: string;
  readonly sunset?: string;
  readonly servers: readonly SpecServer[];
  readonly operations: readonly SpecOperation[];
  /** Problems that did not stop reading, each with its place. */
  readonly problems: readonly SpecProblem[];
}

export interface SpecProblem {
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}
