import type { GatewayAccess, GatewaySpec } from './gateway.ts';
import type { InstalledProgram, ProgramName } from './program-package.ts';

/** What names a sandbox for a later session; safe to store. */
export type SandboxRef = { kind: 'e2b' | 'local'; id: string };

export type ExecOptions = {
  /** Absolute, inside the sandbox. Default: the workspace. */
  cwd?: string;
  env?: Readonly<Record<string, string>>;
  stdin?: string;
  timeoutMs: number;
  signal?: AbortSignal;
  /** Bytes kept of stdout and of stderr, each: the first part and the end; the middle is cut. */
  maxOutputBytes?: number;
  /**
   * Told what the command writes, while it runs: each stream in its own order, no character torn, nothing twice, of each stream at most the
   * first `maxStreamedBytes`. After the result nothing more is told. What the listener throws is ignored. The result alone is complete:
   * where a stream breaks for good, telling ends and the command goes on.
   */
  onOutput?: (chunk: OutputChunk) => void;
  /** Default `defaultBytes.streamed`. */
  maxStreamedBytes?: number;
};

export type OutputChunk = { stream: 'stdout' | 'stderr'; text: string };

export type ExecResult = {
  exitCode: number;
  stdout: string;
  stderr: string;
  timedOut: boolean;
  truncated: boolean;
  durationMs: number;
};

/**
 * A place where untrusted commands run: no network, no home, nothing of the host but a copy of the repository.
 *
 * Contract: what a command does is a result, never an exception; `exec` kills every process of the command at the time-out or abort;
 * `kill` may be called twice. Everything read back is untrusted.
 */
export interface Sandbox {
  readonly ref: SandboxRef;
  /** Absolute path, inside, of the repository copy. */
  readonly workspace: string;
  /** Absolute path, inside, of the folder for `issues.json` and `questions.json` (`$COURIER_OUT`). */
  readonly out: string;
  /** Why `SandboxSpec.setup` was not done; absent where it was, or where none was asked for. */
  readonly setupProblem?: string;
  /** What commands call of the API that `SandboxSpec.gateway` opens; absent where none was asked for, or where a sandbox cannot have one. */
  readonly gateway?: GatewayAccess;
  /** Why there is no `gateway` although one was asked for, and what to do about it. */
  readonly gatewayProblem?: string;
  /** The program of `SandboxSpec.program`: always there where one was asked for. */
  readonly program?: InstalledProgram;
  exec(command: readonly [string, ...string[]], options: ExecOptions): Promise<ExecResult>;
  /** Paths are absolute, inside. Parent folders are made. */
  writeFile(path: string, data: string | Uint8Array): Promise<void>;
  appendFile(path: string, data: string): Promise<void>;
  /** @returns the bytes, or `undefined` where there is no regular file. Never follows a link out. @throws ExternalError above `maxBytes`. */
  readFile(path: string, options?: { maxBytes?: number }): Promise<Uint8Array | undefined>;
  /**
   * Whether everything that commands may write to is as it was at creation, and none of their processes is left: then the next command
   * cannot tell that one ran before it. Absent where nobody can tell: then it has to be assumed that something changed.
   */
  isPristine?(): Promise<boolean>;
  /**
   * Ends what runs and keeps the files, for `SandboxProvider.resume`; from then on this object answers nothing. What is kept may be lost all
   * the same: it is never the only copy of anything.
   */
  pause?(): Promise<SandboxRef>;
  kill(): Promise<void>;
}

export type SandboxSpec = {
  session: string;
  /** Lifetime in milliseconds; the sandbox dies on its own after it. */
  lifetimeMs: number;
  /** The repository's files, copied into the workspace. Each call begins anew, and gives the same files: what they are may be looked at first. */
  files: () => AsyncIterable<SandboxFile>;
  env?: Readonly<Record<string, string>>;
  /** Done before the sandbox is handed over; a failure of it is told by `Sandbox.setupProblem`. */
  setup?: SandboxSetup | undefined;
  /** One API that commands may call, and nothing else; it ends with the sandbox. Whether there is one, `Sandbox.gateway` says. */
  gateway?: GatewaySpec;
  /**
   * Whether commands may get the key of `gateway` itself, where it cannot be added outside. Default `outside`: they never do. Where this host
   * stands between, they never do either.
   */
  modelKey?: ModelKeyPlace;
  /** An agent tool that commands find, read-only. Where it cannot be had, there is no sandbox: a `UserError` says what to do. */
  program?: ProgramName;
  /** Default: the template base, as it is. A sandbox without templates minds the memory alone. */
  size?: SandboxSize;
};

/** `hosts` are reached while `command` runs and never after it, on the ports 80 and 443. */
export type SandboxSetup = {
  command: string;
  hosts: readonly string[];
  timeoutMs: number;
  signal?: AbortSignal;
  /** What it makes may be given to later sandboxes of the repository: only where nobody else has a say in the files. */
  keep?: boolean;
  /** Nothing that an earlier setup made is used, and nothing is kept. */
  fresh?: boolean;
};

/** `undefined`: the template's own, and half of the machine's memory where there is none. */
export type SandboxSize = { templateId: string; memoryMb: number | undefined; cpuCount: number | undefined };

export const modelKeyPlaces = ['outside', 'inside'] as const;
export type ModelKeyPlace = (typeof modelKeyPlaces)[number];

/** Which sandboxes a session works in. */
export type SandboxChoice = { provider: 'e2b' | 'local'; size: SandboxSize; modelKey?: ModelKeyPlace };

/** `path` is repository-relative. A link keeps its target as text; nothing follows it. */
export type SandboxFile =
  | { path: string; mode: 'file' | 'executable'; data: Uint8Array }
  | { path: string; mode: 'link'; target: string };

/**
 * Makes sandboxes of one kind.
 *
 * Contract: `create` fails closed. It throws a `UserError` with the exact fix where the machine cannot isolate, never runs anything unsandboxed.
 */
export interface SandboxProvider {
  readonly kind: 'e2b' | 'local';
  create(spec: SandboxSpec): Promise<Sandbox>;
  /** @returns a sandbox that was paused, with its files; `undefined` where it is gone and has to be made anew. */
  resume?(
    ref: SandboxRef,
    life: Pick<SandboxSpec, 'lifetimeMs' | 'env' | 'size' | 'gateway' | 'modelKey' | 'program'>,
  ): Promise<Sandbox | undefined>;
}
