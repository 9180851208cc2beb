import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CommandLine, CommandResult, CommandRunner, RunOptions } from '../../checks/check.ts';
import { type BoundedOutput, createBoundedOutput } from './bounded-output.ts';
import { cleanEnvironment } from './clean-environment.ts';

const defaultMaxOutputBytes = 1_000_000;

/**
 * Runs commands on this machine as a CI step would, each in a process group of its own, with the cleaned environment of `env`.
 * A shell line goes to bash where there is one, else to sh. Whatever the command leaves running is ended with it.
 */
export function createCommandRunner({ env }: { env: Readonly<Record<string, string | undefined>> }): CommandRunner {
  const environment = cleanEnvironment(env);
  return {
    run: (command, options) => runCommand(toArguments(command, environment.PATH), { ...options, environment }),
  };
}

function toArguments(command: CommandLine, searchPath: string | undefined): readonly [string, ...string[]] {
  if ('argv' in command) return command.argv;
  const bash = findExecutable('bash', searchPath);
  // Its input is a socket: bash may take that for a connection over the network, for which it reads the user's start-up files.
  return bash ? [bash, '--noprofile', '--norc', '-c', command.shell] : ['sh', '-c', command.shell];
}

/** The first folder of the search path that holds the program. */
export function findExecutable(name: string, searchPath: string | undefined): string | undefined {
  const folders = (searchPath ?? '').split(path.delimiter).filter((folder) => path.isAbsolute(folder));
  return folders.map((folder) => path.join(folder, name)).find((file) => existsSync(file));
}

async function runCommand(
  [program, ...parameters]: readonly [string, ...string[]],
  options: RunOptions & { environment: Record<string, string> },
): Promise<CommandResult> {
  const begin = performance.now();
  const outputLimit = options.maxOutputBytes ?? defaultMaxOutputBytes;
  const [stdout, stderr] = [createBoundedOutput(outputLimit), createBoundedOutput(outputLimit)];
  const child = spawn(program, parameters, {
    cwd: options.cwd,
    env: { ...options.environment, ...options.env },
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  collect(child.stdout, stdout);
  collect(child.stderr, stderr);
  // A command that does not read its input, or ends before, is no error.
  child.stdin.on('error', () => {});
  child.stdin.end(options.stdin ?? '');

  let timedOut = false;
  const timer = setTimeout(() => {
    timedOut = true;
    killGroup(child);
  }, options.timeoutMs);
  const onAbort = () => killGroup(child);
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted) onAbort();
  const ending = await ended(child);
  clearTimeout(timer);
  options.signal?.removeEventListener('abort', onAbort);
  return {
    ...ending,
    stdout: stdout.bytes().toString(),
    stderr: stderr.bytes().toString(),
    timedOut,
    truncated: stdout.truncated || stderr.truncated,
    durationMs: Math.round(performance.now() - begin),
  };
}

type Ending = Pick<CommandResult, 'exitCode' | 'signal' | 'spawnError'>;

/** How the command ended; its whole group is gone then, and what it wrote has arrived. */
async function ended(child: ChildProcess): Promise<Ending> {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const ending = await new Promise<Ending>((resolve) => {
    child.once('error', (error) => resolve({ exitCode: undefined, spawnError: error.message }));
    child.once('exit', (code, signal) => resolve({ exitCode: code ?? undefined, ...(signal ? { signal } : {}) }));
  });
  if (ending.spawnError !== undefined) return ending;
  killGroup(child);
  // A process that left the group may hold the pipes open for ever: nobody waits for it.
  await Promise.race([closed, sleep(2000, undefined, { ref: false })]);
  child.stdout?.destroy();
  child.stderr?.destroy();
  return ending;
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    // Nobody of the group is left.
  }
}

function collect(stream: NodeJS.ReadableStream, output: BoundedOutput): void {
  stream.on('data', (chunk: Buffer) => output.add(chunk));
  stream.on('error', () => {});
}
