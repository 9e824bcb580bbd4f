import type { ScanReport } from './report.ts';

export interface OutputOptions {
  /** Terminal width in columns; 100 when not a terminal. */
  readonly width: number;
  readonly color: boolean;
  /** Absolute; files below it are named relative to it where an output must not give absolute paths. */
  readonly workingDirectory?: string;
}

/** A unit under `src/outputs/`: one way to write a scan report. */
export interface Output {
  /** Equal to the folder's name; what `--output id=file` names. */
  readonly id: string;
  readonly title: string;
  readonly mediaType: string;
  render(report: ScanReport, options: OutputOptions): string;
}
