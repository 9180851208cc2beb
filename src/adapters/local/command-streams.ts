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

/** Opens the streams of one command after the other. */
export type StreamOpener = (command: {
  stdin: string | Uint8Array;
  limit: number;
  teller: OutputTeller | undefined;
}) => Promise<CommandStreams>;

/** Pipes that are made at a time: one more process for each command would cost more than it. */
const pipesAtOnce = 16;

/**
 * A file and two real pipes for each command. Node itself gives a command sockets, and those cannot be opened a second time: scripts that use
 * `/dev/stdin` or `/dev/stderr` would fail. They have names in `folder`, which no command sees, until they are opened, and permissions for
 * everybody, as the command may run as another user.
 */
export function createStreamOpener(folder: string): StreamOpener {
  const ready: string[] = [];
  const takePipe = async () => {
    const made = ready.pop();
    if (made !== undefined) return made;
    const stem = freshName(folder);
    const names = Array.from({ length: pipesAtOnce }, (_, index) => `${stem}-${index}`);
    await makePipes(names);
    ready.push(...names.slice(1));
    return names[0] ?? stem;
  };
  return async ({ stdin, limit, teller }) => {
    const names = { in: `${freshName(folder)}-in`, out: await takePipe(), err: await takePipe() };
    await writeFile(names.in, stdin, { mode: 0o644 });
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
  };
}

function freshName(folder: string): string {
  return path.join(folder, `stream-${randomBytes(6).toString('hex')}`);
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
