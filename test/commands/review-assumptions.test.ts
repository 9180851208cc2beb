import { describe, expect, it } from 'vitest';
import type { CommandOf } from '../../src/commands/command.ts';
import { type NamedReview, nameAssumption } from '../../src/commands/name-assumption.ts';
import { parseCommands } from '../../src/commands/parse-commands.ts';
import { reviewAssumptions } from '../../src/commands/review-assumptions.ts';
import type { AssumptionRecord } from '../../src/memory/assumption.ts';
import { approve, correct, propose } from '../../src/memory/review.ts';
import { anAssumption } from '../memory/builders.ts';

const issue = 'https://github.test/acme/shop/issues/12';
const minute = (n: number) => `2026-11-22T10:${String(n).padStart(2, '0')}:00Z`;
const said = (n: number, by = 'wanda') => ({ by, at: minute(n), from: `${issue}#issuecomment-${n}` });

function aRecord(id: string, n = 0, session = 'S20261121-181500-ab3d'): AssumptionRecord {
  const { revision: _, state: __, history: ___, ...fields } = anAssumption({ id, session, text: `Text of ${id}.` });
  return propose(fields, { by: 'audit', at: minute(n), from: `session ${session}` });
}

function command(text: string): NamedReview {
  const [parsed] = parseCommands(`/courier ${text}`);
  if (!parsed || !('command' in parsed)) throw new Error(`no command: ${text}`);
  const { command: found } = parsed;
  const isReview = (given: typeof found): given is CommandOf<'approve'> | CommandOf<'decline'> | CommandOf<'correct'> =>
    ['approve', 'decline', 'correct'].includes(given.verb);
  if (!isReview(found)) throw new Error(`no review: ${text}`);
  const named = nameAssumption(found, undefined);
  if ('misused' in named) throw new Error(`names nothing: ${text}`);
  return named;
}

const follow = (text: string, records: readonly AssumptionRecord[], n = 30, withheld: readonly string[] = []) =>
  reviewAssumptions(command(text), { records, withheld: new Set(withheld), said: said(n) });

function must(result: ReturnType<typeof approve>): AssumptionRecord {
  if ('refused' in result) throw new Error(result.refused);
  return result.record;
}

describe('a command on assumptions', () => {
  it('approves, declines with the reason, and puts right', () => {
    const records = ['A1', 'A2', 'A3', 'A4'].map((id) => aRecord(id));
    expect(follow('approve a1 A2', records)).toMatchObject({
      held: ['A1', 'A2'],
      not: [],
      changed: [
        { id: 'A1', state: 'approved' },
        { id: 'A2', state: 'approved' },
      ],
    });
    expect(follow('decline A3: not since last year', records).changed).toMatchObject([
      { id: 'A3', state: 'declined', reason: 'not since last year' },
    ]);
    expect(follow('correct A4: it is generated', records).changed).toMatchObject([
      { id: 'A4', state: 'corrected', correctedText: 'it is generated', revision: 2 },
    ]);
  });

  it('does what fits, and says of the rest why not', () => {
    const other = 'S20261122-181500-ab3d';
    const moved = must(correct(aRecord('A2'), { ...said(31, 'max'), revision: 1, text: 'Other words.' }));
    const records = [aRecord('A1'), moved, aRecord('A3', 40), aRecord('A4'), aRecord('A5'), aRecord('A5', 0, other)];
    expect(follow('approve A1 A2 A3 A4 A5 A9', records, 30, ['A4'])).toMatchObject({
      held: ['A1'],
      not: [
        'A2 has another text by now (revision 2, you saw 1): look at it again.',
        'A3 came after your comment.',
        'A4 is not shown here, and nobody decides about what they did not see.',
        'A5 stands for several here: say it on the issue of the session.',
        'There is no assumption A9 here.',
      ],
    });
  });

  it('means by `all` those that were proposed when it was written, as they were', () => {
    const approved = must(approve(aRecord('A1'), { ...said(5, 'max'), revision: 1 }));
    const moved = must(correct(aRecord('A2'), { ...said(31, 'max'), revision: 1, text: 'Other words.' }));
    const records = [approved, moved, aRecord('A3'), aRecord('A4', 40), aRecord('A5')];
    const result = follow('approve all', records, 30, ['A5']);
    expect(result).toMatchObject({ held: ['A3'], not: ['A4 came after your comment.'] });
    // After a crash it is followed again, and says the same.
    const after = records.map((record) => result.changed.find(({ id }) => id === record.id) ?? record);
    expect(follow('approve all', after, 30, ['A5'])).toEqual({ ...result, changed: [] });
  });

  it('leaves the last word to whoever spoke later, however late it is read', () => {
    const later = must(approve(aRecord('A1'), { ...said(50, 'max'), revision: 1 }));
    const result = follow('decline A1', [later]);
    expect(result).toMatchObject({ held: [], changed: [{ state: 'approved' }] });
    expect(result.not).toEqual(['A1 was approved by max at 2026-11-22T10:50:00Z, after your comment: that holds.']);
  });

  it('is told where learnings and rules are reviewed', () => {
    expect(follow('approve A1 L1', [aRecord('A1')])).toMatchObject({
      held: ['A1'],
      not: ['L1 is a learning: those are reviewed on the dashboard.'],
    });
    expect(follow('decline R2', [aRecord('A1')]).not).toEqual(['R2 is a rule: those are reviewed on the dashboard.']);
  });
});
