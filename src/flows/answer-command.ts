import type { CommandOf } from '../commands/command.ts';
import type { Answer, CommandContext } from '../commands/executor.ts';
import { toDeeds } from '../commands/to-deeds.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { systemClock } from '../lib/clock.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { PanelAct } from '../questions/panel.ts';
import { openOf, waitedFor } from '../sessions/put-questions.ts';
import type { Session } from '../sessions/session.ts';
import { findRunOfPull } from './find-run.ts';
import type { GitHub } from './github-ports.ts';
import { type PanelLook, panelIn } from './panel-look.ts';
import { lookAtPanel } from './panel-place.ts';
import { type AnswerPlace, recordAnswers, type Sent } from './record-answers.ts';
import { identityOf } from './record-session.ts';

/** What answers take of GitHub. */
export type AnswerGitHub = Pick<GitHub, 'workflows' | 'repository' | 'ledger' | 'issues' | 'comments' | 'pullRequests'>;

/**
 * `/courier answer` and `/courier skip`, on the session's issue or where it is clear which session is meant. All of a command is taken or nothing of
 * it. Following it again, after a crash, changes nothing.
 */
export async function answerByCommand(
  command: CommandOf<'answer'> | CommandOf<'skip'>,
  context: CommandContext,
  { github, workflow }: { github: AnswerGitHub; workflow: string },
): Promise<Answer> {
  const { gate, by, issue, mandate, config } = context;
  const remote = await github.repository();
  const store = github.ledger(config.ledger.branch);
  const place: AnswerPlace = { github, store, remote, gate, clock: systemClock, workflow, actor: by };
  const ledger = await readLedger(await store.read(), identityOf(remote));
  const found = await findPanel(context, ledger, place);
  if ('say' in found) return { outcome: 'refused', say: found.say };
  const understood = toDeeds(
    command,
    found.session.questions.filter(({ aside }) => aside?.why !== 'same'),
  );
  if ('refused' in understood) return { outcome: 'refused', say: gate.inline(understood.refused) };
  const from = context.url ?? `${remote.url}/issues/${issue}`;
  const said = { by, at: context.written, from, comment: mandate.comment };
  const acts = understood.deeds.map((deed): PanelAct => ({ ...said, ...deed }));
  const sent = await recordAnswers(found.session.id, acts, place);
  return { outcome: sent.kind === 'unsent' ? 'failed' : 'done', say: await tell(found.session.id, sent, place) };
}

/** The one of the issue, or of its run; elsewhere the only one that asks, of a finding the only one that saw it. */
async function findPanel(
  { issue, place: where, gate }: CommandContext,
  ledger: Ledger,
  place: AnswerPlace,
): Promise<PanelLook | { say: SafeText }> {
  const own = ledger.sessionIssues.find(({ number }) => number === issue);
  if (own)
    return (
      (await panelIn(ledger, own.session, place.remote)) ?? { say: safe`The record of this session cannot be read.` }
    );
  const ofRun = await findRunThatAsks({ issue, place: where }, ledger);
  const asking = ofRun === undefined ? undefined : await panelIn(ledger, ofRun, place.remote);
  if (asking) return asking;
  if (where === 'issue') return { say: safe`No session asks anything here.` };
  const open = ledger.sessionIssues.filter((each) => each.open);
  const looks = await Promise.all(open.slice(-20).map(({ session }) => panelIn(ledger, session, place.remote)));
  const finding = where === 'finding' ? ledger.findings.find((each) => each.issue?.number === issue)?.id : undefined;
  const fitting = looks.flatMap((look) => (look && (finding === undefined || saw(look.session, finding)) ? look : []));
  const [only] = fitting;
  if (only && fitting.length === 1) return only;
  if (fitting.length === 0) return { say: safe`No session asks anything here.` };
  const numbers = fitting.flatMap(({ panel }) => (panel.issue ? [safe`#${panel.issue.number}`] : []));
  return {
    say: safe`${gate.inline(String(fitting.length))} sessions ask something: answer on the issue of the one that you mean, ${joinSafe(numbers, safe` or `)}.`,
  };
}

/** The issue's last run, where it asked something that is still open to answers. */
async function findRunThatAsks(
  { issue, place }: Pick<CommandContext, 'issue' | 'place'>,
  ledger: Ledger,
): Promise<string | undefined> {
  const runs = place === 'pull-request' ? await findRunOfPull(issue, ledger) : await ledger.readRuns(issue);
  const last = runs?.attempts.at(-1)?.session;
  return ledger.sessionIssues.some(({ session, open }) => open && session === last) ? last : undefined;
}

function saw({ raised, updated, questions }: Session, finding: string): boolean {
  return [...raised, ...updated, ...questions.flatMap(({ findings }) => findings)].includes(finding);
}

async function tell(id: string, sent: Sent, place: AnswerPlace): Promise<SafeText> {
  const { gate } = place;
  const run = sent.kind === 'sent' && sent.run !== undefined ? gate.link(safe`goes on`, sent.run) : safe`goes on`;
  if (sent.kind === 'sent') return safe`On record. Session \`${gate.inline(id)}\` ${run} with the answers.`;
  if (sent.kind === 'unsent')
    return safe`On record, and session \`${gate.inline(id)}\` could not be sent on its way: ${gate.inline(sent.why)}`;
  const look = await lookAtPanel(id, place);
  return look ? safe`On record. ${renderNext(look, place)}` : safe`On record.`;
}

function renderNext({ session, panel, asked }: PanelLook, { gate }: AnswerPlace): SafeText {
  const open = openOf([...asked.told, ...asked.withheld], panel).map(({ id }) => id);
  const waited = new Set(waitedFor(session));
  const blocking = open.filter((id) => waited.has(id));
  const list = (ids: readonly string[]) => gate.inline(ids.slice(0, 20).join(', '));
  switch (session.phase) {
    case 'stopped':
      if (blocking.length > 0) return safe`The session still waits for ${list(blocking)}.`;
      if (open.length > 0) return safe`${list(open)} is open; Submit on the panel goes on without it.`;
      return safe`Nothing is open any more; the session gets the answers when it goes on.`;
    case 'completed':
    case 'failed':
    case 'killed':
    case 'cancelled':
      return safe`The session has ended: the answer is kept beside it, in the place of what it assumed.`;
    case 'pending':
    case 'creating':
    case 'running':
    case 'reviewing':
    case 'stopping':
      return safe`The session is at work, and is told.`;
  }
}
