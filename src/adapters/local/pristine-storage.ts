import { statfs } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Sandbox } from '../../sandboxes/sandbox.ts';
import { guest } from './bubblewrap-policy.ts';

/** When a sandbox's storage was ready, in seconds since the epoch; `undefined` where its file system does not tell every change. */
export type StorageMark = number | undefined;

/**
 * File systems that stamp every change with the kernel's time, writes through a mapping included (a tmpfs does not stamp those): ext4, xfs,
 * btrfs and f2fs.
 */
const honest: ReadonlySet<number> = new Set([0xef53, 0x58465342, 0x9123683e, 0xf2f52010]);

// The kernel's time stamps advance with its tick, 10 ms at most: what happens later must not share the mark's.
const tickMs = 20;

export async function markStorage(storage: string): Promise<StorageMark> {
  const { type } = await statfs(storage);
  if (!honest.has(type)) return undefined;
  const mark = (Date.now() + 1) / 1000;
  await sleep(tickMs);
  return mark;
}

/**
 * Whether nothing that commands can write to was changed, added or removed since the mark. The time of an inode's change is the kernel's
 * alone to set; a removal or a new name changes its folder. Nothing runs inside meanwhile: the processes of a command end with it.
 */
export async function isPristine({ exec }: Pick<Sandbox, 'exec'>, mark: StorageMark): Promise<boolean> {
  if (mark === undefined) return false;
  const find = ['/usr/bin/find', guest.home, '/tmp', '-newerct', `@${mark.toFixed(3)}`, '-print', '-quit'] as const;
  const { exitCode, stdout, stderr } = await exec(find, { cwd: '/', timeoutMs: 60_000, maxOutputBytes: 1000 });
  return exitCode === 0 && stdout === '' && stderr === '';
}
