import type { UsedPoint } from '../ledger/runs-record.ts';
import { isoTime } from '../lib/clock.ts';
import { ExternalError, messageOf } from '../lib/errors.ts';
import { toldPoints } from '../memory/told-points.ts';
import type { Gate } from '../publishing/gate.ts';
import { kindOfChange, type RunEnding, refusedRun, unchangedRun } from '../runs/end-run.ts';
import { usedPoints } from '../runs/late-words.ts';
import type { RunReport } from '../runs/render-pull-request.ts';
import type { PushedRun } from '../runs/run-work.ts';
import { endRunSession } from '../sessions/end-run.ts';
import { type IssueRun, scoresText } from '../sessions/issue-run.ts';
import { numberQuestions } from '../sessions/number-questions.ts';
import type { Session } from '../sessions/session.ts';
import { sumCost } from '../sessions/usage.ts';
import { parkClaim, releaseRun } from './claim-run.ts';
import type { Ports } from './ports.ts';
import type { OrderedRun } from './read-run.ts';
import { removeEmptyBranch } from './remove-empty-branch.ts';
import type { RunRequest } from './run-request.ts';
import type { RunPlace } from './run-state.ts';
import { toRecordedSteps, type Walked } from './walk-run.ts';

type Finishing = { walked: Walked; place: RunPlace; session: Session; order: OrderedRun; request: RunRequest };

type Ended = RunEnding & Pick<IssueRun, 'commit' | 'held' | 'pullRequest'>;

/** What came of a run: its work is pushed where there is any, the issue is given back, and the session has its end. */
export async function finishRun(
  given: Finishing,
  ports: Pick<Ports, 'clock' | 'log'> & { gate: Gate },
): Promise<Session> {
  const { walked, place, session, order } = given;
  const ended = await endingOf(given);
  const { outcome, commit, held, pullRequest } = ended;
  const why = ended.why === undefined ? undefined : ports.gate.plain(ended.why);
  const at = ports.clock.now();
  if (outcome === 'no-change' || outcome === 'refused') await clearBranch(given, ports);
  await letGo({ issue: order.issue.number, session: session.id, outcome, why, commit }, { ...given, at });
  const { state, walk, ending } = walked;
  const { remarks, ...scores } = state.score ?? {};
  return endRunSession(session, {
    run: {
      outcome,
      steps: toRecordedSteps(place.blueprint, walk),
      ...(why === undefined ? {} : { why }),
      ...(commit === undefined ? {} : { commit }),
      ...(held ? { held } : {}),
      ...(pullRequest ? { pullRequest } : {}),
      ...(state.score ? { scores, remarks } : {}),
    },
    parts: state.parts,
    notes: [...order.notes, ...state.notes],
    limit: ending.ending === 'failed' ? ending.limit : undefined,
    aborted: place.signal.aborted,
    at,
  });
}

/** While the issue is held: the next run would find its branch gone. */
function clearBranch(
  { place: { settings }, session, order, request: { github, remote } }: Finishing,
  ports: Pick<Ports, 'clock' | 'log'> & { gate: Gate },
): Promise<void> {
  const store = github.ledger(settings.ledgerBranch);
  return removeEmptyBranch(order.issue.number, session.id, { ...ports, github, store, remote });
}

/** Gives the issue back; of a run that waits only when nobody has answered for as long as a session is kept. */
async function letGo(
  end: Parameters<typeof releaseRun>[0],
  { place: { settings }, request: { github, remote }, at }: Finishing & { at: number },
): Promise<void> {
  const desk = { store: github.ledger(settings.ledgerBranch), repositoryId: remote.id };
  if (end.outcome !== 'parked') return releaseRun(end, desk);
  const until = settings.inactivityMs === 0 ? forEver : isoTime(at + settings.inactivityMs);
  const { issue, session } = end;
  return parkClaim({ issue, session, until }, desk);
}

const forEver = '9999-12-31T00:00:00Z';

async function endingOf(at: Finishing): Promise<Ended> {
  const { ending, state } = at.walked;
  switch (ending.ending) {
    case 'refused':
      return refusedRun(ending.refusals);
    case 'parked':
      return { outcome: 'parked' };
    case 'stopped':
      return { outcome: 'stopped', why: ending.why };
    case 'failed':
      return { outcome: 'failed', why: ending.why };
    case 'done': {
      const { work, plan } = state;
      const unchanged = unchangedRun({ unchanged: work?.unchanged, summary: work?.summary, plan: plan?.text });
      return push(at, unchanged);
    }
  }
}

/** @param unchanged what came of it where there is nothing to push. */
async function push(at: Finishing, unchanged: Ended): Promise<Ended> {
  const { walked, session, order, request } = at;
  const { issue, runs } = order;
  let pushed: PushedRun;
  try {
    pushed = await request.push({
      issue: { number: issue.number, title: issue.title },
      session: session.id,
      by: request.comment.author ?? '',
      branch: runs.branch,
      base: runs.base,
      head: session.issueRun?.head ?? '',
      changes: walked.state.changes,
      report: toReport(at),
      used: restsOn(at),
      wish: order.text,
      kind: kindOfChange(order.name, issue.labels),
    });
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    return {
      outcome: 'failed',
      why: `The work could not be pushed: ${messageOf(error)}${error.hint ? ` ${error.hint}` : ''}`,
    };
  }
  if ('nothing' in pushed) return unchanged;
  if ('refused' in pushed) return { outcome: 'failed', why: pushed.refused };
  const { notes, pushed: there } = pushed;
  // What follows from how it was pushed is told to whoever asked for it.
  return { outcome: 'pushed', ...(notes.length === 0 ? {} : { why: notes.join(' ') }), ...there };
}

function numbered({ walked: { state }, session }: Finishing) {
  return numberQuestions(
    state.parts.map(({ record, questions, assumptions }) => ({ scan: record.scan, questions, assumptions })),
    session,
  );
}

/** What people may say something to later that goes against it. */
function restsOn(at: Finishing): UsedPoint[] {
  const { memory } = at.place.memory;
  const told = at.walked.state.parts.flatMap(({ record }) => record.settled ?? []);
  const open = toldPoints(told, memory, at.place.finding?.id).map(({ id }) => id);
  return usedPoints({ session: at.session.id, ...numbered(at) }, open, memory);
}

function toReport(at: Finishing): RunReport {
  const { place, session, order } = at;
  const { state } = at.walked;
  const { work, judgement, score, verified, parts } = state;
  const { remarks: _, ...given } = score ?? {};
  const scores = scoresText(given);
  const assumed = numbered(at);
  const told = parts.flatMap(({ record }) => record.settled ?? []);
  return {
    issue: order.issue.number,
    session: session.id,
    summary: work?.summary ?? '',
    leftOut: work?.leftOut ?? [],
    verified,
    assumptions: assumed.assumptions.map(({ id, text }) => ({ id, text })),
    settled: toldPoints(told, place.memory.memory, place.finding?.id),
    ...(judgement?.remarks === undefined ? {} : { judge: judgement.remarks }),
    ...(scores === undefined ? {} : { scores }),
    blueprint: order.name,
    model: parts.at(-1)?.record.model ?? place.settings.agent.model,
    costUsd: sumCost(parts.map(({ costUsd }) => costUsd)),
  };
}
