import { expect, it } from 'vitest';
import { toldPoints } from '../../src/memory/told-points.ts';
import { anAnswer, anAssumption, session } from './builders.ts';

it('tells what agents were told that people settled, and nothing that hangs on other findings', () => {
  const memory = {
    version: 1 as const,
    assumptions: [
      anAssumption({ id: 'A1', state: 'approved', text: 'Prices are in cents.' }),
      anAssumption({ id: 'A2', state: 'corrected', text: 'Old.', correctedText: 'Prices are in euros.' }),
      anAssumption({ id: 'A3', state: 'declined', text: 'Nobody is below 18.', reason: 'they are' }),
      anAssumption({ id: 'A4', state: 'proposed', text: 'Not settled.' }),
      anAssumption({ id: 'A5', state: 'approved', text: 'Of another.', findings: ['F-00000009'] }),
      anAssumption({ id: 'A6', state: 'approved', text: 'Of this one.', findings: ['F-00000001'] }),
      anAssumption({ id: 'A7', state: 'approved', text: 'Not told.' }),
    ],
    answers: [anAnswer({ id: 'Q1', question: 'Who?', answer: 'Everybody.' })],
  };
  const refs = ['A1', 'A2', 'A3', 'A4', 'A5', 'A6', 'Q1'].map((id) => `${session}/${id}`);
  expect(toldPoints([...refs, 'L3'], memory, 'F-00000001')).toEqual([
    { id: `${session}/A1`, text: 'Prices are in cents.' },
    { id: `${session}/A2`, text: 'Prices are in euros.' },
    { id: `${session}/A3`, text: 'Declined: Nobody is below 18. (they are)' },
    { id: `${session}/A6`, text: 'Of this one.' },
    { id: `${session}/Q1`, text: 'Who? Everybody.' },
  ]);
});
