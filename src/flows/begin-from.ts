import type { Investigation } from '../investigations/investigation.ts';
import { UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { again } from '../sessions/may-resume.ts';
import { cloneOf, followUpOf } from '../sessions/origin.ts';
import { isEnded } from '../sessions/phases.ts';
import { toOverrides } from '../sessions/resumed-session.ts';
import type { Session } from '../sessions/session.ts';
import { ask } from './ask.ts';
import { findSession } from './find-session.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import type { ScanRequest } from './prepare-scan.ts';
import { scan } from './scan.ts';

export type BeginFromRequest = ScanRequest & {
  /** Id, the beginning of one, or `latest`. */
  session: string;
} & ({ how: 'clone' } | { how: 'follow-up'; text: string });

/** A new session from an earlier one: the same again, or one that builds on it. */
export async function beginFrom(request: BeginFromRequest, ports: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const { session, ledger } = await findSession(request.session, request, ports);
  if (session.investigation) return askAgain(session, session.investigation, request, ports);
  if (session.kind === 'answer')
    throw new UserError(`Session ${session.id} answered questions and is not begun from. ${again(session)}`);
  if (session.issueRun)
    throw new UserError(
      `Session ${session.id} was a run of #${session.issueRun.issue} and is not begun from: write /courier run or /courier retry there.`,
    );
  const origin = request.how === 'clone' ? cloneOf(session) : followUpOf(session, request.text, ledger.findings);
  if (request.how === 'follow-up' && !isEnded(session.phase))
    throw new UserError(
      `Session ${session.id} has not ended (${session.phase}): resume it (courier resume ${session.id}) or tell it (courier tell ${session.id} TEXT).`,
    );
  const [first] = origin.scans;
  const overrides = {
    ...toOverrides(session, request.overrides),
    ...(first ? { prompt: first.prompt, agent: undefined } : {}),
  };
  return scan({ ...request, overrides, origin }, ports);
}

/** The same question once more, or another one that goes on from its answer. */
function askAgain(
  { id }: Session,
  { question }: Investigation,
  request: BeginFromRequest,
  ports: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  if (request.how === 'clone') return ask({ ...request, question }, ports);
  return ask({ ...request, question: request.text, follows: id }, ports);
}
