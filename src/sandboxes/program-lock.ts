import { z } from 'zod';

const Names = z.record(z.string(), z.string());
const Entry = z.looseObject({ cpu: z.array(z.string()).optional(), libc: z.array(z.string()).optional() });
const Lock = z.looseObject({
  name: z.string(),
  version: z.string(),
  packages: z.looseObject({
    '': z.looseObject({ dependencies: Names.optional(), optionalDependencies: Names.optional() }),
  }),
});

export type Platform = { arch: string; libc: 'glibc' | 'musl' };

/**
 * What npm is to install of a program's lock: of a package for each platform the one that fits, as one that has to be there. As an optional
 * one npm would pass over it without a word where the registry cannot be reached, or where it is another package than the lock names.
 *
 * @returns the text of both files, or `undefined` where the lock has nothing for the platform.
 */
export function toInstall(text: string, platform: Platform): { manifest: string; lock: string } | undefined {
  const lock = Lock.parse(JSON.parse(text));
  const { optionalDependencies, ...root } = lock.packages[''];
  const found = Object.entries(optionalDependencies ?? {}).flatMap(([name, spec]) => {
    const entry = Entry.safeParse(lock.packages[`node_modules/${name}`]);
    return entry.success && fits(entry.data, platform) ? [{ name, spec, entry: entry.data }] : [];
  })[0];
  if (!found) return optionalDependencies ? undefined : write(lock, lock.packages);
  const { optional: _, ...entry } = found.entry;
  const needed = { ...root, dependencies: { ...root.dependencies, [found.name]: found.spec } };
  return write(lock, { '': needed, [`node_modules/${found.name}`]: entry });
}

function fits({ cpu, libc }: z.infer<typeof Entry>, platform: Platform): boolean {
  return (!cpu || cpu.includes(platform.arch)) && (!libc || libc.includes(platform.libc));
}

function write(lock: z.infer<typeof Lock>, packages: Readonly<Record<string, unknown>>) {
  const { name, version } = lock;
  return {
    manifest: JSON.stringify({ ...Object(packages['']), name, version, private: true }),
    lock: JSON.stringify({ ...lock, packages }),
  };
}
