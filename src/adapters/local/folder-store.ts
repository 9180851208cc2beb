import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import type { Changes, Snapshot, Store } from '../../ledger/store.ts';
import { isStorePath } from '../../ledger/store-path.ts';
import { ConflictError } from '../../lib/errors.ts';
import { finishJournal, foldersOf, hasJournal, writeJournal } from './folder-journal.ts';
import { withFolderLock } from './folder-lock.ts';
import { ensureOwnFolder, isFileError, readRegular, refuseLink } from './real-folders.ts';

/**
 * The ledger as plain files in a folder.
 *
 * A commit is one rename: the changes are written to `.journal` first, then carried out, then `.revision` follows and the journal goes.
 * Whoever finds a journal carries it out before anything else, so that a crash at any point leaves all changes or none. One writer at a
 * time (`.lock`). Readers need no lock: they read again when the revision changed under them.
 */
export function createFolderStore(folder: string): Store {
  const root = path.resolve(folder);
  return {
    async read() {
      await refuseLink(root);
      for (;;) {
        const before = await revisionOf(root);
        if (await hasJournal(root)) {
          await withFolderLock(root, () => finishJournal(root));
          continue;
        }
        const files = await readFiles(root);
        if ((await revisionOf(root)) === before && !(await hasJournal(root))) return snapshotOf(before, files);
      }
    },
    async commit(base, changes, _message) {
      const hostile = [...changes.keys()].find((name) => !isStorePath(name));
      if (hostile !== undefined) throw new Error(`The ledger has no place for the path ${JSON.stringify(hostile)}.`);
      await ensureOwnFolder(root);
      return withFolderLock(root, () => commitLocked(root, base, changes));
    },
  };
}

async function commitLocked(root: string, base: Snapshot, changes: Changes): Promise<string> {
  await finishJournal(root);
  const current = await revisionOf(root);
  if (current !== base.revision) throw new ConflictError(`The ledger in ${root} has moved on since it was read.`);
  const revision = nextRevision(current);
  refuseFolderAsFile(base, changes);
  await writeJournal(root, { revision, changes: [...changes] });
  await finishJournal(root);
  return revision;
}

/** A journal must be one that can be carried out: no path may be a file and a folder at once. */
function refuseFolderAsFile(base: Snapshot, changes: Changes): void {
  const paths = new Set(base.list(''));
  for (const [name, content] of changes) content === null ? paths.delete(name) : paths.add(name);
  for (const name of paths) {
    const above = foldersOf(name).find((folder) => paths.has(folder));
    if (above !== undefined) throw new Error(`The ledger cannot keep both ${above} and ${name}.`);
  }
}

/** A counter for people, and chance, so that a ledger that was deleted and begun again never repeats one. */
function nextRevision(current: string | undefined): string {
  const number = Number.parseInt(current ?? '0', 10) || 0;
  return `${number + 1}-${randomBytes(4).toString('hex')}`;
}

async function readFiles(root: string): Promise<Map<string, string>> {
  const files = new Map<string, string>();
  for await (const name of listFiles(root, '')) {
    const text = await readRegular(path.join(root, name));
    if (text !== undefined) files.set(name, text);
  }
  return files;
}

async function* listFiles(root: string, folder: string): AsyncGenerator<string> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true }).catch((error: unknown) => {
    if (isFileError(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  });
  for (const entry of entries) {
    const name = path.posix.join(folder, entry.name);
    if (!isStorePath(name)) continue;
    if (entry.isDirectory()) yield* listFiles(root, name);
    else if (entry.isFile()) yield name;
  }
}

function snapshotOf(revision: string | undefined, files: ReadonlyMap<string, string>): Snapshot {
  const paths = [...files.keys()].sort();
  return {
    revision,
    list(prefix) {
      const folder = prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`;
      return paths.filter((name) => name.startsWith(folder));
    },
    read: async (name) => files.get(name),
  };
}

async function revisionOf(root: string): Promise<string | undefined> {
  return (await readRegular(path.join(root, '.revision')))?.trim() || undefined;
}
