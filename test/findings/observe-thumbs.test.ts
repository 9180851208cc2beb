import { expect, it } from 'vitest';
import { observeIssue } from '../../src/findings/observe-issue.ts';
import { newRaters } from '../../src/findings/observe-thumbs.ts';
import { lastRatings } from '../../src/findings/rating.ts';
import { published } from './issue-builders.ts';

const at = '2026-11-22T10:00:00Z';
const look = (...people: string[]) => ({ at, self: undefined, mayRate: new Set(people) });
const up = { by: 'Ada', at: '2026-11-21T10:00:00Z', value: 'up' } as const;
const down = { by: 'tom', at: '2026-11-21T11:00:00Z', value: 'down' } as const;

it('keeps the thumbs of those who may rate, and no others', () => {
  const { finding, issue } = published({}, { thumbs: [up, down] });
  expect(newRaters(finding, issue)).toEqual(['Ada', 'tom']);
  expect(observeIssue(finding, issue, look('ada')).ratings).toEqual([{ ...up, from: 'reaction' }]);
});

it('changes nothing at a second look, and asks about nobody again', () => {
  const { finding, issue } = published({}, { thumbs: [up, down] });
  const seen = observeIssue(finding, issue, look('ada', 'tom'));
  expect(newRaters(seen, issue)).toEqual([]);
  expect(observeIssue(seen, issue, look())).toEqual(seen);
});

it('forgets a thumb that was taken back, and follows a person who changes their mind', () => {
  const { finding, issue } = published({}, { thumbs: [up, down] });
  const seen = observeIssue(finding, issue, look('ada', 'tom'));
  const other = { ...up, value: 'down', at: '2026-11-22T09:00:00Z' } as const;
  const later = { ...issue, thumbs: [other] };
  expect(newRaters(seen, later)).toEqual(['Ada']);
  expect(observeIssue(seen, later, look('ada')).ratings).toEqual([{ ...other, from: 'reaction' }]);
  // Who may no longer rate keeps nothing of what they took back either.
  expect(observeIssue(seen, later, look()).ratings).toBeUndefined();
});

it('takes the last one of a person who gave both, and of a person who wrote a command later', () => {
  const both = [up, { ...up, value: 'down', at: '2026-11-21T12:00:00Z' } as const];
  const { finding, issue } = published({}, { thumbs: both });
  const seen = observeIssue(finding, issue, look('ada'));
  expect(seen.ratings?.map(({ value }) => value)).toEqual(['down']);
  const rated = [...(seen.ratings ?? []), { by: 'ada', at, value: 'up', from: 'rate' } as const];
  expect([...lastRatings(rated).values()].map(({ value }) => value)).toEqual(['up']);
  // A command is nobody's thumb: it stays when the thumb goes.
  const gone = observeIssue({ ...seen, ratings: rated }, { ...issue, thumbs: [] }, look());
  expect(gone.ratings?.map(({ from }) => from)).toEqual(['rate']);
});

it('leaves the ratings alone where GitHub told no thumbs, or more than were asked for', () => {
  const { finding, issue } = published({}, { thumbs: [up] });
  const seen = observeIssue(finding, issue, look('ada'));
  const { thumbs: _, ...untold } = issue;
  expect(observeIssue(seen, untold, look()).ratings).toEqual(seen.ratings);
  const crowd = Array.from({ length: 20 }, (_, index) => ({ ...down, by: `stranger-${index}` }));
  expect(observeIssue(seen, { ...issue, thumbs: crowd }, look()).ratings).toEqual(seen.ratings);
});
