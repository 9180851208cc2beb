import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { closeSync, constants, openSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { Socket } from 'node:net';
import path from 'node:path';
import type { OutputTeller } from '../../sandboxes/tell-output.ts';
import { type BoundedOutput, createBoundedOutput } from './bounded-output.ts';

/** Standard streams of one command. */
export type CommandStreams = {
  /** File descriptors for the command: standard input, output and error. */
  readonly fds: readonly [number, number, number];
  readonly stdout: BoundedOutput;
  readonly stderr: BoundedOutput;
  /** After the command was started (or was not): gives up the own copy of its ends. */
  release(): void;
  /** When everybody who could still write is gone. */
  readonly drained: Promise<unknown>;
};

/**
 * A file and two real pipes. Node itself gives a command sockets, and those cannot be opened a second time: scripts that use
 * `/dev/stdin` or `/dev/stderr` would fail. They have names in `folder` only while they are opened, and permissions for everybody,
 * as the command may run as another user.
 */
export async function openStreams(
  folder: string,
  { stdin, limit, teller }: { stdin: string | Uint8Array; limit: number; teller: OutputTeller | undefined },
): Promise<CommandStreams> {
  const name = path.join(folder, `stream-${randomBytes(6).toString('hex')}`);
  const names = { in: `${name}-in`, out: `${name}-out`, err: `${name}-err` };
  await Promise.all([writeFile(names.in, stdin, { mode: 0o644 }), makePipes([names.out, names.err])]);
  const opened: number[] = [];
  try {
    const input = openSync(names.in, 'r');
    opened.push(input);
    const out = openPipe(names.out, limit, (chunk) => teller?.add('stdout', chunk));
    opened.push(out.write);
    const err = openPipe(names.err, limit, (chunk) => teller?.add('stderr', chunk));
    opened.push(err.write);
    return {
      fds: [input, out.write, err.write],
      stdout: out.kept,
      stderr: err.kept,
      release: () => opened.splice(0).forEach(closeSync),
      drained: Promise.all([out.drained, err.drained]),
    };
  } finally {
    for (const each of Object.values(names)) await rm(each, { force: true });
  }
}

function openPipe(
  name: string,
  limit: number,
  tell: (chunk: Buffer) => void,
): { write: number; kept: BoundedOutput; drained: Promise<void> } {
  // Without `O_NONBLOCK` this would wait for a writer.
  const read = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
  const write = openSync(name, constants.O_WRONLY);
  const kept = createBoundedOutput(limit);
  const socket = new Socket({ fd: read, readable: true, writable: false });
  const drained = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  socket.on('error', () => {});
  socket.on('data', (chunk: Buffer) => {
    kept.add(chunk);
    tell(chunk);
  });
  return { write, kept, drained };
}

function makePipes(names: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    execFile('/usr/bin/mkfifo', ['-m', '666', '--', ...names], { env: {} }, (error) =>
      error ? reject(error) : resolve(),
    );
  });
}
