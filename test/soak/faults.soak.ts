import { describe, expect, it } from 'vitest';
import { aBed } from '../acceptance/bed.ts';
import { checked, expectSettled } from '../acceptance/complaints.ts';
import type { Step } from '../acceptance/run-step.ts';
import { createRandom } from '../bench/random.ts';
import type { Fault } from '../fakes/github/faults.ts';
import { pick, seeds } from './rounds.ts';

const operations = [
  'graphql',
  'repos/get',
  'git/get-ref',
  'git/create-blob',
  'git/create-tree',
  'git/create-commit',
  'git/create-ref',
  'git/update-ref',
  'issues/list-for-repo',
  'issues/create-label',
  'issues/create',
];
/** 0: the connection is dropped. */
const statuses = [0, 500, 502, 503, 401, 403, 404, 409, 410, 422, 429];

function randomFault(random: () => number): Fault {
  const status = pick(random, statuses);
  return {
    operation: pick(random, operations),
    after: Math.floor(random() * 4),
    times: 1 + Math.floor(random() * 3),
    applied: random() < 0.5,
    ...(status === 0 ? {} : { status }),
    ...(status === 429 ? { headers: { 'retry-after': '1' } } : {}),
  };
}

describe('whatever GitHub does, and whenever the step dies', () => {
  it.each(seeds(30))('each finding ends with exactly one issue (seed %i)', async (seed) => {
    const random = createRandom(seed);
    const bed = await aBed(checked);
    for (let faults = 1 + Math.floor(random() * 3); faults > 0; faults--) bed.github.fail(randomFault(random));
    for (let runs = 0; runs < 3; runs++) {
      const delay = 150 + random() * 600;
      const onSpawn: Step['onSpawn'] = (child) => {
        if (random() > 0.5) setTimeout(() => child.kill('SIGKILL'), delay).unref();
      };
      const { log } = await bed.run({ onSpawn });
      expect(log).not.toMatch(/unexpectedly/);
    }
    bed.github.heal();
    const last = await bed.run();
    expect(last.outputs.result).toBe('complete');
    await expectSettled(bed);
  });
});
