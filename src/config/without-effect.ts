import { Configuration } from './schema.ts';

/** Keys that are understood, so that a file may be written for later, and that this version does not act on. */
export const withoutEffect = {
  'ledger.repository': ({ ledger }) => ledger.repository,
} as const satisfies Record<string, (config: Configuration) => unknown>;

/**
 * One sentence for all keys without an effect that somebody set to something else than their default: who asks for a limit or a review has
 * to know that there is none.
 */
export function noteWithoutEffect(config: Configuration): string | undefined {
  const standard = Configuration.parse({});
  const set = Object.entries(withoutEffect)
    .filter(([, read]) => JSON.stringify(read(config)) !== JSON.stringify(read(standard)))
    .map(([key]) => key);
  if (set.length === 0) return undefined;
  return `The configuration sets ${set.join(', ')}: this version of Courier does not act on ${set.length === 1 ? 'it' : 'them'}.`;
}
