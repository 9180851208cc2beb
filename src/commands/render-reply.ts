import { markComment, renderCommentMark } from '../findings/issue-markers.ts';
import type { CommandOutcome } from '../ledger/inbox-record.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { CommentSnapshot } from './comment.ts';
import type { Parsed } from './parse-commands.ts';

/** What came of one line; without words where a worker died between doing and telling. */
export type Said = { outcome: CommandOutcome; line: Parsed | undefined; say: SafeText | undefined };

const words = {
  done: 'done',
  started: 'started',
  refused: 'not followed',
  failed: 'failed',
} as const satisfies Record<CommandOutcome, string>;

/** One comment that answers one of a person's, found again by its mark so that it is never written twice. */
export function renderReply(
  { id }: Pick<CommentSnapshot, 'id'>,
  said: readonly Said[],
  gate: Gate,
): { mark: SafeText; body: SafeText } {
  const mark = renderCommentMark(['command', String(id)], gate);
  const told = said.map(({ line, outcome, say }) => {
    const verb = line && 'command' in line ? line.command.verb : undefined;
    const text = say ?? gate.inline(words[outcome]);
    if (said.length === 1 && say) return text;
    return verb === undefined ? safe`- ${text}` : safe`- ${gate.codeSpan(verb)}: ${text}`;
  });
  const body = safe`${joinSafe(told, safe`\n`)}\n\n<sub>In answer to comment ${id}.</sub>`;
  return { mark, body: markComment(body, mark, gate) };
}
