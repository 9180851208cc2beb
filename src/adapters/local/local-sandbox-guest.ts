import { ExternalError } from '../../lib/errors.ts';
import { oneLine, truncate } from '../../lib/text.ts';
import type { ExecResult, Sandbox } from '../../sandboxes/sandbox.ts';
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
};

const defaultOutput = 1 << 20;
const defaultFile = 50 << 20;
const fileTimeoutMs = 60_000;
/** Linux takes no single argument above this (MAX_ARG_STRLEN); of all together less than 2 MB, environment included. */
const longestArgument = 131_071;
const longestCommand = 1_500_000;

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
    const trusted = { cwd: '/', env: { PATH: '/usr/bin:/bin' }, timeoutMs: fileTimeoutMs, signal: undefined };
    return inside({ argv, stdin, maxOutputBytes, ...trusted });
  };
  const write = async (redirect: '>' | '>>', path: string, data: string | Uint8Array) => {
    checkPath(path);
    const result = await onFile(`mkdir -p -- "$(dirname -- "$1")" && cat ${redirect} "$1"`, [path], data, 10_000);
    if (result.exitCode === 0) return;
    const reason = result.timedOut ? 'it took too long' : truncate(oneLine(result.stderr.toString()), 300);
    throw new ExternalError(`${JSON.stringify(path)} could not be written in the sandbox: ${reason}`);
  };
  return {
    async exec(
      command,
      { cwd = guest.workspace, env = {}, stdin = '', timeoutMs, signal, maxOutputBytes = defaultOutput },
    ) {
      const refused = refuseArguments([cwd, ...command]);
      if (refused) return refused;
      return toExecResult(await inside({ argv: command, cwd, env, stdin, timeoutMs, signal, maxOutputBytes }));
    },
    writeFile: (path, data) => write('>', path, data),
    appendFile: (path, data) => write('>>', path, data),
    async readFile(path, { maxBytes = defaultFile } = {}) {
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

function checkPath(path: string): void {
  if (!path.startsWith('/') || path.includes('\0') || Buffer.byteLength(path) > 4096) {
    throw new ExternalError(`${JSON.stringify(truncate(path, 200))} is no absolute path.`);
  }
}

/** An argument that no process can be given is the command's mistake: a result like any other. */
function refuseArguments(args: readonly string[]): ExecResult | undefined {
  const sizes = args.map((arg) => Buffer.byteLength(arg));
  const tooLong =
    sizes.some((size) => size > longestArgument) || sizes.reduce((sum, size) => sum + size) > longestCommand;
  if (!tooLong && !args.some((arg) => arg.includes('\0'))) return undefined;
  const stderr = tooLong
    ? `The command is too long (${longestArgument} bytes per argument): write the data to a file first.\n`
    : 'An argument holds a NUL character.\n';
  return { exitCode: 126, stdout: '', stderr, timedOut: false, truncated: false, durationMs: 0 };
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
