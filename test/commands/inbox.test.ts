import { expect, it } from 'vitest';
import type { CommentSnapshot } from '../../src/commands/comment.ts';
import { chooseComments, finishComment } from '../../src/commands/inbox.ts';
import { type CommentKey, partsOf } from '../../src/events/comment-key.ts';
import { freshInbox, type InboxRecord } from '../../src/ledger/inbox-record.ts';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { understandInbox } from '../../src/ledger/understand-inbox.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { createMemoryStore } from '../ledger/memory-store.ts';

const start = Date.parse('2026-11-21T10:00:00Z');
const at = (second: number) => new Date(start + second * 1000).toISOString();

function aComment(id: CommentKey, second: number, over: Partial<CommentSnapshot> = {}): CommentSnapshot {
  const times = { createdAt: at(second), updatedAt: at(second) };
  return { id, body: '/courier help', author: 'ada', by: 'person', ...times, url: 'https://github.test', ...over };
}

const dealtWith = (inbox: InboxRecord, comment: CommentSnapshot): InboxRecord =>
  finishComment(inbox, comment, { outcomes: ['done'], reply: undefined, release: true, now: start });

const waiting = (inbox: InboxRecord, comments: readonly CommentSnapshot[]) =>
  chooseComments(inbox, comments, { self: 'courier[bot]', now: start }).map(({ id }) => id);

it('forgets the oldest of each lane by itself', () => {
  let inbox = freshInbox(7);
  const early = [aComment(50, 0), aComment('review-7-9000', 1), aComment('review-comment-7-4', 2)];
  for (const comment of early) inbox = dealtWith(inbox, comment);
  for (let id = 100; id < 200; id++) inbox = dealtWith(inbox, aComment(id, id));
  expect(inbox.handled).toHaveLength(100);
  expect([inbox.through, inbox.reviewsThrough]).toEqual([50, { review: 9000, 'review-comment': 4 }]);
  expect(waiting(inbox, early)).toEqual([]);
  const fresh = [aComment(201, 301), aComment('review-7-9001', 302), aComment('review-comment-7-5', 303)];
  expect(waiting(inbox, fresh)).toEqual(fresh.map(({ id }) => id));
});

it('leaves alone what was edited behind a newer one of its lane, and asks about what was edited in another', () => {
  const inbox = dealtWith(freshInbox(7), aComment('review-7-20', 20));
  const edited = { updatedAt: at(30) };
  const comments = [aComment('review-7-10', 10, edited), aComment('review-comment-7-10', 10, edited)];
  expect(waiting(inbox, comments)).toEqual(['review-comment-7-10']);
});

const files = async (comment: CommentSnapshot) => {
  const { store, files: written } = createMemoryStore();
  await updateLedger(store, 'seed', () => ({ inbox: dealtWith(freshInbox(7), comment) }));
  return { text: written()['inbox/7.json'] ?? '', inbox: await (await readLedger(await store.read())).readInbox(7) };
};

it('writes what a Courier without reviews can read, unless there is something of reviews in it', async () => {
  const [plain, reviewed] = [await files(aComment(12, 0)), await files(aComment('review-7-12', 0))];
  expect([JSON.parse(plain.text).version, JSON.parse(reviewed.text).version]).toEqual([1, 2]);
  expect(partsOf(reviewed.inbox.handled[0]?.comment ?? 0)).toEqual({ lane: 'review', pullRequest: 7, id: 12 });
  expect(() => understandInbox(reviewed.text.replace('"version": 2', '"version": 3'), 7)).toThrow(/newer Courier/);
});
