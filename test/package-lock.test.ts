import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const Lock = z.object({
  packages: z.record(z.string(), z.object({ optionalDependencies: z.record(z.string(), z.string()).optional() })),
});

/** Optional packages (the binaries of other platforms) that a locked package names and the lock file does not hold. */
function missingFrom(file: string): string[] {
  const { packages } = Lock.parse(JSON.parse(readFileSync(file, 'utf8')));
  const folders = (path: string) => (path === '' ? [''] : [path, '']);
  const held = (path: string, name: string) =>
    folders(path).some((folder) => `${folder === '' ? '' : `${folder}/`}node_modules/${name}` in packages);
  return Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
    Object.keys(optionalDependencies).filter((name) => !held(path, name)),
  );
}

describe('the lock files', () => {
  // A registry that lacks the binaries of another platform makes npm write a lock file that `npm ci` refuses on a clean clone.
  it.each([
    'package-lock.json',
    'src/checks/presets/lock/package-lock.json',
    'test/grammars/package-lock.json',
    ...['claude-code', 'codex', 'opencode', 'gemini'].map(
      (tool) => `src/agents/programs/locks/${tool}/package-lock.json`,
    ),
  ])('%s holds the packages of every platform', (file) => {
    expect(missingFrom(file)).toEqual([]);
  });
});
