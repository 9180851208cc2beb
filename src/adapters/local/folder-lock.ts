import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { ExternalError } from '../../lib/errors.ts';
import { isFileError } from './real-folders.ts';

const Holder = z.object({
  pid: z.number().int().positive(),
  host: z.string(),
  ticket: z.string().regex(/^\.lock-\w+$/),
});
type Holder = z.infer<typeof Holder>;

const patienceMs = 15_000;

/**
 * Runs `work` while no other process does so on the same folder. The lock of a process that died is taken over.
 *
 * Each holder has a ticket, a file of its own, of which `.lock` is a second link. Who takes over a dead holder's lock must first
 * rename that ticket away, which only one can do: two that find the same dead holder never both go on.
 *
 * @throws ExternalError when a living process holds the lock for 15 s.
 */
export async function withFolderLock<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  const ticket = `.lock-${randomBytes(8).toString('hex')}`;
  const own = path.join(folder, ticket);
  const lock = path.join(folder, '.lock');
  const handle = await open(own, 'wx');
  await handle.writeFile(JSON.stringify({ pid: process.pid, host: hostname(), ticket } satisfies Holder));
  await handle.close();
  try {
    await acquire(folder, ticket);
    try {
      return await work();
    } finally {
      await rm(lock, { force: true });
    }
  } finally {
    await rm(own, { force: true });
  }
}

async function acquire(folder: string, ticket: string): Promise<void> {
  const lock = path.join(folder, '.lock');
  const until = Date.now() + patienceMs;
  while (!(await tryLink(path.join(folder, ticket), lock))) {
    const holder = await holderOf(lock);
    if (holder && !isAlive(holder) && (await takeOver(folder, holder, ticket))) return;
    if (Date.now() > until) {
      const who = holder ? `process ${holder.pid} on ${holder.host}` : 'another process';
      throw new ExternalError(`The ledger in ${folder} is being written by ${who}.`, {
        hint: `Wait for it to end; if no Courier is running, remove ${lock}.`,
      });
    }
    await sleep(10 + Math.random() * 30);
  }
}

async function tryLink(from: string, to: string): Promise<boolean> {
  try {
    await link(from, to);
    return true;
  } catch (error) {
    if (isFileError(error, 'EEXIST')) return false;
    throw error;
  }
}

async function takeOver(folder: string, dead: Holder, ticket: string): Promise<boolean> {
  const claimed = path.join(folder, `${ticket}-claim`);
  try {
    await rename(path.join(folder, dead.ticket), claimed);
  } catch (error) {
    if (isFileError(error, 'ENOENT')) return false;
    throw error;
  }
  const second = path.join(folder, `${ticket}-link`);
  await link(path.join(folder, ticket), second);
  await rename(second, path.join(folder, '.lock'));
  await rm(claimed, { force: true });
  return true;
}

async function holderOf(lock: string): Promise<Holder | undefined> {
  const text = await readFile(lock, 'utf8').catch(() => '');
  try {
    return Holder.parse(JSON.parse(text));
  } catch {
    // Released in this moment, or damaged: the caller waits, and says which file to remove when it stays.
    return undefined;
  }
}

function isAlive(holder: Holder): boolean {
  // A process of another machine (a shared disk) cannot be asked: it counts as alive.
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return !isFileError(error, 'ESRCH');
  }
}
