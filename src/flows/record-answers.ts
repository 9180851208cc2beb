import { runOf } from '../commands/decide-export.ts';
import { type JobRequest, renderRequest } from '../events/request.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { count } from '../lib/text.ts';
import type { Memory } from '../memory/memory.ts';
import { withActs } from '../questions/answers-of.ts';
import type { PanelAct, PanelRecord } from '../questions/panel.ts';
import { keepRecord } from '../sessions/keep-record.ts';
import { isSentInVain, mayGoOn, withAnswers } from '../sessions/put-questions.ts';
import type { Session } from '../sessions/session.ts';
import { claimAnswering, startAnswering } from './ask-answering-session.ts';
import { auditLine } from './audit-line.ts';
import { giveUpResuming, tellGivenUp } from './give-up-resuming.ts';
import { settledBy } from './keep-memory.ts';
import { keepPanel } from './keep-panel.ts';
import { type PanelLook, panelIn } from './panel-look.ts';
import { lookAtPanel, type PanelPlace, remember } from './panel-place.ts';
import { identityOf } from './record-session.ts';
import { tellSettled } from './tell-open-pulls.ts';

/** `workflow`: the file's name below `.github/workflows`. */
export type AnswerPlace = PanelPlace & { workflow: string };

/** What came of answers: whether the session goes on with them now. `unsent`: it should, and could not be sent (a sentence). `gave-up`: it was sent too often in vain, and has failed. */
export type Sent =
  | { kind: 'sent'; run: string | undefined }
  | { kind: 'unsent'; why: string }
  | { kind: 'gave-up' }
  | { kind: 'stays' };

/**
 * Puts what people did on record, in the ledger before anything else, and once each; then the session goes on where nothing keeps it, and
 * the panel shows it all.
 */
export async function recordAnswers(id: string, acts: readonly PanelAct[], place: AnswerPlace): Promise<Sent> {
  if (await record(id, acts, place)) await startAnswering(id, place);
  const sent = await sendOn(id, place);
  await keepPanel(id, place);
  return sent;
}

/** @returns whether an answering session is to be started now. */
async function record(id: string, acts: readonly PanelAct[], place: PanelPlace): Promise<boolean> {
  const { store, remote, clock } = place;
  const { decided } = await updateLedger(
    store,
    `session ${id}: ${count(acts.length, 'answer')}`,
    async (ledger): Promise<LedgerChanges & { before?: Memory; asks?: boolean }> => {
      const look = await panelIn(ledger, id, remote);
      if (!look) return {};
      const of = Math.max(0, ...look.session.questions.map((question) => Number(/\d+/.exec(question.id)?.[0] ?? 0)));
      const dated = acts.map((act) => cleaned(act.kind === 'submit' ? { ...act, of } : act, place));
      const known = withActs(look.panel.acts, dated);
      if (!known) return {};
      const isAsked = acts.some(({ kind }) => kind === 'answering-session');
      const claimed = isAsked ? await claimAnswering(look, clock.now()) : undefined;
      const panel = { ...(claimed ?? look.panel), acts: known };
      const audit = acts.map((act) =>
        auditLine(
          { action: actions[act.kind], target: 'question' in act ? `${id} ${act.question}` : id },
          { session: id, actor: act.by },
          clock,
        ),
      );
      const settled = await settledBy({ ...look, panel, findings: ledger.findings, remote }, acts, place);
      const before = await ledger.readMemory();
      return { panel, audit, ...mirrored(look.session, panel), ...settled, before, asks: claimed !== undefined };
    },
    identityOf(remote),
  );
  const { before, memory, asks = false } = decided;
  if (before && memory) await tellSettled({ before, after: memory }, place);
  return asks;
}

/** What is kept of a person's words is what may be told again. */
function cleaned(act: PanelAct, { gate }: PanelPlace): PanelAct {
  return 'text' in act && act.text !== undefined ? { ...act, text: gate.plain(act.text) } : act;
}

const actions = {
  tick: 'answer-question',
  choose: 'answer-question',
  say: 'answer-question',
  skip: 'answer-question',
  withdraw: 'withdraw-question',
  submit: 'submit-answers',
  'answering-session': 'ask-answering-session',
} as const satisfies Record<PanelAct['kind'], string>;

/** The record of a session that rests has the answers, too: whoever resumes it reads them there. */
function mirrored(session: Session, panel: PanelRecord): Pick<LedgerChanges, 'session'> {
  const kept = keepRecord(session, withAnswers(session, panel));
  return session.phase === 'stopped' && 'record' in kept ? { session: kept.record } : {};
}

// What a request may name.
const mostComments = 50;
const mostKept = 20;

/** Starts the workflow that resumes the session, by one process, where nothing keeps it any more. */
export async function sendOn(id: string, place: AnswerPlace): Promise<Sent> {
  const { store, remote, clock, github, workflow } = place;
  const { decided } = await updateLedger(
    store,
    `session ${id}: goes on with answers`,
    async (ledger): Promise<LedgerChanges & { request?: JobRequest; gaveUp?: PanelRecord['gaveUp'] }> => {
      const look = await panelIn(ledger, id, remote);
      const { issue, gaveUp } = look?.panel ?? {};
      if (gaveUp === 'untold') return { gaveUp };
      if (!look || !issue || !mayGoOn(look.session, look.panel, clock.now())) return {};
      if (isSentInVain(look.session, look.panel)) {
        const ended = await giveUpResuming(look, place);
        return { ...ended, gaveUp: ended.panel?.gaveUp };
      }
      return toSend(look, issue.number, clock.now());
    },
    identityOf(remote),
  );
  if (decided.gaveUp) {
    const look = await lookAtPanel(id, place);
    if (look) await tellGivenUp(look, place);
    return { kind: 'gave-up' };
  }
  if (!decided.request) return { kind: 'stays' };
  try {
    const start = { branch: remote.defaultBranch, request: renderRequest(decided.request) };
    const started = await github.workflows.dispatch(workflow, start);
    if ('missing' in started) return await unsend(id, `${workflow} could not be started: ${started.missing}`, place);
    const run = started.run === undefined ? undefined : `${remote.url}/actions/runs/${started.run}`;
    if (run !== undefined) await remember(id, place, (panel) => ({ ...panel, run }));
    return { kind: 'sent', run };
  } catch (error) {
    await unsend(id, 'GitHub could not be reached.', place);
    throw error;
  }
}

function toSend({ session, panel: before }: PanelLook, issue: number, now: number) {
  const { run: _, unsent: __, ...panel } = before;
  // What no person did stands in no comment.
  const said = [...new Set(panel.acts.map(({ comment }) => comment))].filter((one) => one !== 0);
  const { id, commit } = session;
  const run = runOf(session);
  const where = { ...(run === undefined ? {} : { run }), ...(commit === undefined ? {} : { commit }) };
  const comments = said.slice(-mostComments);
  const request: JobRequest = { version: 1, kind: 'answers', issue, comments, session: id, ...where };
  const sentAt = isoTime(now);
  const sent = { ...panel, sentAt, sends: [...(panel.sends ?? []), sentAt].slice(-mostKept) };
  return { panel: sent, request, ...mirrored(session, sent) };
}

async function unsend(id: string, why: string, place: PanelPlace): Promise<Sent> {
  const unsent = place.gate.plain(why);
  await remember(id, place, ({ sentAt, sends = [], ...panel }) => ({
    ...panel,
    sends: sends.filter((at) => at !== sentAt),
    unsent,
  }));
  return { kind: 'unsent', why };
}
