import type { ExecResult, Sandbox, SandboxFile, SandboxProvider, SandboxSetup } from '../sandboxes/sandbox.ts';

/** Where commands of agents are run, each in a copy of the same files that no command has touched before. */
export type Bench = {
  /** @throws UserError where this machine has no sandbox, ExternalError where one failed. */
  run(
    /** A line for bash, or a program and what it is given. */
    command: string | readonly [string, ...string[]],
    options: { timeoutMs: number; setupMs: number; signal: AbortSignal; maxOutputBytes?: number },
  ): Promise<ExecResult & { setupProblem: string | undefined }>;
  close(): Promise<void>;
};

// Of stdout and stderr, each: more than a command needs to show a problem.
const outputBytes = 128 << 10;

/**
 * A sandbox is used again only where it vouches that the command before left everything as it was (most only look); else the next command
 * gets a fresh one. So a large tree is copied once for many commands that read, and no command ever meets the traces of another. Each is
 * set up before; a setup that failed once is not tried again.
 */
export function createBench(
  spec: {
    session: string;
    lifetimeMs: number;
    files: () => AsyncIterable<SandboxFile>;
    setup: SandboxSetup | undefined;
  },
  sandboxes: Pick<SandboxProvider, 'create'>,
): Bench {
  let current: Sandbox | undefined;
  let setupProblem: string | undefined;
  const open = async (setupMs: number) => {
    const { session, lifetimeMs } = spec;
    const setup =
      spec.setup && setupProblem === undefined
        ? { ...spec.setup, timeoutMs: Math.max(1, Math.min(spec.setup.timeoutMs, setupMs)) }
        : undefined;
    const sandbox = await sandboxes.create({ session, lifetimeMs, files: spec.files, setup });
    setupProblem ??= sandbox.setupProblem;
    return sandbox;
  };
  const drop = async () => {
    const used = current;
    current = undefined;
    await used?.kill();
  };
  return {
    async run(command, { timeoutMs, setupMs, signal, maxOutputBytes = outputBytes }) {
      current ??= await open(setupMs);
      const sandbox = current;
      try {
        const result = await sandbox.exec(typeof command === 'string' ? ['bash', '-c', command] : command, {
          cwd: sandbox.workspace,
          timeoutMs,
          signal,
          maxOutputBytes,
        });
        return { ...result, setupProblem };
      } finally {
        const pristine = await sandbox.isPristine?.().catch(() => false);
        if (!pristine) await drop();
      }
    },
    close: drop,
  };
}
