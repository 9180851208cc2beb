import type { AgentEvent } from '../agents/agent.ts';
import { askJudge } from '../agents/ask-judge.ts';
import type { JudgeAnswer } from '../agents/judge-prompt.ts';
import type { Finding, RaisedFinding } from '../findings/finding.ts';
import type { IdentityContext } from '../findings/identify-findings.ts';
import { type PairToJudge, pairsToJudge } from '../findings/pairs-to-judge.ts';
import { count } from '../lib/text.ts';
import type { Discovery } from '../sessions/discovery.ts';
import type { ScanSettings } from '../sessions/settings.ts';
import type { Ports } from './ports.ts';
import type { JudgedIdentities } from './witness.ts';

export type JudgeRequest = {
  raised: readonly RaisedFinding[];
  known: readonly Finding[];
  identity: IdentityContext;
  settings: ScanSettings;
  /** What the session's agents cost so far; absent where a price is not known. */
  spentUsd: number | undefined;
  leftMs: number;
  signal: AbortSignal;
  onEvent: (event: AgentEvent) => void;
};

const nothing: JudgedIdentities = { judged: [], notes: [], spent: [] };

// One answer of a few hundred words.
const longestMs = 300_000;

/**
 * Has a judge decide, in one call, which of today's findings are known ones where places and words leave it open. What it is not sure of
 * stays open, as does everything where it cannot be asked: then two findings stay two.
 */
export async function judgeIdentities(
  request: JudgeRequest,
  { model, progress }: Pick<Ports, 'model' | 'progress'>,
): Promise<JudgedIdentities> {
  const { settings, spentUsd, leftMs, signal, onEvent } = request;
  const isAsked = settings.judge && settings.scans.length > 0 && !signal.aborted;
  if (!model || !isAsked) return nothing;
  const pairs = pairsToJudge(request.raised, request.known, request.identity);
  if (pairs.length === 0) return nothing;
  progress({ step: `judge: ${count(pairs.length, 'pair')} of findings` });
  const result = await askJudge(pairs, {
    model,
    settings: settings.agent,
    leftUsd: spentUsd === undefined ? undefined : settings.agent.budgetUsd - spentUsd,
    signal: AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, Math.min(longestMs, leftMs)))]),
    onEvent,
  });
  const spent = [{ usage: result.usage, costUsd: result.costUsd }];
  if ('answers' in result) return { judged: toJudged(pairs, result.answers), notes: [], spent };
  const note = `No judge decided about ${count(pairs.length, 'pair')} of findings that may be the same (${result.without}): they stay separate.`;
  return { judged: [], notes: [note], spent };
}

/** Each finding is the same as one other at most: the likeliest, as the pairs come in that order. The rest of what is said to be one stays open. */
function toJudged(pairs: readonly PairToJudge[], answers: readonly JudgeAnswer[]): Discovery['judged'] {
  const [ofRaised, ofKnown] = [new Set<string>(), new Set<string>()];
  return pairs.flatMap(({ raised: { fingerprint }, finding: { id } }, index): Discovery['judged'] => {
    const answer = answers[index];
    if (answer === 'different') return [{ fingerprint, finding: id, same: false }];
    if (answer !== 'same' || ofRaised.has(fingerprint) || ofKnown.has(id)) return [];
    ofRaised.add(fingerprint);
    ofKnown.add(id);
    return [{ fingerprint, finding: id, same: true }];
  });
}
