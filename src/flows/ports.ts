import type { Agent } from '../agents/agent.ts';
import type { Model } from '../agents/model.ts';
import type { CommandRunner, Toolbox } from '../checks/check.ts';
import type { Matched } from '../findings/judge-run.ts';
import type { ScopeFinder } from '../findings/scopes.ts';
import type { Store } from '../ledger/store.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { SafeText } from '../publishing/safe-text.ts';
import type { SandboxChoice, SandboxFile, SandboxProvider } from '../sandboxes/sandbox.ts';
import type { Score, Trace } from '../sessions/feedback.ts';
import type { Mail } from '../sessions/mail.ts';
import type { SessionEvent } from '../sessions/session-event.ts';
import type { GitHub } from './github-ports.ts';
import type { Witness } from './witness.ts';

/** Submodules are never looked into; of pointers, Git LFS holds the contents elsewhere and the checkout did not fetch them. */
export type RepositoryGaps = { submodules: readonly string[]; pointers: readonly string[] };

/** A git bundle, or why there is none (the rest of a sentence). */
export type RepositoryHistory = { bundle: Uint8Array } | { none: string };

/**
 * The files under scan: what git tracks below the root, and what it neither tracks nor ignores (without git: every file but the usual
 * build output).
 *
 * Contract: `read` answers only for regular files inside the root (no link leads out) and up to its size limit, else `undefined`.
 */
export interface Repository {
  /** Absolute path on the host. */
  readonly root: string;
  /** 40 hex digits; absent without git or without a commit. */
  readonly commit: string | undefined;
  readonly branch: string | undefined;
  /** Whether the working tree differs from the commit. */
  readonly dirty: boolean;
  /** `owner/name` where it can be told from the remote, else the folder's name. */
  readonly name: string;
  /** Repository-relative, forward slashes, sorted; without symbolic links. */
  files(): Promise<readonly string[]>;
  read(path: string, options?: { maxBytes?: number }): Promise<Uint8Array | undefined>;
  /** Those of the paths that git ignores here, whether or not it tracks them; none without git. */
  ignored(paths: readonly string[]): Promise<ReadonlySet<string>>;
  /** What git tracks and none of these files holds; empty without git. */
  gaps(): Promise<RepositoryGaps>;
  /** All commits up to the head; without remotes and credentials. */
  history(): Promise<RepositoryHistory>;
  /** The same files and the links, for a sandbox. */
  stream(): AsyncIterable<SandboxFile>;
  /**
   * The same of another commit, as git stores it (untracked files are in none). `undefined` without git, or where the clone does not hold
   * the commit; nothing is fetched. @throws ExternalError, also from the stream, where the clone holds it in part.
   */
  filesAt(commit: string): Promise<(() => AsyncIterable<SandboxFile>) | undefined>;
  /**
   * By path, first and last line (from 1, both included) of each place that the head changed since it left `base` (a commit or a
   * branch). `undefined` without git, or where a shallow checkout does not reach back to there.
   */
  changedLines(base: string): Promise<ReadonlyMap<string, readonly (readonly [number, number])[]> | undefined>;
  /**
   * Files that the head has under another path than `since` (40 hex digits) had them, old path to new, by git's similarity (at least half
   * the lines; the old path is gone). `undefined` without git, or where the checkout does not hold that commit, as a shallow one does not.
   */
  renames(since: string): Promise<ReadonlyMap<string, string> | undefined>;
}

/**
 * A folder for reports or for the files of one session. Paths are relative to it, with forward slashes.
 *
 * Contract: `write` is whole or not at all. What `append` returned for is in the file, also when the process is killed right after it; calls
 * keep their order, and a line that a killed process left without its end is ended first, so that lines never mix. Nothing leads out.
 */
export interface Output {
  /** Absolute; may not be there yet. */
  readonly folder: string;
  /** @returns the absolute path. */
  write(path: string, text: string): Promise<string>;
  /** @param line one line, without its line break. */
  append(path: string, line: string): Promise<void>;
  /** The text of a regular file, `undefined` where there is none. @throws ExternalError above `maxBytes`. */
  read(path: string, options: { maxBytes: number }): Promise<string | undefined>;
  /** Names of what lies directly in it, sorted; none where it is not there. */
  list(): Promise<readonly string[]>;
  /** Removes the folder with all that it holds; a link in its place is left. */
  remove(): Promise<void>;
}

