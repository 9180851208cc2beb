import { whyNoRule } from '../config/rule-text.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { isoTime } from '../lib/clock.ts';
import type { Learnings } from '../memory/learning.ts';
import { type LearningAct, reviewLearning } from '../memory/review-learnings.ts';
import { addRule } from '../memory/rules.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { CommandOf } from './command.ts';
import type { Change, CommandContext } from './executor.ts';
import { type NamedReview, nameAssumption, type ReviewCommand } from './name-assumption.ts';
import { renderProblem } from './render-help.ts';

/** `approve`, `decline` and `correct` of learnings and rules, on the dashboard: each by itself, bound to the text that was there. */
export async function reviewLearnings(
  command: ReviewCommand,
  context: CommandContext,
  ledger: Ledger,
): Promise<Change> {
  const { by, at, written, gate, place } = context;
  if (place !== 'dashboard')
    return { answer: { outcome: 'refused', say: safe`Learnings and rules are reviewed on the dashboard.` } };
  const named = nameAssumption(command, undefined);
  if ('misused' in named) {
    const { verb } = command;
    const say = renderProblem({ kind: 'misused', verb, why: named.misused }, gate);
    return { answer: { outcome: 'refused', say } };
  }
  const before = await ledger.readLearnings();
  const review = { by, at, from: placeOfComment(context), seen: written };
  let learnings = before;
  const said: SafeText[] = [];
  const done: string[] = [];
  for (const act of actsOf(named, before, context)) {
    const reviewed = reviewLearning(learnings, act, review);
    said.push(gate.inline('done' in reviewed ? reviewed.done : reviewed.refused));
    if ('done' in reviewed) {
      learnings = reviewed.learnings;
      done.push(act.id);
    }
  }
  if (done.length === 0) {
    const none = said.length > 0 ? joinSafe(said, safe` `) : safe`No learning is proposed.`;
    return { answer: { outcome: 'refused', say: none } };
  }
  return {
    answer: { outcome: done.length === said.length ? 'done' : 'failed', say: joinSafe(said, safe` `) },
    ...(learnings === before ? {} : { changes: { learnings } }),
    audit: { action: `${command.verb}-learning`, target: done.join(', ') },
  };
}

const day = 86_400_000;

function actsOf(command: NamedReview, { learnings }: Learnings, { gate, written }: CommandContext): LearningAct[] {
  if (command.verb === 'correct') return [{ kind: 'correct', id: command.assumption, text: gate.plain(command.text) }];
  if (command.verb === 'decline') {
    const reason = command.reason === undefined ? undefined : gate.plain(command.reason);
    return command.assumptions.map((id) => ({ kind: 'decline', id, reason }));
  }
  // `all` are those that were there to be seen.
  const isSeen = ({ history }: Learnings['learnings'][number]) =>
    history.every(({ at }) => Date.parse(at) <= Date.parse(written));
  const ids =
    command.assumptions === 'all'
      ? learnings.filter((learning) => learning.state === 'proposed' && isSeen(learning)).map(({ id }) => id)
      : command.assumptions;
  const { days } = command;
  const until = days === undefined ? {} : { until: isoTime(Date.parse(written) + days * day) };
  return ids.map((id) => ({ kind: 'approve', id, ...until }));
}

/** Keeps a framing for agents beside those of the configuration. */
export async function addRuleByCommand(
  { paths = ['**'], text }: CommandOf<'rule'>,
  context: CommandContext,
  ledger: Ledger,
): Promise<Change> {
  const { by, at, gate } = context;
  const why = whyNoRule(text);
  if (why !== undefined) return { answer: { outcome: 'refused', say: safe`A rule is ${gate.inline(why)}.` } };
  const before = await ledger.readLearnings();
  const added = addRule(before, { paths, text: gate.plain(text) }, { by, at, from: placeOfComment(context) });
  if ('refused' in added) return { answer: { outcome: 'refused', say: gate.inline(added.refused) } };
  const { id } = added.rule;
  const where = joinSafe(
    paths.map((path) => gate.codeSpan(path)),
    safe`, `,
  );
  return {
    answer: {
      outcome: 'done',
      say: safe`Rule ${gate.inline(id)} frames what agents do in ${where}, from the next scan on. It changes no severity. \`/courier decline ${gate.inline(id)}\` on the dashboard deletes it.`,
    },
    ...(added.learnings === before ? {} : { changes: { learnings: added.learnings } }),
    audit: { action: 'add-rule', target: id },
  };
}

function placeOfComment({ repository, issue, mandate }: CommandContext): string {
  return `${repository.url}/issues/${issue}#issuecomment-${mandate.comment}`;
}
