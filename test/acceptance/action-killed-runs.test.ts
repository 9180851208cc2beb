import { describe, it } from 'vitest';
import { leftOut, sandboxed } from './bed.ts';
import { killAndRunAgain, type Moment, nameOf } from './killed-run.ts';

const push = { at: 'write', operation: 'git/update-ref', path: /courier(?:%2F|\/)issue-1/, nth: 0 } as const;
// All others are killed in test/soak/killed-runs.soak.ts.
const decisive: readonly Moment[] = [
  { at: 'turn', turn: 3 },
  { ...push, applied: false },
  { ...push, applied: true },
];

describe.skipIf(!sandboxed)(`a run that is killed and asked for again${leftOut}`, () => {
  it.each(decisive.map((moment) => ({ name: nameOf(moment), moment })))(
    'is one branch, one commit and one pull request, and nothing stays open: $name',
    ({ moment }) => killAndRunAgain(moment, 'stays'),
  );
});
