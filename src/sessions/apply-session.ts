import { atSameCommit, newFinding } from '../findings/apply-finding.ts';
import { countOnCanonicals } from '../findings/count-duplicates.ts';
import type { Finding, RaisedFinding } from '../findings/finding.ts';
import { identifyFindings } from '../findings/identify-findings.ts';
import { type IgnoreRule, matchIgnoreRule } from '../findings/ignore-rules.ts';
import { investigateFinding } from '../findings/investigate-finding.ts';
import { isOpen } from '../findings/judge-verdicts.ts';
import { sightFinding } from '../findings/sight-finding.ts';
import { presentIn } from '../findings/verdict.ts';
import type { Discovery } from './discovery.ts';
import { judgeSeen, judgeUnseen, settleMerged } from './settle-repaired.ts';
import { settleSeen, settleUnseen } from './settle-unseen.ts';

/** The findings after a session, and which of them it touched. */
export type AppliedSession = {
  findings: readonly Finding[];
  /** Ids by what the session did to them. */
  fresh: readonly string[];
  seen: readonly string[];
  resolved: readonly string[];
  reopened: readonly string[];
  ignored: readonly string[];
  /** What agents called their findings, by scan: their ids. */
  named: readonly { scan: string; ref: string; id: string }[];
};

/**
 * What the ledger's findings are after a session; pure, so that it can be applied again to a ledger that moved on.
 * A finding is resolved only on proof: by the check that raised it, or by somebody who looked for it on purpose. Silence proves nothing.
 *
 * @param repaired ids of findings whose merged repair is in the commit that was looked at.
 * @param visible whether a finding counts as open as soon as it is recorded (no GitHub issue stands between).
 */
export function applySession(
  recorded: readonly Finding[],
  discovery: Discovery,
  {
    ignore,
    at,
    visible,
    repaired = new Set(),
  }: { ignore: readonly IgnoreRule[]; at: string; visible: boolean; repaired?: ReadonlySet<string> },
): AppliedSession {
  const { session } = discovery;
  const known = recorded.map((finding) => endRule(finding, ignore, at));
  const stamp = { session: session.id, at, ...(session.commit ? { commit: session.commit } : {}) };
  const { matched, fresh, possibly } = identifyFindings(discovery.raised, known, {
    ...discovery,
    present: presentIn(discovery.verdicts),
  });
  const undecided = Map.groupBy(possibly, ({ raised }) => raised);
  const after = new Map(known.map((finding) => [finding.id, finding]));
  const reopened: string[] = [];
  for (const { finding, raised } of matched) {
    // On a person's own machine there may be changes that are in no commit.
    const told = visible ? raised : atSameCommit(finding, raised, stamp.commit);
    const next = sightFinding(finding, told, stamp, session.startedAt);
    if (finding.state === 'resolved' && next.state !== 'resolved') reopened.push(finding.id);
    after.set(finding.id, next);
  }
  const sighted = matched.map(({ finding }) => finding);
  const duplicated = countOnCanonicals(sighted, after, stamp);
  const created = fresh.map((raised) => ({
    ...newFinding(raised, stamp),
    ...raisedBy(raised, session),
    possiblySame: (undecided.get(raised) ?? []).map(({ finding }) => finding.id),
  }));
  for (const finding of created) after.set(finding.id, finding);
  const named = [
    ...matched.map(({ finding, raised }) => nameOf(raised, finding.id)),
    ...fresh.map((raised, index) => nameOf(raised, created[index]?.id)),
  ];
  const seen = new Set([...sighted.map(({ id }) => id), ...duplicated, ...created.map(({ id }) => id)]);
  const looked = { discovery, stamp, repaired };
  const [settleSighted, settleOpen, settleOther] = [
    settleSeen(discovery, stamp),
    settleUnseen(discovery, stamp),
    settleMerged(looked),
  ];
  const investigated = new Set(discovery.investigated);
  const cited = { session: session.id, at, by: session.actor };
  const findings = [...after.values()]
    .map((finding) =>
      seen.has(finding.id)
        ? judgeSeen(settleState(settleSighted(finding), { ignore, at, visible }), looked)
        : judgeUnseen(isOpen(finding) ? settleOpen(finding) : settleOther(finding), looked),
    )
    .map((finding) => (investigated.has(finding.id) ? investigateFinding(finding, cited) : finding));
  const before = new Map(known.map(({ id, state }) => [id, state]));
  const back = findings.filter((finding) => before.get(finding.id) === 'resolved' && isOpen(finding));
  const resolved = findings.filter(({ id, state }) => state === 'resolved' && before.get(id) !== 'resolved');
  return {
    findings: findings.sort((a, b) => (a.id < b.id ? -1 : 1)),
    fresh: created.map(({ id }) => id),
    seen: [...seen],
    resolved: resolved.map(({ id }) => id),
    reopened: [...new Set([...reopened, ...back.map(({ id }) => id)])],
    ignored: [...seen].filter((id) => findings.some((finding) => finding.id === id && finding.state === 'ignored')),
    named: named.flat(),
  };
}

/** By which agent, so that how well it does can be told when people judged the finding. */
function raisedBy({ origin }: RaisedFinding, { agents }: Discovery['session']): Pick<Finding, 'raisedBy'> {
  const agent = origin.kind === 'agent' ? agents.find(({ scan }) => scan === origin.name) : undefined;
  return agent ? { raisedBy: { tool: agent.tool, model: agent.model } } : {};
}

function nameOf({ origin, ref }: RaisedFinding, id: string | undefined): AppliedSession['named'] {
  return origin.kind === 'agent' && ref !== undefined && id !== undefined ? [{ scan: origin.name, ref, id }] : [];
}

function settleState(
  finding: Finding,
  { ignore, at, visible }: { ignore: readonly IgnoreRule[]; at: string; visible: boolean },
): Finding {
  if (finding.ignored || matchIgnoreRule(finding, ignore, at)) return { ...finding, state: 'ignored' };
  const state = finding.state === 'ignored' ? openOrDetected(finding) : finding.state;
  return { ...finding, state: visible && state === 'detected' ? 'open' : state };
}

function openOrDetected(finding: Finding): 'open' | 'detected' {
  return finding.issue ? 'open' : 'detected';
}

/**
 * What only a rule of the configuration silenced, and none does any more, stands as it did before, also where nobody sees it again. Of one
 * whose details are withheld nobody can tell before it is seen.
 */
function endRule(finding: Finding, ignore: readonly IgnoreRule[], at: string): Finding {
  const isSilencedByRule = finding.state === 'ignored' && !finding.ignored && finding.description !== '';
  if (!isSilencedByRule || matchIgnoreRule(finding, ignore, at)) return finding;
  return { ...finding, state: finding.resolution ? 'resolved' : openOrDetected(finding) };
}
