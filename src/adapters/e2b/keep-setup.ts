import { messageOf } from '../../lib/errors.ts';
import { listOwnFiles, packLayer, unpackLayer, whyNotKept } from '../../sandboxes/layer-scripts.ts';
import type { Sandbox } from '../../sandboxes/sandbox.ts';
import type { Contents, SetupKeys } from '../../sandboxes/setup-key.ts';
import type { E2bSandbox } from './account.ts';
import { quoteLine } from './guest-scripts.ts';
import { enter, type Inside } from './inside.ts';
import { nameSetup, pruneSetups } from './kept-setups.ts';
import { endSandbox, type Tools } from './left-behind.ts';
import { withRetries } from './retry.ts';

export type Opened = { sandbox: Sandbox; inside: Inside };
type Prepared = { keys: SetupKeys; contents: Contents; began: string };

/** Whose what is kept is, and what it is put into: a fresh machine that reaches nothing. */
type Keeping = { repository: string; empty: () => Promise<E2bSandbox>; signal: AbortSignal | undefined };

/** Beside the home, and nobody's but root's, where the template has a root. */
const folder = '/var/lib/courier-setup';
const partBytes = 16 << 20;
const ownMs = 180_000;
const transferMs = 300_000;
const snapshotMs = 300_000;

/**
 * Keeps what a setup made as a snapshot. The machine that is snapshotted is a fresh one, in which nothing ever ran: it holds one archive
 * that was packed in the sandbox. So neither the repository's files nor traces of them, in memory or on the disk, are in it.
 *
 * What goes wrong costs the next sandbox time, and no more.
 */
export async function keepSetup(
  opened: Opened,
  prepared: Prepared,
  { repository, empty, signal }: Keeping,
  tools: Tools,
): Promise<void> {
  const { log, account, patience } = tools;
  try {
    signal?.throwIfAborted();
    const packed = await pack(opened, prepared);
    if ('not' in packed) return log.info(`What the setup of the sandbox made is not kept: ${packed.not}`);
    const machine = await empty();
    try {
      await machine.setTimeout(2 * transferMs + snapshotMs);
      const over = AbortSignal.any([AbortSignal.timeout(transferMs), ...(signal ? [signal] : [])]);
      await carry(packed, { from: opened.inside, to: enter(machine, { account, patience, over }), over });
      signal?.throwIfAborted();
      const take = () =>
        account.Sandbox.createSnapshot(machine.sandboxId, {
          name: nameSetup(repository, packed.key),
          requestTimeoutMs: snapshotMs,
        });
      await withRetries(take, { what: 'E2B could not make a snapshot', patience });
    } finally {
      await endSandbox(machine.sandboxId, tools);
    }
    await pruneSetups(repository, tools);
  } catch (error) {
    log.warn(`What the setup of the sandbox made is not kept: ${messageOf(error)}`);
  } finally {
    // What is left of it is in the way of nobody.
    await asRoot(opened.inside, `rm -rf ${folder}`).catch(() => undefined);
  }
}

/** @returns whether what an earlier setup made is there now. */
export async function restoreSetup({ sandbox, inside }: Opened): Promise<boolean> {
  const unpacked = await runOwn(sandbox, unpackLayer, folder);
  await asRoot(inside, `rm -rf ${folder}`);
  return unpacked !== undefined;
}

type Packed = { key: string; parts: number; digest: string };

async function pack(
  { sandbox, inside }: Opened,
  { keys, contents, began }: Prepared,
): Promise<Packed | { not: string }> {
  await asRoot(inside, `rm -rf ${folder}; mkdir -m 700 ${folder}; [ "$(id -u)" != 0 ] || chown user: ${folder}`);
  await inside.send(`${folder}/paths`, listOwnFiles(contents.paths));
  const said = (await runOwn(sandbox, packLayer, began, folder))?.trim();
  if (said !== 'dependencies' && said !== 'tree') return { not: whyNotKept(said) };
  const [parts = '', digest = ''] = ((await runOwn(sandbox, cut, folder, String(partBytes))) ?? '').split(' ');
  if (!/^\d+$/.test(parts) || !/^[0-9a-f]{64}$/.test(digest)) return { not: whyNotKept(undefined) };
  const key = said === 'dependencies' ? (keys.dependencies ?? keys.tree) : keys.tree;
  return { key, parts: Number(parts), digest };
}

/** Part by part, as each can be asked for again; no more than one is held here. */
async function carry(
  { parts, digest }: Packed,
  { from, to, over }: { from: Inside; to: Inside; over: AbortSignal },
): Promise<void> {
  await asRoot(to, `mkdir -p -m 755 ${folder}/parts`);
  for (let number = 0; number < parts; number += 1) {
    const name = String(number).padStart(6, '0');
    over.throwIfAborted();
    await to.send(`${folder}/parts/${name}`, await from.fetch(`${folder}/part-${name}`, partBytes));
  }
  const join = 'if [ -d parts ]; then cat parts/* >layer.tar; rm -r parts; fi';
  const whole = `cd ${folder}; umask 022; ${join}; chmod 755 .; sync; sha256sum <layer.tar`;
  if ((await asRoot(to, whole)).startsWith(digest)) return;
  throw new Error('the archive did not arrive whole.');
}

/** Prints the number of parts and the digest of the whole. Arguments: folder, bytes of a part. */
const cut = `
set -eu -o pipefail
cd "$1"
split -b "$2" -d -a 6 layer.tar part-
printf '%s ' "$(ls | grep -c '^part-')"
sha256sum <layer.tar
rm layer.tar
`;

/** @returns what it printed. @throws Error where it failed. */
async function asRoot(inside: Inside, script: string): Promise<string> {
  const { exitCode, stdout } = await inside.run(`/bin/bash -p -c ${quoteLine([`set -e; ${script}`])}`, {
    timeoutMs: ownMs,
  });
  if (exitCode === 0) return stdout;
  throw new Error('the sandbox did not do what it was told.');
}

/** A script of Courier's own as the commands' user, in which nothing of the repository has a say. @returns what it printed; `undefined` where it failed. */
async function runOwn({ exec }: Sandbox, script: string, ...args: readonly string[]): Promise<string | undefined> {
  const { exitCode, stdout } = await exec(['/bin/bash', '-p', '-c', script, 'courier', ...args], {
    cwd: '/',
    timeoutMs: ownMs,
    maxOutputBytes: 100_000,
  });
  return exitCode === 0 ? stdout : undefined;
}
