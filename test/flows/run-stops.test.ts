import { describe, it } from 'vitest';
import { expectPushed, expectStopped } from './stopped-run.ts';

// All other stages are in test/soak/stopped-runs.soak.ts.
describe('a run that is ended before its end', () => {
  it.each([
    { stage: 'gate', way: 'cancel', name: 'a gate runs' },
    { stage: 'gate', way: 'stop', name: 'a gate runs' },
    { stage: { turn: 3 }, way: 'cancel', name: 'the judge reads' },
  ] as const)('pushes nothing, is no failure and gives its issue back: $way while $name', ({ stage, way }) =>
    expectStopped(stage, way),
  );

  it('has pushed where somebody stops it while it pushes', () => expectPushed('stop'));
});
