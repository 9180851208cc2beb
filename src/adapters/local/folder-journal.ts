import { rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { isStorePath } from '../../ledger/store-path.ts';
import { ExternalError } from '../../lib/errors.ts';
import { ensureRealFolder, readRegular, refuseLink, writeWhole } from './real-folders.ts';

const Journal = z.object({ revision: z.string(), changes: z.array(z.tuple([z.string(), z.string().nullable()])) });
/** A commit that is decided: what to write, `null` to remove, and the revision that results. */
export type Journal = z.infer<typeof Journal>;

const journalIn = (root: string) => path.join(root, '.journal');

/** From here on the commit counts, whatever happens to the process. Only under the lock. */
export async function writeJournal(root: string, journal: Journal): Promise<void> {
  await writeWhole(journalIn(root), JSON.stringify(journal));
}

export async function hasJournal(root: string): Promise<boolean> {
  return (await readRegular(journalIn(root))) !== undefined;
}

/** Carries out the commit that was decided and perhaps interrupted. Repeating it does no harm. Only under the lock. */
export async function finishJournal(root: string): Promise<void> {
  const file = journalIn(root);
  const text = await readRegular(file);
  if (text === undefined) return;
  const journal = understandJournal(text, file);
  for (const [name, content] of journal.changes) {
    if (content === null) await removeFile(root, name);
    else await writeFile(root, name, content);
  }
  await writeWhole(path.join(root, '.revision'), `${journal.revision}\n`);
  await rm(file, { force: true });
}

/** The folders above a path, nearest to the root first: `a/b/c` gives `a`, `a/b`. */
export function foldersOf(name: string): readonly string[] {
  const parts = name.split('/').slice(0, -1);
  return parts.map((_, index) => parts.slice(0, index + 1).join('/'));
}

function understandJournal(text: string, file: string): Journal {
  try {
    const journal = Journal.parse(JSON.parse(text));
    // The file lies in the scanned repository, which may have brought its own.
    const hostile = journal.changes.find(([name]) => !isStorePath(name));
    if (hostile) throw new Error(`it names the path ${JSON.stringify(hostile[0])}`);
    return journal;
  } catch (cause) {
    throw new ExternalError(`The ledger's journal ${file} cannot be read.`, {
      cause,
      hint: `Remove ${file} to go on without the commit that it holds.`,
    });
  }
}

async function writeFile(root: string, name: string, content: string): Promise<void> {
  const folder = await ensureRealFolder(root, path.posix.dirname(name));
  await writeWhole(path.join(folder, path.posix.basename(name)), content);
}

async function removeFile(root: string, name: string): Promise<void> {
  const folders = foldersOf(name).map((folder) => path.join(root, folder));
  for (const folder of folders) await refuseLink(folder);
  await rm(path.join(root, name), { force: true });
  for (const folder of folders.reverse()) {
    // Not empty, or not there: then the ones above stay as well.
    const removed = await rmdir(folder).then(
      () => true,
      () => false,
    );
    if (!removed) return;
  }
}
