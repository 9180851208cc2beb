import { describe, it } from 'vitest';
import { leftOut, sandboxed } from '../acceptance/bed.ts';
import { aKilledChain, killAndRunAgain, momentsOf } from '../acceptance/killed-run.ts';
import { seeds } from './rounds.ts';

const rounds = 8;

/** Each round has an eighth of the moments; all eight have all, each on a machine that stays or one that is gone by turns. */
describe.skipIf(!sandboxed)(`a run that is killed at any moment and asked for again${leftOut}`, () => {
  it.each(seeds(rounds))(
    'is one branch, one commit and one pull request, and nothing stays open (seed %i)',
    async (seed) => {
      const moments = await momentsOf(await aKilledChain());
      const due = moments.map((moment, at) => ({ moment, at })).filter(({ at }) => at % rounds === seed % rounds);
      for (const { moment, at } of due) await killAndRunAgain(moment, at % 2 === 0 ? 'stays' : 'gone');
    },
    1_800_000,
  );
});
