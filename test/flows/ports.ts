import type { Ports, Repository } from '../../src/flows/ports.ts';
import { silentLog } from '../../src/lib/log.ts';

type SomePorts = Pick<Ports, 'sandboxes' | 'repository' | 'matchPattern' | 'clock' | 'progress' | 'log'>;

/** The ports of flows that run commands, over files in memory: those of the head, and those of earlier commits. */
export function somePorts(over: Partial<SomePorts> & { files?: Readonly<Record<string, string>> } = {}): SomePorts {
  const { files = { 'src/db.js': 'x\n' }, ...ports } = over;
  return {
    sandboxes: undefined,
    repository: aRepository(files),
    matchPattern: async (pattern, text) => new RegExp(pattern, 'm').test(text),
    clock: { now: () => Date.now() },
    progress: () => {},
    log: silentLog,
    ...ports,
  };
}

export function aRepository(files: Readonly<Record<string, string>>, over: Partial<Repository> = {}): Repository {
  const encoder = new TextEncoder();
  return {
    root: '/repository',
    commit: 'b'.repeat(40),
    branch: 'main',
    dirty: false,
    name: 'acme/shop',
    files: async () => Object.keys(files).sort(),
    read: async (path) => (files[path] === undefined ? undefined : encoder.encode(files[path])),
    history: async () => ({ none: 'this is no checkout of git' }),
    gaps: async () => ({ submodules: [], pointers: [] }),
    async *stream() {
      for (const [path, text] of Object.entries(files)) yield { path, mode: 'file', data: encoder.encode(text) };
    },
    ignored: async () => new Set(),
    filesAt: async () => undefined,
    changedLines: async () => undefined,
    renames: async () => undefined,
    ...over,
  };
}
