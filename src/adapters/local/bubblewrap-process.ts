import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import type { Readable, Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ExecOptions } from '../../sandboxes/sandbox.ts';
import { createOutputTeller } from '../../sandboxes/tell-output.ts';
import { type BoundedOutput, createBoundedOutput } from './bounded-output.ts';
import type { CommandStreams, StreamOpener } from './command-streams.ts';
import { isFiltered, makeFilter } from './system-calls.ts';

export type BubblewrapRun = {
  bwrap: string;
  openStreams: StreamOpener;
  /** Options of bubblewrap; they go through a pipe, so that no process list shows them. */
  options: readonly string[];
  command: readonly string[];
  /** The user of the host that bubblewrap runs as; `undefined`: the own one. */
  user: { uid: number; gid: number } | undefined;
  stdin: string | Uint8Array;
  timeoutMs: number;
  signal: AbortSignal | undefined;
  maxOutputBytes: number;
  onOutput?: ExecOptions['onOutput'];
  maxStreamedBytes?: ExecOptions['maxStreamedBytes'];
  /** Told the number of bubblewrap's process; all others are below it. */
  onStart?: (pid: number) => void;
};

/** `started: false`: no command ran, and `stderr` says why. */
export type BubblewrapResult = {
  started: boolean;
  exitCode: number;
  stdout: Buffer;
  stderr: Buffer;
  timedOut: boolean;
  truncated: boolean;
  durationMs: number;
};

/** The exit code of a process that was killed (128 + SIGKILL). */
const killed = 137;

/** Runs one command and ends with all of its processes: their PID namespace dies with the command, the time-out or the abort. */
export async function runBubblewrap(run: BubblewrapRun): Promise<BubblewrapResult> {
  const begin = performance.now();
  const teller = run.onOutput && createOutputTeller(run.onOutput, run.maxStreamedBytes);
  const streams = await run.openStreams({ stdin: run.stdin, limit: run.maxOutputBytes, teller });
  const child = start(run, streams);
  if (child.pid !== undefined) run.onStart?.(child.pid);
  const status = collect(readableOf(child, 4), 65_536);
  feed(writableOf(child, 3), `${run.options.join('\0')}\0`);
  feed(writableOf(child, 5), makeFilter(architecture()));

  const ending: { by: 'itself' | 'timeout' | 'abort' } = { by: 'itself' };
  const end = (by: typeof ending.by) => {
    if (ending.by !== 'itself') return;
    ending.by = by;
    killNamespace(child, statusOf(status).childPid);
  };
  const timer = setTimeout(() => end('timeout'), run.timeoutMs);
  const onAbort = () => end('abort');
  run.signal?.addEventListener('abort', onAbort, { once: true });
  if (run.signal?.aborted) onAbort();
  const spawnError = await closed(child);
  clearTimeout(timer);
  run.signal?.removeEventListener('abort', onAbort);

  const { childPid, exitCode } = statusOf(status);
  if (childPid !== undefined) await gone(childPid);
  await streams.drained;
  teller?.end();
  const { stdout, stderr } = streams;
  return {
    started: exitCode !== undefined || ending.by !== 'itself',
    exitCode: ending.by === 'itself' ? (exitCode ?? killed) : killed,
    stdout: stdout.bytes(),
    stderr: spawnError ? Buffer.from(spawnError.message) : stderr.bytes(),
    timedOut: ending.by === 'timeout',
    truncated: stdout.truncated || stderr.truncated,
    durationMs: Math.round(performance.now() - begin),
  };
}

function architecture(): Parameters<typeof makeFilter>[0] {
  if (isFiltered(process.arch)) return process.arch;
  throw new Error(`There is no filter of system calls for ${process.arch}.`);
}

function start(run: BubblewrapRun, streams: CommandStreams): ChildProcess {
  try {
    return spawn(run.bwrap, ['--args', '3', '--json-status-fd', '4', '--seccomp', '5', '--', ...run.command], {
      env: {},
      cwd: '/',
      detached: true,
      stdio: [...streams.fds, 'pipe', 'pipe', 'pipe'],
      ...run.user,
    });
  } finally {
    streams.release();
  }
}

function collect(stream: Readable, limit: number): BoundedOutput {
  const output = createBoundedOutput(limit);
  stream.on('data', (chunk: Buffer) => output.add(chunk));
  stream.on('error', () => {});
  return output;
}

function feed(stream: Writable, data: string | Uint8Array): void {
  // Bubblewrap may have been killed before it read this.
  stream.on('error', () => {});
  stream.end(data);
}

function closed(child: ChildProcess): Promise<Error | undefined> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error));
    child.once('close', () => resolve(undefined));
  });
}

/**
 * Kills the namespace's first process, and with it every other, however it was detached; bubblewrap then waits for their end.
 * Before there is one, bubblewrap itself; after a second without an end, too.
 */
function killNamespace(child: ChildProcess, childPid: number | undefined): void {
  const killGroup = () => child.pid !== undefined && child.exitCode === null && signal(-child.pid);
  if (childPid === undefined) {
    killGroup();
    return;
  }
  signal(childPid);
  setTimeout(killGroup, 1000).unref();
}

function signal(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It ended in this moment.
  }
}

/** Bubblewrap's own word about the process inside (`--json-status-fd`): it gives an exit code only where the command was started. */
function statusOf(status: BoundedOutput): { childPid: number | undefined; exitCode: number | undefined } {
  const text = status.bytes().toString();
  const find = (pattern: RegExp) => pattern.exec(text)?.[1];
  const [pid, code] = [find(/"child-pid": (\d+)/), find(/"exit-code": (\d+)/)];
  return { childPid: pid ? Number(pid) : undefined, exitCode: code ? Number(code) : undefined };
}

/** Waits, at most a second, until the namespace's first process has ended, and with it all the others. */
async function gone(pid: number): Promise<void> {
  for (let waited = 0; waited < 1000; waited += 5) {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
    if (stat === undefined || /\) [ZX] /.test(stat)) return;
    await sleep(5);
  }
}

function readableOf(child: ChildProcess, index: number): Readable {
  const stream = child.stdio[index];
  if (stream && 'read' in stream) return stream;
  throw new Error(`There is no pipe ${index} to read from.`);
}

function writableOf(child: ChildProcess, index: number): Writable {
  const stream = child.stdio[index];
  if (stream && 'write' in stream) return stream;
  throw new Error(`There is no pipe ${index} to write to.`);
}
