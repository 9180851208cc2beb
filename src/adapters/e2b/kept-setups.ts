import { createHash } from 'node:crypto';
import { messageOf } from '../../lib/errors.ts';
import type { SetupKeys } from '../../sandboxes/setup-key.ts';
import type { Tools } from './left-behind.ts';
import { withRetries } from './retry.ts';

/** A snapshot that holds what a setup made. Its name tells whose it is and when it was made: E2B knows no more of it. */
export type KeptSetup = { id: string; repository: string; key: string; madeAt: number };

const longestMs = 14 * 86_400_000;
const mostOfRepository = 4;
const mostPages = 10;
const namePattern = /(?:^|\/)courier-setup-([0-9a-f]{12})-([0-9a-f]{24})-(\d{12})(?::[\w.-]+)?$/;

/** `yyyymmddhhmm`, UTC. */
const stamp = (time: number) => new Date(time).toISOString().replace(/\D/g, '').slice(0, 12);
const shorten = (digest: string) => digest.slice(0, 24);
const ownerOf = (repository: string) => createHash('sha256').update(repository).digest('hex').slice(0, 12);

export function nameSetup(repository: string, key: string): string {
  return `courier-setup-${ownerOf(repository)}-${shorten(key)}-${stamp(Date.now())}`;
}

/** The newest one that was made under one of these keys. What is too old is not used. */
export async function findSetup(repository: string, keys: SetupKeys, tools: Tools): Promise<KeptSetup | undefined> {
  const wanted = [keys.dependencies, keys.tree].flatMap((key) => (key === undefined ? [] : [shorten(key)]));
  const found = (await listSetups(tools)).filter((each) => each.repository === ownerOf(repository) && !isOld(each));
  return wanted.map((key) => found.find((each) => each.key === key)).find((each) => each !== undefined);
}

/**
 * Keeps the newest few of a repository, and of no repository of the account any that is older than two weeks: nobody else deletes what a
 * repository left that is not scanned any more.
 */
export async function pruneSetups(repository: string, tools: Tools): Promise<void> {
  const all = await listSetups(tools);
  const beyond = all.filter((each) => each.repository === ownerOf(repository)).slice(mostOfRepository);
  for (const kept of new Set([...beyond, ...all.filter(isOld)])) await dropSetup(kept, tools);
}

/** What cannot be deleted now is deleted by a later session. */
export async function dropSetup({ id }: KeptSetup, { account, patience, log }: Tools): Promise<void> {
  try {
    await withRetries(() => account.Sandbox.deleteSnapshot(id), { what: 'E2B could not delete a snapshot', patience });
  } catch (error) {
    log.warn(`${messageOf(error)} (${id})`);
  }
}

function isOld({ madeAt }: KeptSetup): boolean {
  return Date.now() - madeAt > longestMs;
}

/** Newest first. */
async function listSetups({ account, patience }: Tools): Promise<KeptSetup[]> {
  const read = async () => {
    const pages = account.Sandbox.listSnapshots({ limit: 100 });
    const found: KeptSetup[] = [];
    for (let page = 0; pages.hasNext && page < mostPages; page += 1) {
      for (const { snapshotId, names } of await pages.nextItems()) {
        found.push(...[snapshotId, ...names].flatMap((name) => understand(snapshotId, name)).slice(0, 1));
      }
    }
    return found.toSorted((a, b) => b.madeAt - a.madeAt);
  };
  return withRetries(read, { what: 'E2B could not list the snapshots of this account', patience });
}

function understand(id: string, name: string): KeptSetup[] {
  const [, repository, key, time = ''] = namePattern.exec(name) ?? [];
  const [, year, month, day, hour, minute] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(time) ?? [];
  const madeAt = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:00Z`);
  return repository === undefined || key === undefined || Number.isNaN(madeAt) ? [] : [{ id, repository, key, madeAt }];
}
