import { Buffer } from 'node:buffer';
import { ExternalError } from '../lib/errors.ts';
import { truncate } from '../lib/text.ts';
import type { ExecResult } from './sandbox.ts';

/** Bytes that a sandbox gives back where nobody says how many: of an output, of a file; and of an output that is told while it comes. */
export const defaultBytes = { output: 1 << 20, file: 50 << 20, streamed: 8 << 20 } as const;

/** Linux takes no single argument above this (MAX_ARG_STRLEN); of all together less than 2 MB, environment included. */
const longestArgument = 131_071;
const longestCommand = 1_500_000;

/** @throws ExternalError for a path that cannot mean one place inside. */
export function checkPath(path: string): void {
  if (!path.startsWith('/') || path.includes('\0') || Buffer.byteLength(path) > 4096) {
    throw new ExternalError(`${JSON.stringify(truncate(path, 200))} is no absolute path.`);
  }
}

/** An argument that no process can be given is the command's mistake: a result like any other. */
export function refuseArguments(args: readonly string[]): ExecResult | undefined {
  const sizes = args.map((arg) => Buffer.byteLength(arg));
  const tooLong =
    sizes.some((size) => size > longestArgument) || sizes.reduce((sum, size) => sum + size) > longestCommand;
  if (!tooLong && !args.some((arg) => arg.includes('\0'))) return undefined;
  const stderr = tooLong
    ? `The command is too long (${longestArgument} bytes per argument): write the data to a file first.\n`
    : 'An argument holds a NUL character.\n';
  return { exitCode: 126, stdout: '', stderr, timedOut: false, truncated: false, durationMs: 0 };
}
