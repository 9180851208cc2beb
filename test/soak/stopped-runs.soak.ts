import { describe, it } from 'vitest';
import { leftOut, sandboxed } from '../acceptance/bed.ts';
import { expectPushed, expectStopped, turns } from '../flows/stopped-run.ts';

const ways = ['cancel', 'stop'] as const;
const stages = ways.flatMap((way) => [
  ...turns.map((_, turn) => ({ way, stage: { turn }, name: `turn ${turn + 1}` })),
  { way, stage: 'gate' as const, name: 'the gate' },
]);

describe.skipIf(!sandboxed)(`a run that is ended at any stage${leftOut}`, () => {
  it.each(stages)('pushes nothing, is no failure and gives its issue back: $way at $name', ({ stage, way }) =>
    expectStopped(stage, way),
  );

  it.each(ways)('has pushed where that came while it pushed: %s', expectPushed);
});
