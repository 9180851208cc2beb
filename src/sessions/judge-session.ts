import { isWhole } from './agent-part.ts';
import { titleOfScan } from './answer-settings.ts';
import type { StopReason } from './phases.ts';
import type { AgentRecord, CheckRecord, SessionResult } from './session.ts';

/** How one part of a session counts, and the sentence that says why. */
type Verdict = { result: Exclude<SessionResult, 'skipped'>; reason?: string };

/** A check that ran, and whether the session depends on it: a preset that switched itself on and is not available does not. */
export type JudgedCheck = CheckRecord & { cause?: 'unavailable' | 'failed'; required: boolean };

/**
 * The result of a session: `complete` only when everything that should have looked did look. Never green on nothing.
 * An agent without a finding to show for its end is `failed`; one that was cut short but left some is `partial`.
 */
export function judgeSession(
  agents: readonly (AgentRecord & { salvaged: number })[],
  checks: readonly JudgedCheck[],
  rechecks?: true,
): { result: Exclude<SessionResult, 'skipped'>; reasons: string[]; stopReason: StopReason | undefined } {
  const verdicts = [...agents.map(judgeAgent), ...checks.map(judgeCheck)];
  const looked =
    rechecks || agents.length > 0 || checks.some((check) => check.state === 'clean' || check.state === 'findings');
  if (!looked) {
    const why = checks.some((check) => check.state === 'undetermined')
      ? 'No check could be run to its end'
      : 'No check applies to this repository';
    verdicts.push({ result: 'failed', reason: `${why} and no agent ran: nothing was looked at.` });
  }
  return {
    result: worst(verdicts),
    reasons: verdicts.flatMap(({ reason }) => (reason ? [reason] : [])),
    stopReason: agents.map(stopReasonOf).find((reason) => reason !== undefined),
  };
}

function worst(verdicts: readonly Verdict[]): Verdict['result'] {
  for (const result of ['failed', 'partial'] as const)
    if (verdicts.some((verdict) => verdict.result === result)) return result;
  return 'complete';
}

function judgeAgent(agent: AgentRecord & { salvaged: number }): Verdict {
  const about = titleOfScan(agent.scan);
  // Of several agents, what one did not look at leaves what the others did.
  const isCut = agent.salvaged > 0 || agent.parts?.some(isWhole);
  const cut = isCut ? 'partial' : 'failed';
  const why = agent.reason ? `: ${agent.reason.replace(/\.$/, '')}` : '';
  switch (agent.ending) {
    case 'finished':
      return judgeOutput(agent, about);
    case 'limited':
      return {
        result: 'partial',
        reason: `${about}: the agent reached its limit${why}; what it had not looked at by then is unknown.`,
      };
    case 'unfinished':
      return { result: cut, reason: `${about}: the agent ended without finishing${why}.` };
    case 'refused':
      return { result: cut, reason: `${about}: the model refused${why}.` };
    // It goes on: what it has not looked at yet is not lost.
    case 'parked':
      return { result: 'partial', reason: `${about}: the agent waits for an answer; it goes on when there is one.` };
    case 'stopped':
      return { result: 'partial', reason: `${about}: the session was stopped${why}; it can be resumed.` };
    case 'aborted':
      return { result: cut, reason: `${about}: the session was stopped before its end.` };
    case 'failed':
      return { result: cut, reason: `${about}: the agent failed${why}.` };
  }
}

function judgeOutput(agent: AgentRecord & { salvaged: number }, about: string): Verdict {
  if (agent.outcome === 'complete') return { result: 'complete' };
  if (agent.outcome === 'no-json')
    return { result: 'failed', reason: `${about}: the agent's output holds no list of findings.` };
  if (agent.parts && agent.reason) return { result: 'partial', reason: `${about}: ${agent.reason}.` };
  return { result: 'partial', reason: `${about}: the agent's output could be read only in part.` };
}

function judgeCheck(check: JudgedCheck): Verdict {
  if (check.state !== 'undetermined') return { result: 'complete' };
  const reason = `Check ${check.check} could not determine anything: ${check.reason ?? 'no reason given'}`;
  // Said in the report; not fatal, as nobody asked for it by name.
  if (check.cause === 'unavailable' && !check.required) return { result: 'complete' };
  return { result: 'partial', reason };
}

const stopReasonByEnding: Readonly<Record<string, StopReason>> = {
  refused: 'refusal',
  aborted: 'user',
  failed: 'error',
  unfinished: 'error',
};

function stopReasonOf(agent: AgentRecord): StopReason | undefined {
  return agent.stopReason ?? stopReasonByEnding[agent.ending];
}
