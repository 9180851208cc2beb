import { chooseSession } from '../commands/choose-session.ts';
import type { Change, CommandContext } from '../commands/executor.ts';
import { sessionOf } from '../commands/place-of.ts';
import { type JobRequest, renderRequest } from '../events/request.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { safe } from '../publishing/safe-text.ts';
import { answerName } from '../sessions/answer-settings.ts';
import { isUnderWay } from '../sessions/phases.ts';
import { findOpen, isAnyOpen } from './find-open.ts';
import { type PanelPlace, remember } from './panel-place.ts';

/** Whether an answering session is started for a command. `act`: it is handed to a workflow, which asks all of it anew. */
export async function mayAskAnswering(
  { issue, gate, visibility }: CommandContext,
  ledger: Ledger,
): Promise<Change | 'act'> {
  const open = await findOpen(sessionOf(issue, ledger), ledger, { visibility });
  if (!open || !isAnyOpen(open))
    return {
      answer: {
        outcome: 'refused',
        say: safe`Nothing is open here: no question without an answer and no assumption that nobody decided on.`,
      },
    };
  const other = await chooseSession(undefined, { issue: 0, meant: 'working' }, ledger);
  const isBusy =
    other &&
    isUnderWay(other.phase) &&
    other.configuration?.scans.some(({ name }) => name === answerName(open.session.id));
  if (!isBusy) return 'act';
  return {
    answer: { outcome: 'refused', say: safe`Session ${gate.codeSpan(other.id)} is at it already.` },
  };
}

/** Somebody ticked the box: a workflow is started for it. @returns why it could not be, a sentence; the panel shows it, too. */
export async function startAnswering(
  session: string,
  place: PanelPlace & { workflow: string },
): Promise<string | undefined> {
  const { github, remote, workflow, gate } = place;
  const request: JobRequest = { version: 1, kind: 'answer-session', session };
  const start = { branch: remote.defaultBranch, request: renderRequest(request) };
  const started = await github.workflows.dispatch(workflow, start);
  if (!('missing' in started)) return undefined;
  const unsent = gate.plain(`The answering session could not be started: ${workflow}: ${started.missing}`);
  await remember(session, place, (panel) => ({ ...panel, unsent }));
  return unsent;
}