/** What people send to a session while it works. */
export interface Mailbox {
  /** Letters that came since the last call, oldest first; each is given once. */
  read(): Promise<readonly Mail[]>;
}

/** The processes of this machine: where a session works that no workflow runs. */
export interface Processes {
  readonly own: { host: string; pid: number };
  /** `undefined`: it is on another machine. A number that was given to another process since reads as alive. */
  isAlive(process: { host: string; pid: number }): boolean | undefined;
}

/** What an agent had reported in a sandbox that nobody holds any more, by file name: unread and untrusted. */
export type Reported = Readonly<Record<string, Uint8Array>>;

/** What a person watching sees: one value at a time, the newest wins. */
export type Progress = {
  step: string;
  /** 0 to 1 where it can be told. */
  done?: number;
  iteration?: number;
  of?: number;
  tool?: string;
  costUsd?: number;
  /** Of a run, its steps as a diagram: for those who can draw it. */
  picture?: SafeText;
};

export type { Score, Trace };

/**
 * Where ratings go besides the ledger.
 *
 * Contract: `send` may be given the same things again, and they are there once. It throws `ExternalError`, whose message holds no credential,
 * where not all of it was taken; what was taken stays.
 */
export interface FeedbackSink {
  send(feedback: { traces: readonly Trace[]; scores: readonly Score[] }): Promise<void>;
}

export type Ports = {
  repository: Repository;
  findScopes: ScopeFinder;
  commands: CommandRunner;
  tools: Toolbox;
  /**
   * Puts files into a new folder of this machine, for tools that only read them.
   *
   * Contract: it throws for a path that leads out of the folder, and has then left nothing.
   */
  layFiles: (files: AsyncIterable<SandboxFile>) => Promise<{ root: string; remove: () => Promise<void> }>;
  /** The ledger of a scan without GitHub. */
  localLedger: Store;
  /** Absent in a local scan. */
  github: GitHub | undefined;
  /** Absent where no agent runs. */
  agent: Agent | undefined;
  /** The agent that the settings ask for, with the model for single questions that goes with it; until they are known, `agent` and `model` stand in. */
  chooseAgent?: ((choice: { tool: string; model: string }) => Promise<Pick<Ports, 'agent' | 'model'>>) | undefined;
  /** For single questions, without tools or a sandbox. Absent where no agent runs. */
  model: Model | undefined;
  sandboxes: SandboxProvider | undefined;
  /** Ends what sandboxes a dead session left, of whatever kind, and says what its agents had reported there. */
  salvage: (session: string) => Promise<readonly Reported[]>;
  processes: Processes;
  /** Name of the file below `.github/workflows` that takes requests; absent: none can be sent. */
  workflow?: string | undefined;
  /**
   * Told when a session begins: right before it goes on record, so that what it leaves can be put in order when this process is killed, or
   * that it has none before its end.
   */
  began: (session: string, on: 'record' | 'no-record') => void;
  /** The sandboxes that the settings ask for; until they are known, `sandboxes` stands in. */
  chooseSandboxes?: ((choice: SandboxChoice) => SandboxProvider) | undefined;
  /**
   * Whether a text matches a regular expression that anybody may have written.
   *
   * Contract: it ends in bounded time, whatever the expression, and never holds the process up.
   */
  matchPattern: (pattern: string, text: string) => Promise<Matched>;
  /** Reports. */
  output: Output;
  /** The files of one session: its record, events, transcript, checkpoint, and what the agents reported as they wrote it. */
  sessionFolder: (session: string) => Output;
  mailbox: (session: string) => Mailbox;
  clock: Clock;
  log: Log;
  progress: (progress: Progress) => void;
  /** Told each event of the session as it is kept: without secrets, and on a public repository without details. */
  watch?: ((event: SessionEvent) => void) | undefined;
  /** The sink at an address, with the credentials of this process; or the names of those that are not set. Absent: ratings stay in the ledger. */
  connectFeedback?: ((baseUrl: string) => Promise<FeedbackSink | { missing: readonly string[] }>) | undefined;
  /** Where answers that decide are kept, or come from; absent: they are asked for and not kept. */
  witness?: Witness | undefined;
};
