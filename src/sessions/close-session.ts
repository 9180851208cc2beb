import { isoTime } from '../lib/clock.ts';
import type { Assumption, Question } from '../questions/question.ts';
import type { AgentRecord, Session } from './session.ts';

/** How a session ended whose process did not say so itself. */
export type Lost = {
  /** `lost`: found by another session. `killed`: found by the post step of its own job; `stopped` where somebody had asked for its end. */
  ending: 'lost' | 'killed' | 'stopped';
  /** A sentence. */
  why: string;
  scans: readonly { scan: string; iterations: number; salvaged: number }[];
  /** Numbered as those of the session. */
  questions: readonly Question[];
  assumptions: readonly Assumption[];
  rejected: Session['rejected'];
  /** What its agents hand over, where that is not findings. */
  of?: { one: string; many: string } | undefined;
  /** `undefined`: not known. */
  costUsd: number | undefined;
  at: number;
};

/** The record of a session that could not end itself: what is known of it, and no more than that. */
export function closeSession(session: Session, lost: Lost): Session {
  const { ending, why, scans, costUsd } = lost;
  const salvaged = scans.reduce((sum, scan) => sum + scan.salvaged, 0);
  const began = scans.length > 0;
  return {
    ...session,
    phase: phaseOf(ending, began),
    result: salvaged > 0 && ending !== 'lost' ? 'partial' : 'failed',
    stopReason: ending === 'stopped' ? 'user' : 'error',
    reasons: [why, ...session.reasons, toldBy(salvaged, lost.of)],
    endedAt: isoTime(lost.at),
    agents: [
      ...session.agents.filter((before) => !scans.some(({ scan }) => scan === before.scan)),
      ...scans.map((scan) => toRecord(session, scan, why)),
    ],
    currentIteration: scans.reduce((sum, { iterations }) => sum + iterations, 0),
    // Of a part before, which rested, people may have answered them.
    ...{
      questions: withKnown(session.questions, lost.questions),
      assumptions: withKnown(session.assumptions, lost.assumptions),
    },
    rejected: [...lost.rejected],
    ...(costUsd === undefined ? {} : { costUsd }),
  };
}

function withKnown<Asked extends { id: string }>(before: readonly Asked[], found: readonly Asked[]): Asked[] {
  return [...before.filter(({ id }) => !found.some((each) => each.id === id)), ...found];
}

function phaseOf(ending: Lost['ending'], began: boolean): Session['phase'] {
  if (ending === 'lost') return 'failed';
  return began ? 'killed' : 'cancelled';
}

function toldBy(salvaged: number, { one, many } = { one: 'finding', many: 'findings' }): string {
  if (salvaged === 0) return 'Nothing that its agent had reported could be reached.';
  return `${salvaged === 1 ? `One ${one}` : `${salvaged} ${many}`} that its agent had reported ${salvaged === 1 ? 'was' : 'were'} salvaged.`;
}

function toRecord(
  { configuration, model }: Session,
  { scan, iterations }: Lost['scans'][number],
  why: string,
): AgentRecord {
  const prompt = configuration?.scans.find(({ name }) => name === scan)?.prompt ?? '';
  return {
    scan,
    prompt,
    tool: configuration?.tool ?? 'none',
    model: model ?? '',
    ending: 'failed',
    outcome: 'incomplete',
    reason: why,
    currentIteration: iterations,
    maxIterations: configuration?.maxIterations ?? iterations,
    finalText: '',
  };
}
