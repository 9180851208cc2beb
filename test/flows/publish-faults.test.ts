import { afterAll, describe, expect, it } from 'vitest';
import { rehearse, troubles } from './publish-faults.ts';

const { writes, end, expectRecovery, close } = await rehearse();
afterAll(close);

/** Of all troubles (`npm run soak` takes them all) those that are hardest, and each other one at some write. */
function someTroubles(at: number) {
  const hardest = new Set(['the answer lost', 'killed after']);
  return troubles.filter(({ name }, index) => hardest.has(name) || (index + at) % troubles.length === 0);
}

describe('a publication in which one write goes wrong', () => {
  it('has something of everything to write', () => {
    expect(end.issues).toBe(6);
    expect([...new Set(writes.map(({ operation }) => operation))].sort()).toEqual([
      'git/create-commit',
      'git/create-tree',
      'git/update-ref',
      'issues/add-labels',
      'issues/create',
      'issues/create-comment',
      'issues/create-label',
      'issues/remove-label',
      'issues/update',
    ]);
  });

  it.each(writes.map(({ operation, nth }, at) => [`${operation} (${nth + 1})`, { operation, nth }, at] as const))(
    'ends as if nothing had been when it is run again: %s',
    async (_name, write, at) => {
      for (const trouble of someTroubles(at)) await expectRecovery(write, trouble);
    },
  );
});
