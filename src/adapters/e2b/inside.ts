import { Blob } from 'node:buffer';
import { ExternalError } from '../../lib/errors.ts';
import { type Account, type E2bSandbox, runsStill } from './account.ts';
import { type Patience, withRetries } from './retry.ts';
import { type E2bFailure, goneHint } from './to-e2b-error.ts';

export type Said = { exitCode: number; stdout: string; stderr: string };

/** The inside of a sandbox, as root. Everything may be done twice: where an answer is lost it is asked for again. */
export type Inside = {
  /** Runs a line of shell. @param options.timeoutMs how long one attempt may last. @throws ExternalError once the sandbox has ended. */
  run(line: string, options: { timeoutMs: number }): Promise<Said>;
  /**
   * Hears what a script says, line by line, while it runs. Where the connection is cut, `line` is asked for what to run to hear the rest, for
   * as long as something new comes; half a line is never heard.
   */
  follow(line: () => string, options: { onLine: (line: string) => void; signal: AbortSignal }): Promise<void>;
  /** Writes a file of Courier's own. */
  send(path: string, data: string | Uint8Array): Promise<void>;
  /** What lies there, a link followed: at most so many bytes and a little more. */
  fetch(path: string, maxBytes: number): Promise<Buffer>;
};

export const ended = 'The sandbox has ended.';
const sendMs = 300_000;

export function enter(
  machine: E2bSandbox,
  { account, patience, over }: { account: Account; patience: Patience; over: AbortSignal },
): Inside {
  const refuseEnded = (cause?: unknown) => {
    if (over.aborted) throw new ExternalError(ended, { cause });
  };
  // Whoever is turned away at the door hears that the sandbox is gone, whatever the reason.
  const mayPass = async ({ kind, error }: E2bFailure) => {
    if (kind === 'refused') return false;
    if ((await runsStill(account, machine.sandboxId)) !== false) return true;
    throw new ExternalError('The E2B sandbox is gone.', { cause: error, hint: goneHint });
  };
  return {
    async run(line, { timeoutMs }) {
      const attempt = async () => {
        refuseEnded();
        return runOnce(machine, line, AbortSignal.any([over, AbortSignal.timeout(timeoutMs)]));
      };
      try {
        return await withRetries(attempt, { what: 'E2B could not run a command', patience, signal: over, mayPass });
      } catch (error) {
        refuseEnded(error);
        throw error;
      }
    },
    async follow(line, { onLine, signal }) {
      const either = AbortSignal.any([over, signal]);
      const attempt = () => hearAll({ machine, line, onLine, signal: either });
      await withRetries(attempt, { what: 'E2B could not tell an output', patience, signal: either, mayPass });
    },
    async send(path, data) {
      const blob = new Blob([typeof data === 'string' ? data : Uint8Array.from(data)]);
      const options = { user: 'root', useOctetStream: true, requestTimeoutMs: sendMs, signal: over };
      const what = 'E2B did not take a file';
      await withRetries(() => machine.files.write(path, blob, options), { what, patience, signal: over });
    },
    fetch: (path, maxBytes) =>
      withRetries(() => fetchOnce(machine, path, maxBytes), {
        what: 'E2B did not give a file',
        patience,
        signal: over,
      }),
  };
}

type Hearing = Parameters<Inside['follow']>[1] & { machine: E2bSandbox; line: () => string };

/** A cut after something was heard is no failure. */
async function hearAll({ machine, line, onLine, signal }: Hearing): Promise<void> {
  for (let heard = true; heard; ) {
    heard = false;
    let begun = '';
    const onStdout = (text: string) => {
      const lines = `${begun}${text}`.split('\n');
      begun = lines.pop() ?? '';
      if (signal.aborted || lines.length === 0) return;
      heard = true;
      lines.forEach(onLine);
    };
    try {
      await runOnce(machine, line(), signal, onStdout);
      return;
    } catch (error) {
      if (!heard || signal.aborted) throw error;
    }
  }
}

/** E2B's edge cuts a connection now and then while the command goes on. */
async function runOnce(
  machine: E2bSandbox,
  line: string,
  signal: AbortSignal,
  onStdout?: (text: string) => void,
): Promise<Said> {
  try {
    // The home of the commands' user is theirs: nothing of it is read at the start of ours.
    const envs = { HOME: '/nonexistent', COURIER_SUPERVISOR: '1' };
    const options = { timeoutMs: 0, user: 'root', envs, signal, ...(onStdout ? { onStdout } : {}) };
    const handle = await machine.commands.run(line, { ...options, background: true });
    return await handle.wait();
  } catch (error) {
    const result = exitOf(error);
    if (result) return result;
    throw error;
  }
}

/** A command that ended with another code than 0: the SDK throws it. */
function exitOf(error: unknown): Said | undefined {
  if (!(error instanceof Error) || error.name !== 'CommandExitError') return undefined;
  if (!('exitCode' in error && 'stdout' in error && 'stderr' in error)) return undefined;
  return { exitCode: Number(error.exitCode), stdout: String(error.stdout), stderr: String(error.stderr) };
}

export async function fetchOnce(machine: E2bSandbox, path: string, maxBytes: number): Promise<Buffer> {
  const stream = await machine.files.read(path, { format: 'stream', user: 'root' });
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) break;
  }
  return Buffer.concat(chunks);
}
