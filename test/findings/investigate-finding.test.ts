import { describe, expect, it } from 'vitest';
import { investigateFinding } from '../../src/findings/investigate-finding.ts';
import { aKnown } from './builders.ts';

const by = { session: 'S20261121-101500-ab12', at: '2026-11-21T10:20:00Z', by: 'tom' };

describe('a finding that an answer cites', () => {
  it('is investigated, and its history says in which session and on whose word', () => {
    const after = investigateFinding(aKnown({ state: 'open' }), by);
    expect(after.state).toBe('investigated');
    expect(after.history).toEqual([{ at: by.at, what: 'investigated', actor: 'tom', detail: by.session }]);
  });

  it.each(['detected', 'investigated'] as const)('stays as it is where it is %s, but for its history', (state) => {
    const after = investigateFinding(aKnown({ state }), by);
    expect(after.state).toBe(state);
    expect(after.history).toHaveLength(1);
  });

  it.each(['resolved', 'ignored'] as const)('is left alone where it is %s', (state) => {
    const before = aKnown({ state });
    expect(investigateFinding(before, by)).toBe(before);
  });
});
