import { describe, expect, it } from 'vitest';
import { isSameQuestion, mayAskTheSame } from '../../src/questions/same-question.ts';

describe('a question in other words', () => {
  it.each([
    ['Who reads the orders?', 'Who is it that reads orders?'],
    ['Is total() called with input of users?', 'Does input of a user reach calls of total()?'],
    ['Are prices cents?', 'Is it cents that the price is in?'],
    ['Werden Bestellungen gelöscht?', 'werden die Bestellungen gelöscht'],
  ])('may be the same: %s %s', (a, b) => {
    expect([mayAskTheSame(a, b), mayAskTheSame(b, a)]).toEqual([true, true]);
    const options: never[] = [];
    expect(isSameQuestion({ question: a, options }, { question: b, options })).toBe(false);
  });

  it.each([
    ['Are prices in cents?', 'Are prices in euros?'],
    ['May orders be deleted?', 'May users be deleted?'],
    ['Is the API public?', 'Is the API stable?'],
    ['Why?', 'Why is that?'],
    ['', ''],
  ])('is another: %s %s', (a, b) => {
    expect(mayAskTheSame(a, b)).toBe(false);
  });
});
