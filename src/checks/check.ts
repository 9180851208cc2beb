import type { Candidate } from '../findings/finding.ts';

/** A command that was run to its end, or not. Output is bounded; `truncated` says when it was cut. */
export type CommandResult = {
  /** `undefined` when the process never started or died of a signal. */
  exitCode: number | undefined;
  signal?: string;
  stdout: string;
  stderr: string;
  timedOut: boolean;
  truncated: boolean;
  durationMs: number;
  /** The program was not there or could not be started. */
  spawnError?: string;
};

/** One command line to run on the host: a shell line (a maintainer's own) or an argument list (ours). */
export type CommandLine = { shell: string } | { argv: readonly [string, ...string[]] };

export type RunOptions = {
  cwd: string;
  /** Added to the cleaned environment; credentials of the job are never part of it. */
  env?: Readonly<Record<string, string>>;
  timeoutMs: number;
  maxOutputBytes?: number;
  stdin?: string;
  signal?: AbortSignal;
};

/**
 * Runs commands of the repository's own maintainers, and Courier's pinned tools, as an ordinary CI step would.
 *
 * Contract: never throws for what the command does; kills the whole process group at the time-out or abort.
 */
export interface CommandRunner {
  run(command: CommandLine, options: RunOptions): Promise<CommandResult>;
}

/** Finds Courier's pinned tools: in its own dependencies, or installed into the tool cache on first use. */
export interface Toolbox {
  /** Absolute folder of what the tools need on disk: rules, their configurations, the lock file. */
  readonly assets: string;
  /** @returns the argument list that starts the tool, or one sentence that says why it cannot be had. */
  locate(tool: string): Promise<{ argv: readonly [string, ...string[]]; version: string } | { unavailable: string }>;
}

/**
 * What came of one check.
 * `undetermined` is never clean: `unavailable` (the tool or the network is not there) or `failed` (crash, time-out, unreadable output).
 */
export type CheckOutcome = {
  check: string;
  kind: 'preset' | 'configured';
  tool?: string;
  version?: string;
  durationMs: number;
} & (
  | { state: 'clean' | 'findings'; findings: readonly CheckFinding[]; held: HeldBack }
  | { state: 'undetermined'; cause: 'unavailable' | 'failed'; reason: string }
  | { state: 'not-applicable'; reason: string }
);

/** A candidate with the rule that raised it. */
export type CheckFinding = { candidate: Candidate; rule: string | undefined };

/** What the noise cap kept back: how many findings, and of which rules. */
export type HeldBack = { findings: number; rules: readonly string[] };
