import { chooseComments } from '../commands/inbox.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import type { CommentsPorts, CommentsRequest } from './handle-comments.ts';
import { identityOf } from './record-session.ts';

/**
 * The issues where a comment waits although nobody is going to be woken for it: the delivery was lost, or whoever took it died.
 * @param since milliseconds since the epoch; comments that are older are not looked for.
 */
export async function findWaiting(
  since: number,
  { github, config, clock }: Pick<CommentsPorts, 'github' | 'config' | 'clock'>,
): Promise<CommentsRequest[]> {
  const recent = await github.comments.recent(isoTime(since));
  const commands = recent.filter(({ comment }) => comment.by === 'person' && /\/courier/i.test(comment.body));
  if (commands.length === 0) return [];
  const remote = await github.repository();
  const ledger = await readLedger(await github.ledger(config.ledger.branch).read(), identityOf(remote));
  const self = await github.self();
  const waiting: CommentsRequest[] = [];
  for (const [issue, found] of Map.groupBy(commands, (each) => each.issue)) {
    const comments = found.map(({ comment }) => comment);
    const chosen = chooseComments(await ledger.readInbox(issue), comments, { self, now: clock.now() });
    if (chosen.length > 0) waiting.push({ issue, pullRequest: found.some(({ pullRequest }) => pullRequest) });
  }
  return waiting;
}
