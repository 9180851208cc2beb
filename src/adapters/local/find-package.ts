import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

export type InstalledPackage = {
  /** Absolute. */
  folder: string;
  version: string;
  /** Absolute paths of its programs by name. */
  bin: Readonly<Record<string, string>>;
};

const Manifest = z.looseObject({
  version: z.string(),
  bin: z.union([z.string(), z.record(z.string(), z.string())]).optional(),
});

/** The package as Node would find it from `from`: in the nearest `node_modules` that holds it. */
export function findPackage(name: string, from: string): InstalledPackage | undefined {
  for (let folder = path.resolve(from); ; folder = path.dirname(folder)) {
    const found = path.join(folder, 'node_modules', name);
    if (existsSync(path.join(found, 'package.json'))) return readPackage(name, found);
    if (folder === path.dirname(folder)) return undefined;
  }
}

/** The package that holds the program of this platform: `<name>-<platform>-<arch>`, with the C library where that matters. */
export function findPlatformPackage(name: string, from: string): InstalledPackage | undefined {
  const suffix = { linux: '-gnu', win32: '-msvc' }[String(process.platform)] ?? '';
  return findPackage(`${name}-${process.platform}-${process.arch}${suffix}`, from);
}

function readPackage(name: string, folder: string): InstalledPackage | undefined {
  const manifest = Manifest.safeParse(JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')));
  if (!manifest.success) return undefined;
  const { version, bin = {} } = manifest.data;
  const programs = typeof bin === 'string' ? { [name.replace(/^@[^/]+\//, '')]: bin } : bin;
  return {
    folder,
    version,
    bin: Object.fromEntries(Object.entries(programs).map(([program, file]) => [program, path.join(folder, file)])),
  };
}
