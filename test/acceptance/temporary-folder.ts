import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll } from 'vitest';

const made: string[] = [];

function removeAll(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

// The benchmark runs steps as well, without vitest.
if (process.env.VITEST) afterAll(removeAll);
else process.on('exit', removeAll);

/** A fresh folder that is gone when the file's tests, or the process, are over. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `courier-${name}-`));
  made.push(folder);
  return folder;
}
