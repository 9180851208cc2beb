import { lstat, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { endLeftProcesses } from './end-left-processes.ts';
import { readRegular } from './real-folders.ts';
import { isLeftBehind, removeStorage } from './sandbox-storage.ts';

const largest = 50_000_000;

/**
 * Ends what local sandboxes a session left whose process died.
 * @returns what its agents had reported in each, by file name, unread and untrusted.
 */
export async function salvageSandboxes(tempDir: string, session: string): Promise<Record<string, Uint8Array>[]> {
  const entries = await readdir(tempDir, { withFileTypes: true }).catch(() => []);
  const salvaged: Record<string, Uint8Array>[] = [];
  for (const entry of entries.filter((one) => one.isDirectory())) {
    const storage = path.join(tempDir, entry.name);
    const owner = await readRegular(path.join(storage, 'session')).catch(() => undefined);
    if (owner !== session || !(await isLeftBehind(storage))) continue;
    await endLeftProcesses(storage);
    salvaged.push(await readReported(path.join(storage, 'home')));
    await removeStorage(storage);
  }
  return salvaged;
}

/** A link in the place of a file is the sandbox's trick and is left. */
async function readReported(home: string): Promise<Record<string, Uint8Array>> {
  const reported: Record<string, Uint8Array> = {};
  for (const name of ['issues.json', 'questions.json']) {
    const file = path.join(home, name);
    const found = await lstat(file).catch(() => undefined);
    if (found?.isFile() && found.size <= largest) reported[name] = await readFile(file);
  }
  return reported;
}
