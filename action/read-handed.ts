import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Handed } from '../src/flows/publish.ts';
import { UserError } from '../src/lib/errors.ts';
import { mostJobs } from '../src/sessions/split.ts';

// A job that was run again may leave a second folder.
const mostFolders = 4 * mostJobs;

/**
 * The sessions that lie in `session-path`: the one that a step left, or a folder for each job of a session in several.
 * @throws UserError where there is none.
 */
export async function readHanded(folder: string): Promise<Handed[]> {
  const whole = await read(folder, 'session.json');
  if ('text' in whole) return [whole];
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  const found = await Promise.all(
    names
      .toSorted()
      .slice(0, mostFolders)
      .map((name) => read(folder, `${name}/session.json`)),
  );
  const parts = found.flatMap((one) => ('text' in one ? [one] : []));
  if (parts.length > 0) return parts;
  throw new UserError(
    `Input session-path: there is no session.json in ${folder || '(empty)'}. Give the folder that a step with publish: none left.`,
    { cause: whole.missing },
  );
}

async function read(folder: string, file: string): Promise<Handed | { missing: unknown }> {
  try {
    return { file, text: await readFile(path.join(folder, file), 'utf8') };
  } catch (error) {
    return { missing: error };
  }
}
