/** A line on stderr that is drawn over while input is taken in. */
export interface Progress {
  readonly add: (taken: { readonly bytes: number; readonly lines: number }) => void;
  readonly clear: () => void;
}

/** `totalBytes` is absent when inputs are compressed: then there is no end to estimate. */
export function terminalProgress(
  sink: { write(text: string): unknown },
  clock: () => number,
  totalBytes: number | undefined,
): Progress {
  const startedAt = clock();
  let bytes = 0;
  let lines = 0;
  return {
    add: (taken) => {
      bytes += taken.bytes;
      lines += taken.lines;
      const seconds = Math.max(0.001, (clock() - startedAt) / 1000);
      sink.write(`\r\x1b[2K${progressText({ bytes, lines, seconds, totalBytes })}`);
    },
    clear: () => sink.write('\r\x1b[2K'),
  };
}

export const noProgress: Progress = { add: () => undefined, clear: () => undefined };

/** `120 MB of 450 MB, 160,000 records, 310,000 records/s, 3 s left`. */
export function progressText(state: {
  readonly bytes: number;
  readonly lines: number;
  readonly seconds: number;
  readonly totalBytes: number | undefined;
}): string {
  const { bytes, lines, seconds, totalBytes } = state;
  const megabytes = (size: number) => `${Math.round(size / 1e6).toLocaleString('en')} MB`;
  const rate = Math.round(lines / seconds);
  const parts = [
    totalBytes === undefined ? megabytes(bytes) : `${megabytes(bytes)} of ${megabytes(totalBytes)}`,
    `${lines.toLocaleString('en')} records`,
    `${rate.toLocaleString('en')} records/s`,
  ];
  if (totalBytes !== undefined && bytes > 0) {
    parts.push(`${Math.max(0, Math.ceil((seconds * (totalBytes - bytes)) / bytes))} s left`);
  }
  return parts.join(', ');
}
