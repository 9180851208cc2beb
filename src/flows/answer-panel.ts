import { roleNeeded, type Standing } from '../commands/authorise.ts';
import type { Configuration } from '../config/schema.ts';
import { isAtLeast } from '../events/role.ts';
import type { PanelEdit } from '../events/understand-panel-edit.ts';
import { renderCommentMark } from '../findings/issue-markers.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Clock } from '../lib/clock.ts';
import type { Gate } from '../publishing/gate.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import type { PanelAct } from '../questions/panel.ts';
import { lookUp } from './follow-command.ts';
import type { GitHub } from './github-ports.ts';
import { keepPanel } from './keep-panel.ts';
import { type AnswerPlace, recordAnswers } from './record-answers.ts';
import { recordVotes } from './record-reviews.ts';
import { identityOf } from './record-session.ts';
import { reviewInPull } from './review-in-pull.ts';

export type PanelPorts = { github: GitHub; gate: Gate; clock: Clock; config: Configuration; workflow: string };

/**
 * What somebody did on a panel by clicking. It counts where that person may answer now; else the panel is put back as it was, with one sentence to
 * them, and on a public repository without any. Whatever else was done to its text is undone.
 */
export async function answerPanel(
  edit: PanelEdit,
  ports: PanelPorts,
): Promise<'not-ours' | 'answered' | 'refused' | 'healed'> {
  const { github, config, clock, gate, workflow } = ports;
  const remote = await github.repository();
  const store = github.ledger(config.ledger.branch);
  const ledger = await readLedger(await store.read(), identityOf(remote));
  const known = ledger.sessionIssues.find(({ number }) => number === edit.issue);
  const panel = known && (await ledger.readPanel(known.session));
  if (!panel || panel.comment !== edit.comment) return 'not-ours';
  const place: AnswerPlace = { github, store, remote, gate, clock, workflow, actor: edit.sender };
  if (edit.deeds.length === 0) {
    await keepPanel(panel.session, place);
    return 'healed';
  }
  const refused = [...(await follow(edit, panel.session, { place, ports }))];
  if (refused.length > 0) await tellRefused(edit, refused, { place, isPublic: remote.visibility === 'public' });
  return refused.length > 0 ? 'refused' : 'answered';
}

/** Why something was taken back. `quiet`: not even that is said on a public repository. */
type Refused = { why: SafeText; quiet: boolean };

/** What was asked counts by the right to answer, what was assumed by the right to approve. */
async function follow(
  { deeds, sender: by, at, url: from, comment }: PanelEdit,
  session: string,
  { place, ports }: { place: AnswerPlace; ports: PanelPorts },
): Promise<Refused[]> {
  const standing = await lookUp(by, ports);
  const reviews = deeds.filter((deed) => deed.kind === 'review');
  const isPullAsked = deeds.some(({ kind }) => kind === 'pull-request');
  const acts = deeds.flatMap((deed): PanelAct[] =>
    deed.kind === 'review' || deed.kind === 'pull-request' ? [] : [{ by, at, from, comment, ...deed }],
  );
  const mayAnswer = acts.length === 0 ? undefined : whyNot('answer', standing, ports);
  const mayReview = reviews.length === 0 && !isPullAsked ? undefined : whyNot('approve', standing, ports);
  const votes = mayReview ? [] : await recordVotes(session, { deeds: reviews, said: { by, at, from } }, place);
  const { github, config } = ports;
  const unopened =
    isPullAsked && !mayReview ? await reviewInPull(by, { github, permissions: config.permissions, place }) : undefined;
  if (acts.length > 0 && !mayAnswer) await recordAnswers(session, acts, place);
  else await keepPanel(session, place);
  const moved = [...votes.map((why) => place.gate.inline(why)), ...(unopened ? [unopened] : [])].map(
    (why): Refused => ({ why, quiet: false }),
  );
  return [...(mayAnswer ? [mayAnswer] : []), ...(mayReview ? [mayReview] : []), ...moved];
}

function whyNot(verb: 'answer' | 'approve', standing: Standing, { config, gate }: PanelPorts): Refused | undefined {
  if ('unknown' in standing) {
    const why = safe`what you may do here could not be looked up (${gate.inline(standing.unknown)}); try again`;
    return { why, quiet: true };
  }
  const needed = roleNeeded(verb, config.permissions);
  if (isAtLeast(standing.role, needed)) return undefined;
  const what = verb === 'answer' ? safe`answering` : safe`deciding on assumptions`;
  return {
    why: safe`${what} takes the role ${gate.inline(needed)} in this repository`,
    quiet: !isAtLeast(standing.role, 'triage'),
  };
}

/** One sentence for each person and reason, once. */
async function tellRefused(
  { issue, sender }: PanelEdit,
  refused: readonly Refused[],
  { place: { github, gate }, isPublic }: { place: AnswerPlace; isPublic: boolean },
): Promise<void> {
  for (const { why } of refused.filter(({ quiet }) => !quiet || !isPublic)) {
    const mark = renderCommentMark(['panel-refused', sender.toLowerCase(), why], gate);
    const end = why.endsWith('.') ? safe`` : safe`.`;
    const say = safe`What ${gate.inline(sender)} ticked was taken back: ${why}${end}`;
    await github.comments.ensure(issue, mark, safe`${say}\n\n${mark}`);
  }
}
