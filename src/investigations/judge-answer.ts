import { count } from '../lib/text.ts';
import type { AgentRecord, SessionResult } from '../sessions/session.ts';
import type { Investigation } from './investigation.ts';

type Judged = { result: Exclude<SessionResult, 'skipped'>; reasons: readonly string[] };

/**
 * The result of an investigation: `complete` only where the agent ended as it meant to, with an answer that rests on something. Without an
 * answer it has failed, whatever else it did.
 */
export function judgeAnswer(agent: AgentRecord | undefined, answer: Investigation['answer']): Judged {
  const why = agent ? whyCut(agent) : 'The agent did not run.';
  if (!answer)
    return { result: 'failed', reasons: [`There is no answer. ${why ?? 'The agent finished without one.'}`] };
  const unproven = whyUnproven(answer);
  const reasons = [why, unproven].filter((reason) => reason !== undefined);
  return { result: reasons.length > 0 ? 'partial' : 'complete', reasons };
}

function whyCut({ ending, reason }: AgentRecord): string | undefined {
  const because = reason ? `: ${reason.replace(/\.$/, '')}` : '';
  switch (ending) {
    case 'finished':
      return undefined;
    case 'limited':
      return `The agent reached its limit${because}; it had not looked at all that it wanted to.`;
    case 'unfinished':
      return `The agent ended without finishing${because}.`;
    case 'refused':
      return `The model refused${because}.`;
    case 'parked':
    case 'stopped':
    case 'aborted':
      return `It was stopped before its end${because}.`;
    case 'failed':
      return `The agent failed${because}.`;
  }
}

function whyUnproven({ citations }: NonNullable<Investigation['answer']>): string | undefined {
  if (citations.length === 0) return 'The answer cites nothing that could be checked.';
  const dropped = citations.filter(({ kind }) => kind === 'dropped').length;
  if (dropped === 0) return undefined;
  return `${count(dropped, 'citation')} of ${citations.length} did not hold.`;
}
