import { describe, it } from 'vitest';
import { weather } from '../app/storm.ts';
import { seeds } from './rounds.ts';

/** `SOAK_SEED` repeats one. Twelve repositories, as GitHub's limits for what is written hold for each. */
describe('a thousand deliveries, shuffled, doubled and partly dropped, over three replicas', () => {
  const finds = ['log', 'next comment'] as const;
  it.each(seeds(2).map((seed) => [seed, finds[seed % 2] ?? 'log'] as const))(
    'end in each command executed once, in its order (seed %i, what was dropped is found by the %s)',
    async (seed, found) => {
      await weather({
        ...{ seed, deliveries: 1000, repositories: 12, replicas: 3, finds: found, patience: 600_000 },
      });
    },
    900_000,
  );

  // Processes, which start anew where they are killed; at last all are replaced, one after the other.
  it.each(seeds(2))(
    'end the same where replicas are killed in the middle of their work (seed %i)',
    async (seed) => {
      await weather({
        ...{ seed, deliveries: 1000, repositories: 12, replicas: 3, kills: 6, finds: 'start', patience: 600_000 },
      });
    },
    1_800_000,
  );
});
