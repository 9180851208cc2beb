import { randomBytes } from 'node:crypto';
import { ExternalError } from '../../lib/errors.ts';
import { oneLine, truncate } from '../../lib/text.ts';
import { writeFileScript } from '../../sandboxes/file-scripts.ts';
import { checkPath, defaultBytes, refuseArguments } from '../../sandboxes/guest-limits.ts';
import type { ExecResult, Sandbox } from '../../sandboxes/sandbox.ts';
import { ended, type Inside } from './inside.ts';
import { runCommand } from './run-command.ts';

type Guest = {
  inside: Inside;
  env: Readonly<Record<string, string>>;
  workspace: string;
  out: string;
  /** When the sandbox was killed from here. */
  over: AbortSignal;
};

const atOnce = 16;

/** What a sandbox offers, in terms of running commands inside. Files too are read and written as the commands' user. */
export function createE2bGuest({
  inside,
  env: base,
  workspace,
  out,
  over,
}: Guest): Pick<Sandbox, 'exec' | 'readFile' | 'writeFile' | 'appendFile'> {
  const inTurn = createLimit(atOnce);
  const standard = { ...guestEnvironment, HOME: out, COURIER_OUT: out, ...base };
  const onFile = async (script: string, args: readonly string[], stdin: string | Uint8Array = '') => {
    if (over.aborted) throw new ExternalError(ended);
    const command = ['/bin/sh', '-c', script, 'courier', ...args];
    const quiet = { timeoutMs: 60_000, maxOutputBytes: 1 << 20, signal: undefined, onOutput: undefined };
    const order = { command, cwd: '/', env: {}, stdin, ...quiet };
    return inTurn(() => runCommand(order, inside));
  };
  const write = async (redirect: '>' | '>>', path: string, data: string | Uint8Array) => {
    checkPath(path);
    const result = await onFile(writeFileScript(redirect), [path], data);
    if (result.exitCode !== 0) throw refusal(path, 'written', result);
  };
  return {
    async exec(command, options) {
      if (over.aborted) throw new ExternalError(ended);
      const { cwd = workspace, env = {}, stdin = '', signal, maxOutputBytes = defaultBytes.output, onOutput } = options;
      const refused = refuseArguments([cwd, ...command]);
      if (refused) return refused;
      if (signal?.aborted) return killed;
      const begin = performance.now();
      const order = { ...options, command, cwd, env: { ...standard, ...env }, stdin, signal, maxOutputBytes, onOutput };
      const result = await inTurn(() => runCommand(order, inside)).catch((error: unknown) => {
        if (over.aborted) return killed;
        throw error;
      });
      return { ...result, durationMs: Math.round(performance.now() - begin) };
    },
    writeFile: (path, data) => write('>', path, data),
    appendFile: (path, data) => write('>>', path, data),
    async readFile(path, { maxBytes = defaultBytes.file } = {}) {
      checkPath(path);
      const staged = `/tmp/courier-${randomBytes(8).toString('hex')}`;
      const result = await onFile(readScript, [path, String(maxBytes + 1), staged]);
      if (result.exitCode === 66) return undefined;
      if (result.exitCode !== 0) throw refusal(path, 'read', result);
      const bytes = result.stdout.startsWith('staged')
        ? await inside.fetch(staged, maxBytes)
        : Buffer.from(result.stdout, 'base64');
      if (bytes.length <= maxBytes) return bytes;
      throw new ExternalError(`${JSON.stringify(path)} is larger than ${maxBytes} bytes.`);
    },
  };
}

/** A small file comes with the answer, a large one is copied to where nothing else writes, and fetched from there. */
const readScript = `[ -f "$1" ] && [ -r "$1" ] || exit 66
if [ "$(stat -Lc %s -- "$1")" -le 524288 ] || [ "$2" -le 524288 ]; then head -c "$2" -- "$1" | base64 -w 0
else head -c "$2" -- "$1" >"$3" && echo staged; fi`;

const guestEnvironment = {
  USER: 'user',
  LOGNAME: 'user',
  SHELL: '/bin/bash',
  LANG: 'C.UTF-8',
  TERM: 'dumb',
  TMPDIR: '/tmp',
  CI: 'true',
};

const killed: ExecResult = { exitCode: 137, stdout: '', stderr: '', timedOut: false, truncated: false, durationMs: 0 };

function refusal(path: string, what: string, { timedOut, stderr }: Pick<ExecResult, 'timedOut' | 'stderr'>): Error {
  const reason = timedOut ? 'it took too long' : truncate(oneLine(stderr), 300);
  return new ExternalError(`${JSON.stringify(path)} could not be ${what} in the sandbox: ${reason}`);
}

/** At most so many at a time; the others wait. */
function createLimit(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      return await work();
    } finally {
      running -= 1;
      waiting.shift()?.();
    }
  };
}
