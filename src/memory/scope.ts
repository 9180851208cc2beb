import { z } from 'zod';

/** Where something holds. Without paths: everywhere; without categories: whatever the matter is. */
export const Scope = z.object({
  /** Names of files, or globs as the configuration has them. */
  paths: z.array(z.string().max(1000)).max(200).default([]),
  categories: z.array(z.string().max(40)).max(20).default([]),
});
export type Scope = z.infer<typeof Scope>;

export const mostPaths = 200;
