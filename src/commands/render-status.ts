import { type CommentKey, nameOfComment } from '../events/comment-key.ts';
import { markComment, renderCommentMark } from '../findings/issue-markers.ts';
import type { CommandOutcome } from '../ledger/inbox-record.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { costText, elapsedText } from '../reports/measures.ts';
import type { Parsed } from './parse-commands.ts';
import { rankOf, renderPart, renderSections } from './status-parts.ts';

/** What came of one line; without words where a worker died between doing and telling. */
export type Said = { outcome: CommandOutcome; line: Parsed | undefined; say: SafeText | undefined };

const words = {
  done: 'done',
  started: 'started',
  refused: 'not followed',
  failed: 'failed',
} as const satisfies Record<CommandOutcome, string>;

/** By what the status comment of a person's comment is found again, so that it is never written twice. */
export function renderStatusMark(comment: CommentKey, gate: Gate): SafeText {
  return renderCommentMark(['command', String(comment)], gate);
}

/** The one comment that answers one of a person's: what came of each command; those that a workflow does have a part that goes on changing. */
export function renderStatus(
  { id, url = '' }: { id: CommentKey; url?: string },
  said: readonly Said[],
  gate: Gate,
): { mark: SafeText; body: SafeText } {
  const mark = renderStatusMark(id, gate);
  const sections = said.map(({ line, outcome, say }, index) => {
    const text = say ?? gate.inline(words[outcome]);
    return {
      verb: line && 'command' in line ? gate.codeSpan(line.command.verb) : undefined,
      text: outcome === 'started' ? renderPart({ index, rank: rankOf.start, text }) : text,
    };
  });
  const name = gate.inline(nameOfComment(id));
  // It stands elsewhere on the same page. The whole address would be a mention of the pull request to GitHub.
  const asked = typeof id === 'number' ? name : gate.link(name, /#[\w-]+$/.exec(url)?.[0] ?? '');
  const body = safe`${renderSections(sections)}\n\n<sub>In answer to ${asked}.</sub>`;
  return { mark, body: markComment(body, mark, gate) };
}

/** How far a workflow is with a command: names of tools, counts and cost, and nothing of what was read or found. */
export type Stage = {
  /** 0 to 1 where it can be told. */
  done?: number;
  iteration?: number;
  of?: number;
  tool?: string;
  costUsd?: number;
  /** Stands below the line. */
  picture?: SafeText;
};

const barWidth = 20;

/** One line with a bar, and the picture where there is one. `run`: the address of the workflow's run. */
export function renderStage(
  { iteration, of, tool, costUsd, picture, ...stage }: Stage,
  { elapsedMs, run, gate }: { elapsedMs: number; run: string | undefined; gate: Gate },
): SafeText {
  const share = stage.done ?? (iteration === undefined || !of ? 0 : (iteration - 1) / of);
  const filled = Math.floor(Math.min(1, Math.max(0, Number.isNaN(share) ? 0 : share)) * barWidth);
  const bar = gate.codeSpan('█'.repeat(filled) + '░'.repeat(barWidth - filled));
  const details = [
    iteration === undefined ? undefined : gate.inline(`iteration ${iteration}${of === undefined ? '' : ` of ${of}`}`),
    gate.inline(elapsedText(elapsedMs)),
    costUsd === undefined ? undefined : gate.inline(costText(costUsd)),
    tool === undefined || tool === '' ? undefined : gate.codeSpan(tool.slice(0, 60)),
    run === undefined ? undefined : gate.link(safe`run`, run),
  ];
  const line = safe`${bar} ${joinSafe(details, safe` · `)}`;
  return picture === undefined ? line : safe`${line}\n\n${picture}`;
}
