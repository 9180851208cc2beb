import { readLedger } from '../ledger/read-ledger.ts';
import { ConflictError, ExternalError, UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import type { PanelPorts } from './answer-panel.ts';
import { keepPanel } from './keep-panel.ts';
import type { PanelPlace } from './panel-place.ts';
import type { Ports } from './ports.ts';
import { sendOn } from './record-answers.ts';
import { identityOf, type Recorded, type RecordRequest } from './record-session.ts';
import { tendPanels } from './tend-panels.ts';

/**
 * After the issues of the findings: what the session could not tell is put to people, and what earlier sessions asked is seen to. A failure is
 * told and costs nothing else: the next scan does it.
 *
 * @returns why people may not have been asked, in a sentence.
 */
export async function askPeople(
  { session, store, sessionIssues = [] }: Recorded,
  { remote, settings }: Pick<RecordRequest, 'remote' | 'settings'>,
  {
    github,
    gate,
    clock,
    log,
    salvage,
    workflow,
  }: Pick<Ports, 'github' | 'clock' | 'log' | 'salvage' | 'workflow'> & { gate: Gate },
): Promise<string | undefined> {
  if (!github || !store || !remote) return undefined;
  const place: PanelPlace = { github, store, remote, gate, clock, actor: session.actor ?? session.trigger };
  const open = sessionIssues.filter((issue) => issue.open && issue.session !== session.id);
  try {
    await tellAsked(session, { ...place, workflow });
    const { inactivityMs } = settings;
    if (open.length > 0)
      await tendPanels({ sessions: open.map((issue) => issue.session), inactivityMs, salvage }, place);
    return undefined;
  } catch (error) {
    if (!(error instanceof UserError || error instanceof ExternalError || error instanceof ConflictError)) throw error;
    const hint = error instanceof ExternalError && error.hint ? ` ${error.hint}` : '';
    log.error(`The questions were not put to people: ${error.message}`);
    return `The questions were not put to people: ${error.message}${hint}`;
  }
}

/**
 * The panels of this session, and of the one that it answered: that one goes on where it waits and nothing that blocks is open any more, as it
 * does with an answer.
 */
async function tellAsked(
  { id, questions, answering }: Recorded['session'],
  { workflow, ...place }: PanelPlace & Pick<Ports, 'workflow'>,
): Promise<void> {
  if (questions.length > 0) await keepPanel(id, place);
  if (!answering) return;
  await keepPanel(answering.session, place);
  const sent = workflow === undefined ? undefined : await sendOn(answering.session, { ...place, workflow });
  if (sent && sent.kind !== 'stays') await keepPanel(answering.session, place);
}

/**
 * What the app sees to between scans: people are reminded, and what was to go on and never began is sent again. Ending a sandbox takes keys that
 * only a workflow has.
 */
export async function tendQuestions({ github, gate, clock, config, workflow }: PanelPorts): Promise<void> {
  const remote = await github.repository();
  const store = github.ledger(config.ledger.branch);
  const { sessionIssues } = await readLedger(await store.read(), identityOf(remote));
  const sessions = sessionIssues.filter(({ open }) => open).map(({ session }) => session);
  const place = { github, store, remote, gate, clock, workflow, actor: 'timer' };
  await tendPanels({ sessions, inactivityMs: 0, salvage: async () => undefined }, place);
  for (const session of sessions.slice(-20))
    if ((await sendOn(session, place)).kind !== 'stays') await keepPanel(session, place);
}
