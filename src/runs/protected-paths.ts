import { createMatcher } from '../lib/glob.ts';

/** Whether the repository protects a path from runs. Case is no way around it: on some machines there is none. */
export function createProtection(globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false;
  const isNamed = createMatcher(globs.map((glob) => glob.toLowerCase()));
  return (path) => isNamed(path.toLowerCase());
}
