import { ExternalError } from '../../lib/errors.ts';
import { oneLine, truncate } from '../../lib/text.ts';
import { writeFileScript } from '../../sandboxes/file-scripts.ts';
import { checkPath, defaultBytes, refuseArguments } from '../../sandboxes/guest-limits.ts';
import type { ExecOptions, ExecResult, Sandbox } from '../../sandboxes/sandbox.ts';
import { guest } from './bubblewrap-policy.ts';
import type { BubblewrapResult } from './bubblewrap-process.ts';

/** One command for the inside. */
export type GuestCommand = {
  argv: readonly string[];
  cwd: string;
  env: Readonly<Record<string, string>>;
  stdin: string | Uint8Array;
  timeoutMs: number;
  signal: AbortSignal | undefined;
  maxOutputBytes: number;
  onOutput: ExecOptions['onOutput'];
  maxStreamedBytes: ExecOptions['maxStreamedBytes'];
  /** Courier's own small commands on files do without the gateway. */
  gateway: boolean;
};

const fileTimeoutMs = 60_000;

/**
 * What a sandbox offers, in terms of running a command inside. Files too are read and written from the inside, where a link that an
 * attacker planted leads nowhere else: the host opens no path below the storage while the sandbox lives.
 */
export function createGuest(
  run: (command: GuestCommand) => Promise<BubblewrapResult>,
  ended: AbortSignal,
): Pick<Sandbox, 'exec' | 'readFile' | 'writeFile' | 'appendFile'> {
  const inside = async (command: GuestCommand): Promise<BubblewrapResult> => {
    if (ended.aborted) throw new ExternalError('The sandbox has ended.');
    const result = await run(command);
    if (result.started) return result;
    throw new ExternalError(`The sandbox could not run a command: ${oneLine(result.stderr.toString())}`);
  };
  const onFile = async (
    script: string,
    args: readonly string[],
    stdin: string | Uint8Array,
    maxOutputBytes: number,
  ) => {
    const argv = ['/bin/sh', '-c', script, 'courier', ...args];
    const trusted = {
      cwd: '/',
      env: { PATH: '/usr/bin:/bin' },
      timeoutMs: fileTimeoutMs,
      signal: undefined,
      onOutput: undefined,
      maxStreamedBytes: undefined,
      gateway: false,
    };
    return inside({ argv, stdin, maxOutputBytes, ...trusted });
  };
  const write = async (redirect: '>' | '>>', path: string, data: string | Uint8Array) => {
    checkPath(path);
    const result = await onFile(writeFileScript(redirect), [path], data, 10_000);
    if (result.exitCode === 0) return;
    const reason = result.timedOut ? 'it took too long' : truncate(oneLine(result.stderr.toString()), 300);
    throw new ExternalError(`${JSON.stringify(path)} could not be written in the sandbox: ${reason}`);
  };
  return {
    async exec(
      command,
      {
        cwd = guest.workspace,
        env = {},
        stdin = '',
        timeoutMs,
        signal,
        maxOutputBytes = defaultBytes.output,
        onOutput,
        maxStreamedBytes,
      },
    ) {
      const refused = refuseArguments([cwd, ...command]);
      if (refused) return refused;
      return toExecResult(
        await inside({
          ...{ argv: command, cwd, env, stdin, timeoutMs, signal, maxOutputBytes, onOutput, maxStreamedBytes },
          gateway: true,
        }),
      );
    },
    writeFile: (path, data) => write('>', path, data),
    appendFile: (path, data) => write('>>', path, data),
    async readFile(path, { maxBytes = defaultBytes.file } = {}) {
      checkPath(path);
      const script = '[ -f "$1" ] && [ -r "$1" ] || exit 66; exec head -c "$2" -- "$1"';
      // Twice the size: what is kept must not be cut before the size can be judged.
      const result = await onFile(script, [path, String(maxBytes + 1)], '', 2 * maxBytes + 2);
      if (result.exitCode === 66) return undefined;
      if (result.exitCode !== 0) {
        throw new ExternalError(
          `${JSON.stringify(path)} could not be read in the sandbox: ${oneLine(result.stderr.toString())}`,
        );
      }
      if (result.stdout.length <= maxBytes) return result.stdout;
      throw new ExternalError(`${JSON.stringify(path)} is larger than ${maxBytes} bytes.`);
    },
  };
}

function toExecResult({ exitCode, stdout, stderr, timedOut, truncated, durationMs }: BubblewrapResult): ExecResult {
  return {
    exitCode,
    stdout: stdout.toString('utf8'),
    stderr: stderr.toString('utf8'),
    timedOut,
    truncated,
    durationMs,
  };
}
