/** The points of an ingest at which a crash must lose and double nothing. */
export const INGEST_STAGES = [
  'segment-spooled',
  'manifest-committed',
  'traffic-applied',
  'state-committed',
  'segment-deleted',
] as const;
export type IngestStage = (typeof INGEST_STAGES)[number];

/** Everything from outside that is not a file or a store; built once in `cli/`, replaced in tests. */
export interface Deps {
  readonly now: () => Date;
  readonly randomBytes: (size: number) => Uint8Array;
  /** Talk for people; goes to stderr. */
  readonly log: (message: string) => void;
  /** Called after each durable step; fault tests stop the process here. */
  readonly onStage: (stage: IngestStage) => Promise<void>;
  readonly signal: AbortSignal;
}
