import { z } from 'zod';
import { createMatcher } from '../lib/glob.ts';

/** Where something holds. Without paths: everywhere; without categories: whatever the matter is. */
export const Scope = z.object({
  /** Names of files, or globs as the configuration has them. */
  paths: z.array(z.string().max(1000)).max(200).default([]),
  categories: z.array(z.string().max(40)).max(20).default([]),
});
export type Scope = z.infer<typeof Scope>;

export const mostPaths = 200;

/** Names and globs alike: a file `app/[id]/page.ts` is meant where it is named so. */
export function createScopeMatcher(paths: readonly string[]): (path: string) => boolean {
  const names = new Set(paths);
  const matches = createMatcher(paths);
  return (path) => names.has(path) || matches(path);
}
