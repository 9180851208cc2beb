import { expect, it } from 'vitest';
import { understandAnswer } from '../../src/questions/understand-answer.ts';

const options = [{ label: 'Yes' }, { label: 'No' }, { label: 'Only at build time' }];
const one = { id: 'Q1', options, multiSelect: false, allowOther: true };

it.each([
  ['b', one, 'No'],
  ['only AT build time', one, 'Only at build time'],
  ['a, c', { ...one, multiSelect: true }, 'Yes\nOnly at build time'],
  ['z', one, 'z'],
  ['a', { ...one, options: [] }, 'a'],
  ['b', { ...one, options: [{ label: 'B' }, { label: 'A' }] }, 'B'],
])('takes %j as an answer', (said, question, text) => {
  expect(understandAnswer(question, said)).toMatchObject({ text });
});

it.each([
  ['   ', one, 'is empty'],
  ['a,b', one, 'takes one option'],
  ['perhaps', { ...one, allowOther: false }, 'one of its options: a (Yes)'],
  ['x'.repeat(20_001), one, '20000 are the most'],
])('refuses %j as one', (said, question, why) => {
  expect(understandAnswer(question, said)).toEqual({ refused: expect.stringContaining(why) });
});
