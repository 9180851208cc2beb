import { UserError } from '../lib/errors.ts';
import type { SandboxFile } from '../sandboxes/sandbox.ts';
import type { Recording } from '../sessions/recording.ts';
import type { Repository } from './ports.ts';

/**
 * The files that a session saw: those of its commit, wherever the checkout stands now. What was scanned with changes that are in no commit
 * is read as it is now, and `note` says so.
 * @throws UserError where the clone does not hold the commit.
 */
export async function openScannedFiles(
  { started: { commit, dirty } }: Pick<Recording, 'started'>,
  repository: Repository,
): Promise<{ repository: Repository; note: string | undefined }> {
  const scanned = { ...repository, commit, dirty: dirty === true };
  if (commit === undefined || dirty) {
    const note = 'The session saw files that are in no commit: the files are read as they are now.';
    return { repository: scanned, note };
  }
  if (commit === repository.commit && !repository.dirty) return { repository: scanned, note: undefined };
  const open = await repository.filesAt(commit);
  if (!open)
    throw new UserError(`This clone does not hold ${commit.slice(0, 7)}, which the session scanned: fetch it first.`);
  const files = new Map<string, SandboxFile>();
  for await (const file of open()) files.set(file.path, file);
  return { repository: { ...scanned, ...inMemory(files) }, note: undefined };
}

function inMemory(files: ReadonlyMap<string, SandboxFile>): Pick<Repository, 'files' | 'read' | 'stream'> {
  const regular = [...files.values()].filter(({ mode }) => mode !== 'link').map(({ path }) => path);
  return {
    files: async () => regular.toSorted(),
    async read(path, { maxBytes = 2 << 20 } = {}) {
      const file = files.get(path);
      return file && 'data' in file && file.data.length <= maxBytes ? file.data : undefined;
    },
    async *stream() {
      yield* files.values();
    },
  };
}
