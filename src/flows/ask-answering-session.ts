import type { Change, CommandContext } from '../commands/executor.ts';
import { sessionOf } from '../commands/place-of.ts';
import { type JobRequest, renderRequest } from '../events/request.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { isoTime, systemClock } from '../lib/clock.ts';
import { safe } from '../publishing/safe-text.ts';
import type { PanelRecord } from '../questions/panel.ts';
import type { Refining } from '../questions/render-refining.ts';
import { courseOf } from '../sessions/put-questions.ts';
import { findOpen, isAnyOpen } from './find-open.ts';
import { findAnswering } from './find-under-way.ts';
import type { PanelLook } from './panel-look.ts';
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
  const other = await findAnswering(open.session.id, ledger, systemClock.now());
  if (!other) return 'act';
  return {
    answer: { outcome: 'refused', say: safe`Session ${gate.codeSpan(other.id)} is at it already.` },
  };
}

// In milliseconds. A workflow that has not begun by then never will: it may be asked for again.
const startingLasts = 15 * 60_000;

/** Whether an answering session may be asked for on a panel now. One that is to rest or to end can, one that is at work is asked when it does. */
export async function refiningOf({ session, panel, ledger }: PanelLook, now: number): Promise<Refining> {
  const { refine } = panel;
  const working = await findAnswering(session.id, ledger, now);
  if (working) return { kind: 'under-way', run: working.run };
  // Clocks differ: a little in the future is now.
  if (refine && refine.unsent === undefined && Math.abs(now - Date.parse(refine.at)) < startingLasts)
    return { kind: 'under-way', run: refine.run };
  const course = courseOf(session, panel, now);
  if (course === 'sent' || course === 'at-work') return { kind: 'none' };
  return { kind: 'offered', unsent: refine?.unsent };
}

/** The panel with the wish on record, by which one process starts the workflow; `undefined` where it is not to be started. */
export async function claimAnswering(look: PanelLook, now: number): Promise<PanelRecord | undefined> {
  if ((await refiningOf(look, now)).kind !== 'offered') return undefined;
  return { ...look.panel, refine: { at: isoTime(now) } };
}

/** Starts the workflow that holds the answering session. Where it could not be started the panel says why, and shows the box again. */
export async function startAnswering(session: string, place: PanelPlace & { workflow: string }): Promise<void> {
  const { github, remote, workflow, gate } = place;
  const request: JobRequest = { version: 1, kind: 'answer-session', session };
  const note = (told: Pick<NonNullable<PanelRecord['refine']>, 'run' | 'unsent'>) =>
    remember(session, place, (panel) => (panel.refine ? { ...panel, refine: { ...panel.refine, ...told } } : panel));
  try {
    const start = { branch: remote.defaultBranch, request: renderRequest(request) };
    const started = await github.workflows.dispatch(workflow, start);
    if ('missing' in started) await note({ unsent: gate.plain(`${workflow}: ${started.missing}`) });
    else if (started.run !== undefined) await note({ run: `${remote.url}/actions/runs/${started.run}` });
  } catch (error) {
    await note({ unsent: 'GitHub could not be reached.' });
    throw error;
  }
}
