import fc from 'fast-check';
import { expect, it } from 'vitest';
import { attemptsBefore, commandsOfRun, recordEnd } from '../../src/commands/command-ends.ts';
import { passOn, takeUp } from '../../src/commands/inbox.ts';
import { rankOf } from '../../src/commands/status-parts.ts';
import { freshInbox, InboxRecord } from '../../src/ledger/inbox-record.ts';

const at = { comment: 7, index: 0 };
const ended = (inbox: InboxRecord, run: number, attempt: number, say: string) => {
  const rank = rankOf.end(attemptsBefore(inbox, at) + attempt);
  return recordEnd(inbox, at, { run, end: { rank, outcome: 'done', say } });
};
const endIn = ({ taken }: InboxRecord) => taken[0]?.end;

it('hands a command on to the run that goes on with it: what that one tells comes last, and the first tells nothing more', () => {
  const first = ended(takeUp(freshInbox(1), { ...at, run: 10 }).inbox, 10, 2, 'It waits.');
  const onward = passOn(first, { ...at, run: 20 });
  expect([commandsOfRun(onward, 10), commandsOfRun(onward, 20)]).toEqual([[], [{ issue: 1, ...at }]]);
  expect(endIn(ended(onward, 10, 3, 'too late'))).toBeUndefined();
  const last = ended(onward, 20, 1, 'Done.');
  expect(endIn(last)?.say).toBe('Done.');
  expect(endIn(last)?.rank).toBeGreaterThan(endIn(first)?.rank ?? 0);
  expect(passOn(last, { ...at, run: 20 })).toEqual(last);
});

it('leaves an inbox alone that does not know the command', () => {
  expect(passOn(freshInbox(1), { ...at, run: 20 })).toEqual(freshInbox(1));
});

it('lets later texts win however often it is handed on', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 8 }), (attempts) => {
      let inbox = takeUp(freshInbox(1), { ...at, run: 0 }).inbox;
      let rank = -1;
      for (const [run, attempt] of attempts.entries()) {
        inbox = ended(passOn(inbox, { ...at, run }), run, attempt, `run ${run}`);
        expect(endIn(inbox)?.say).toBe(`run ${run}`);
        expect(endIn(inbox)?.rank).toBeGreaterThan(rank);
        rank = endIn(inbox)?.rank ?? 0;
      }
      expect(InboxRecord.parse(JSON.parse(JSON.stringify(inbox)))).toEqual(inbox);
    }),
  );
});
