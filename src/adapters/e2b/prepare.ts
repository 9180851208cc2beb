import { ExternalError } from '../../lib/errors.ts';
import { oneLine, truncate } from '../../lib/text.ts';
import type { SandboxFile } from '../../sandboxes/sandbox.ts';
import { place, probe, quoteLine, scripts, setUp } from './guest-scripts.ts';
import type { Inside } from './inside.ts';
import { tarParts } from './repository-tar.ts';

const partBytes = 16 << 20;
const unpackMs = 300_000;

/**
 * Brings the repository and Courier's scripts into a fresh sandbox.
 *
 * @returns the home of the commands' user.
 */
export async function prepare(
  files: AsyncIterable<SandboxFile>,
  inside: Pick<Inside, 'run' | 'send'>,
): Promise<string> {
  await upload(files, inside);
  const { stdout, stderr, exitCode } = await inside.run(`bash -c ${quoteLine([setUp])}`, { timeoutMs: unpackMs });
  const home = homeIn(stdout);
  if (exitCode === 0 && home !== undefined) return home;
  throw new ExternalError(`The E2B sandbox could not be prepared: ${truncate(oneLine(stderr), 300)}`, {
    hint: 'A template needs bash, tar, coreutils, util-linux and a user named user, as the template base has them.',
  });
}

/** Ends whatever commands left and flushes the disk. @returns the home of the commands' user. */
export async function halt(inside: Pick<Inside, 'run'>): Promise<string> {
  const { stdout } = await inside.run(`/bin/bash -p ${scripts.halt}`, { timeoutMs: 60_000 });
  const home = homeIn(stdout);
  if (home !== undefined) return home;
  throw new ExternalError('The E2B sandbox is not as Courier left it.', { hint: 'Start the session anew.' });
}

/** @throws ExternalError where something out there answers, whatever E2B was told. */
export async function requireShut(inside: Pick<Inside, 'run'>): Promise<void> {
  const { stdout } = await inside.run(`bash -c ${quoteLine([probe])}`, { timeoutMs: 30_000 });
  if (/^shut$/m.test(stdout) && !/^open$/m.test(stdout)) return;
  throw new ExternalError('The E2B sandbox reaches the internet although it was asked not to: nothing is run in it.', {
    hint: 'Use an E2B that enforces network.denyOut, or set sandbox to local.',
  });
}

/** The parts of the tar, two on their way at a time. */
async function upload(files: AsyncIterable<SandboxFile>, { send }: Pick<Inside, 'send'>): Promise<void> {
  const sending = new Set<Promise<unknown>>();
  let number = 0;
  for await (const part of tarParts(files, partBytes)) {
    const sent = send(`${place}/parts/${String(number).padStart(6, '0')}`, part).finally(() => sending.delete(sent));
    number += 1;
    sending.add(sent);
    sent.catch(() => undefined);
    if (sending.size >= 2) await Promise.race(sending);
  }
  await Promise.all(sending);
}

function homeIn(stdout: string): string | undefined {
  return /^home=(\/[\w./-]+)$/m.exec(stdout)?.[1];
}
