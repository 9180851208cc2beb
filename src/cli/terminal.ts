/** Where text goes. */
export type Stream = { write(text: string): unknown; isTTY?: boolean; columns?: number };

/** The process, as far as the command line uses it. */
export type Terminal = {
  args: readonly string[];
  env: Readonly<Record<string, string | undefined>>;
  cwd: string;
  stdin: AsyncIterable<string | Uint8Array>;
  stdout: Stream;
  stderr: Stream;
  /** Aborted when the person wants it to end. */
  signal: AbortSignal;
};

export const exitCodes = {
  done: 0,
  /** `--fail-on` is met. */
  failOn: 1,
  /** Usage or configuration error. */
  usage: 2,
  /** The session failed or was only partial. */
  incomplete: 3,
} as const;
export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Whether a person is watching this stream. */
export function isInteractive(stream: Stream, env: Terminal['env']): boolean {
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** Colours and cursor moves are for terminals only, and only where nobody said no (https://no-color.org). */
export function hasColour(stream: Stream, env: Terminal['env'], flags: ReadonlySet<string>): boolean {
  return isInteractive(stream, env) && !env.NO_COLOR && !flags.has('no-color');
}

/** Columns of the stream; 80 where it has none. */
export function widthOf(stream: Stream): number {
  return stream.columns !== undefined && stream.columns >= 20 ? stream.columns : 80;
}
