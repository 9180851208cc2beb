import { expect, it } from 'vitest';
import { boundMemory } from '../../src/memory/bound-memory.ts';
import { emptyMemory, withAnswers, withAssumptions } from '../../src/memory/memory.ts';
import { anAnswer, anAssumption } from './builders.ts';

const at = '2026-12-01T00:00:00Z';
const [early, late] = ['S20261101-000000-aaaa', 'S20261102-000000-bbbb'];
const past = '2026-11-30';
const memory = withAnswers(
  withAssumptions(emptyMemory, [
    anAssumption({ session: early, id: 'A1', state: 'proposed' }),
    anAssumption({ session: early, id: 'A2', state: 'declined', expiresAt: past }),
    anAssumption({ session: early, id: 'A3', state: 'approved' }),
    anAssumption({ session: early, id: 'A4', state: 'proposed', pullRequest: 7 }),
    anAssumption({ session: late, id: 'A1', state: 'superseded' }),
    anAssumption({ session: late, id: 'A2', state: 'declined' }),
  ]),
  [anAnswer({ session: early }), anAnswer({ session: late, id: 'Q2', supersededBy: `${late}/Q3` })],
);

it('leaves a memory that has room as it is', () => {
  expect(boundMemory(memory, at)).toEqual({ memory, dropped: [] });
});

it('drops what was superseded first, then what has expired, then what nobody decided on, and never what holds', () => {
  const { memory: after, dropped } = boundMemory(memory, at, 1);
  expect(dropped).toEqual([`${late}/A1`, `${late}/Q2`, `${early}/A2`, `${early}/A1`]);
  expect(after.assumptions.map(({ session, id }) => `${session}/${id}`)).toEqual([
    `${early}/A3`,
    `${early}/A4`,
    `${late}/A2`,
  ]);
  expect(after.answers.map(({ id }) => id)).toEqual(['Q1']);
});

it('drops no more than it has to', () => {
  const size = JSON.stringify(memory).length;
  expect(boundMemory(memory, at, size - 1).dropped).toEqual([`${late}/A1`]);
});
