import type { IssueSnapshot, IssueUpdate } from '../findings/issue.ts';
import { renderCommentMark, replaceManagedBlock } from '../findings/issue-markers.ts';
import { findLabels, labelFor } from '../findings/labels.ts';
import { textOf } from '../memory/assumption.ts';
import { limits } from '../publishing/bound.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import type { AssumptionView } from '../questions/render-assumptions.ts';
import { renderPanel } from '../questions/render-panel.ts';
import type { Refining } from '../questions/render-refining.ts';
import { isEnded } from '../sessions/phases.ts';
import { undecidedOf } from '../sessions/put-assumptions.ts';
import { courseOf, isSubmitted, openOf, waitedFor } from '../sessions/put-questions.ts';
import { renderSessionIssue } from '../sessions/render-session-issue.ts';
import { refiningOf } from './ask-answering-session.ts';
import type { PanelLook } from './panel-look.ts';
import { type PanelPlace, remember, toldFindings } from './panel-place.ts';
import { showAssumptions } from './show-assumptions.ts';

/** Issue and comment as they should be. */
export async function writePanel(look: PanelLook, place: PanelPlace): Promise<void> {
  const { github } = place;
  const { session, panel } = look;
  const number = panel.issue?.number ?? 0;
  const issue = (await github.issues.read([number])).get(number);
  if (!issue || issue.locked) {
    // Deleted, transferred or locked: nobody is asked any more, and it is not made again.
    if (!panel.closed) await remember(session.id, place, (now) => ({ ...now, closed: true }));
    return;
  }
  const comment = await writeComment(look, number, place);
  const { change, closes } = toUpdate(look, issue, place);
  if (change) {
    const { addLabels = [] } = change;
    if (addLabels.length > 0) await github.issues.ensureLabels(findLabels(addLabels));
    await github.issues.update(number, change);
  }
  const relabels = change?.addLabels !== undefined || change?.removeLabels !== undefined;
  await rememberWritten(look, { comment, closes, relabels, closed: issue.state === 'closed' || closes }, place);
}

/** The comment, for whoever holds the claim: a comment is found again by its mark, but two who look at once see none. */
export async function ensureComment(look: PanelLook, place: PanelPlace): Promise<void> {
  const { issue } = look.panel;
  const { id } = look.session;
  const isThere = issue && (await place.github.issues.read([issue.number])).has(issue.number);
  if (!isThere) {
    await remember(id, place, ({ claim: _, ...panel }) => ({ ...panel, closed: true }));
    return;
  }
  const comment = await writeComment(look, issue.number, place);
  const audit = [{ action: 'comment-issue', target: `#${issue.number}` }];
  await remember(id, place, ({ claim: _, ...panel }) => ({ ...panel, comment }), audit);
}

async function rememberWritten(
  { panel, session }: PanelLook,
  { comment, closes, relabels, closed }: { comment: number; closes: boolean; relabels: boolean; closed: boolean },
  place: PanelPlace,
): Promise<void> {
  if (comment === panel.comment && closed === panel.closed && !relabels) return;
  const target = `#${panel.issue?.number ?? 0}`;
  await remember(session.id, place, (now) => ({ ...now, comment, closed }), [
    ...(comment === panel.comment ? [] : [{ action: 'comment-issue', target }]),
    ...(relabels ? [{ action: 'label-issue', target }] : []),
    ...(closes ? [{ action: 'close-issue', target }] : []),
  ]);
}

/** The panel as the ledger has it, whatever became of the comment. @returns its id. */
async function writeComment(look: PanelLook, issue: number, place: PanelPlace): Promise<number> {
  const { github, gate } = place;
  const { panel, session } = look;
  const mark = renderCommentMark(['panel', session.id], gate);
  const shownBeside = {
    reviews: await showAssumptions(look, place),
    refining: await refiningOf(look, place.clock.now()),
  };
  const body = renderComment(look, { mark, ...shownBeside }, place);
  const known = panel.comment === undefined ? undefined : await github.comments.read(panel.comment);
  const comment = (known && panel.comment) ?? (await github.comments.ensure(issue, mark, body)).id;
  const shown = known ?? (await github.comments.read(comment));
  if (shown && asWritten(shown.body) !== asWritten(body)) await github.comments.edit(comment, body);
  return comment;
}

/** An editor leaves other line ends. */
function asWritten(body: string): string {
  return body.replaceAll('\r\n', '\n').trimEnd();
}

function renderComment(
  look: PanelLook,
  { mark, reviews, refining }: { mark: SafeText; reviews: readonly AssumptionView[]; refining: Refining },
  { gate, clock }: PanelPlace,
): SafeText {
  const { session, panel, asked, assumed, ledger } = look;
  const told = new Set(asked.told.map(({ id }) => id));
  const texts = new Map(assumed.told.map((record) => [record.id, textOf(record)]));
  const numbers = new Map(ledger.findings.flatMap(({ id, issue }) => (issue ? [[id, issue.number]] : [])));
  const { run, unsent, acts } = panel;
  const view = {
    questions: asked.told,
    withheld: asked.withheld,
    aside: asked.aside,
    assumptions: session.assumptions
      .filter(({ questionId }) => questionId !== undefined && told.has(questionId))
      .map((assumption) => ({ ...assumption, text: texts.get(assumption.id) ?? assumption.text })),
    acts,
    issuesOf: ({ findings }: { findings: readonly string[] }) => findings.flatMap((id) => numbers.get(id) ?? []),
    waits: waitedFor(session),
    course: courseOf(session, panel, clock.now()),
    run,
    unsent,
    reviews,
    refining,
    reviewedIn: assumed.told.find(({ pullRequest }) => pullRequest !== undefined)?.pullRequest,
    mayReviewInPull: assumed.told.some(({ state, pullRequest }) => state === 'proposed' && pullRequest === undefined),
  };
  return safe`${mark}\n\n${renderPanel(view, { gate, room: limits.body - mark.length - 2 })}`;
}

/** What is to change about the issue. Nobody is argued with who closed it. */
function toUpdate(
  look: PanelLook,
  issue: IssueSnapshot,
  { gate, clock, remote }: PanelPlace,
): { change: IssueUpdate | undefined; closes: boolean } {
  const { session, panel, asked, assumed } = look;
  const open = openOf(asked.told, panel);
  const isOver = open.length === 0 || isSubmitted(open, panel);
  const isReviewed = undecidedOf(assumed, panel).length === 0;
  const closes = issue.state === 'open' && isEnded(session.phase) && isOver && isReviewed;
  const course = courseOf(session, panel, clock.now());
  const isAwaited = issue.state === 'open' && !isOver && course !== 'sent' && course !== 'at-work';
  const name = labelFor({ state: 'awaiting-answer' });
  const has = issue.labels.some((label) => label.toLowerCase() === name);
  const { body } = renderSessionIssue(session, toldFindings(look, { remote }), gate);
  const whole = replaceManagedBlock(issue.body, body, gate);
  const change: IssueUpdate = {
    ...(issue.state === 'open' && asWritten(whole) !== asWritten(issue.body) ? { body: whole } : {}),
    ...(isAwaited && !has ? { addLabels: [gate.label(name)] } : {}),
    ...(has && !isAwaited ? { removeLabels: [gate.label(name)] } : {}),
    ...(closes ? { state: { to: 'closed' as const, reason: 'completed' as const } } : {}),
  };
  return { change: Object.keys(change).length > 0 ? change : undefined, closes };
}
