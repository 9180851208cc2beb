import type { ExecResult, Sandbox, SandboxFile, SandboxProvider } from '../sandboxes/sandbox.ts';

/** Where commands of agents are run, each in a copy of the same files that no command has touched before. */
export type Bench = {
  /** @throws UserError where this machine has no sandbox, ExternalError where one failed. */
  run(command: string, options: { timeoutMs: number; signal: AbortSignal }): Promise<ExecResult>;
  close(): Promise<void>;
};

// Of stdout and stderr, each: more than a command needs to show a problem.
const outputBytes = 128 << 10;

/**
 * A sandbox is used again only where it vouches that the command before left everything as it was (most only look); else the next command
 * gets a fresh one. So a large tree is copied once for many commands that read, and no command ever meets the traces of another.
 */
export function createBench(
  spec: { session: string; lifetimeMs: number; files: () => AsyncIterable<SandboxFile> },
  sandboxes: Pick<SandboxProvider, 'create'>,
): Bench {
  let current: Sandbox | undefined;
  const drop = async () => {
    const used = current;
    current = undefined;
    await used?.kill();
  };
  return {
    async run(command, { timeoutMs, signal }) {
      const { session, lifetimeMs } = spec;
      current ??= await sandboxes.create({ session, lifetimeMs, files: spec.files() });
      const sandbox = current;
      try {
        return await sandbox.exec(['bash', '-c', command], {
          cwd: sandbox.workspace,
          timeoutMs,
          signal,
          maxOutputBytes: outputBytes,
        });
      } finally {
        const pristine = await sandbox.isPristine?.().catch(() => false);
        if (!pristine) await drop();
      }
    },
    close: drop,
  };
}
