import { describe, expect, it } from 'vitest';
import { findContradicted } from '../../src/agents/find-contradicted.ts';

const settled = {
  assumptions: [
    { id: 'S20261101-000000-aaaa/A1', text: 'Cents.', state: 'approved' },
    { id: 'S20261102-000000-bbbb/A1', text: 'Gross.', state: 'declined' },
  ],
  answers: [{ id: 'S20261101-000000-aaaa/Q2', question: 'Who?', answer: 'Ada.' }],
} as const;

describe('what an agent says that it contradicts', () => {
  it('is what its notes name, in full or by its last part where that is enough', () => {
    expect(findContradicted(['S20261102-000000-bbbb/A1', 'Q2', 'Q2'], settled)).toEqual({
      refs: ['S20261102-000000-bbbb/A1', 'S20261101-000000-aaaa/Q2'],
    });
  });

  it('is refused where that may be two, or nothing that it was told', () => {
    expect(findContradicted(['A1'], settled)).toMatchObject({ refused: expect.stringContaining('name it in full') });
    expect(findContradicted(['A9'], settled)).toMatchObject({ refused: expect.stringContaining('there are: S2026') });
    expect(findContradicted(['A1'], undefined)).toMatchObject({
      refused: expect.stringContaining('nothing is settled'),
    });
  });
});
