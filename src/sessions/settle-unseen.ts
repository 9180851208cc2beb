import { resolveFinding, type Sighting } from '../findings/apply-finding.ts';
import type { Finding } from '../findings/finding.ts';
import { createScope } from '../findings/in-scope.ts';
import { isOpen } from '../findings/judge-verdicts.ts';
import { isContested } from '../findings/sight-finding.ts';
import type { Verdict } from '../findings/verdict.ts';
import type { Discovery } from './discovery.ts';

/**
 * What a session means for a known finding that it did not see. Only proof closes one: its check ran to its end and is silent, or somebody
 * looked for this very finding and showed that it is gone. Being missed by a complete scan of its place is counted, and nothing more.
 */
export function settleUnseen(discovery: Discovery, stamp: Sighting): (finding: Finding) => Finding {
  const verdicts = verdictsByFinding(discovery.verdicts);
  const isMissed = createMissed(discovery);
  const settle = (finding: Finding) => {
    if (wasSeenMeanwhile(finding, discovery)) return finding;
    const proof = closingProof(finding, verdicts.get(finding.id), discovery);
    // A person said that it is there, in the face of a proof at this very commit.
    if (proof && !isContested(finding, stamp.commit)) return proven(finding, proof, stamp);
    const missed = isMissed(finding) ? { ...finding, missed: finding.missed + 1 } : finding;
    return withVerdict(missed, undecided(verdicts.get(finding.id), discovery), stamp);
  };
  return (finding) => (isOpen(finding) ? settle(finding) : finding);
}

function withVerdict(finding: Finding, verdict: Verdict | undefined, stamp: Sighting): Finding {
  if (!verdict) return finding;
  const looked = checked(finding, verdict, stamp);
  return verdict.verdict === 'present' ? { ...looked, missed: 0 } : looked;
}

/** Somebody else saw it while this session was looking: what this one says is older news. */
function wasSeenMeanwhile({ lastSeen }: Finding, { session }: Discovery): boolean {
  return lastSeen.session !== session.id && lastSeen.at > session.startedAt;
}

/** A finding that the session saw: that wins over every verdict, and one that contradicts it is on record. */
export function settleSeen(discovery: Discovery, stamp: Sighting): (finding: Finding) => Finding {
  const verdicts = verdictsByFinding(discovery.verdicts);
  return (finding) => {
    const seen = { ...finding, missed: 0 };
    const verdict = verdicts.get(finding.id);
    if (!verdict || verdict.verdict === 'inconclusive') return seen;
    if (verdict.verdict === 'present') return checked(seen, verdict, stamp);
    const proof = `It was seen in the same session, against this: ${verdict.proof}`;
    return checked(seen, { ...verdict, verdict: 'inconclusive', proof }, stamp);
  };
}

/** The proof that it is gone, if there is one, by its check or by somebody who looked for it. */
export function closingProof(
  finding: Finding,
  verdict: Verdict | undefined,
  discovery: Discovery,
): Verdict | undefined {
  return silentCheck(finding, discovery) ?? closing(verdict, discovery);
}

/**
 * The proof that closes it, if there is one. After a partial or failed session nothing is closed for want of a mention, and no agent's word
 * is taken. What a command or a check shows by running does not depend on what else the session reached.
 */
function closing(verdict: Verdict | undefined, discovery: Discovery): Verdict | undefined {
  if (verdict?.verdict !== 'gone') return undefined;
  const ran = verdict.by === 'reproduce' || verdict.by === 'check';
  return ran || discovery.session.result === 'complete' ? verdict : undefined;
}

/** A proof that closes nothing is on record as such, with the reason. */
function undecided(verdict: Verdict | undefined, { session }: Discovery): Verdict | undefined {
  if (verdict?.verdict !== 'gone') return verdict;
  const why = session.result === 'complete' ? 'A person says that it is there' : 'The session was not complete';
  return { ...verdict, verdict: 'inconclusive', proof: `${verdict.proof} ${why}, so it stays open.` };
}

// Where several looked for it, the one that saw it counts, and a proof counts more than a shrug.
const weight = { inconclusive: 0, gone: 1, present: 2 } as const;

export function verdictsByFinding(verdicts: readonly Verdict[]): ReadonlyMap<string, Verdict> {
  const strongest = new Map<string, Verdict>();
  for (const verdict of verdicts) {
    const before = strongest.get(verdict.finding);
    if (!before || weight[verdict.verdict] > weight[before.verdict] || isFirmer(verdict, before))
      strongest.set(verdict.finding, verdict);
  }
  return strongest;
}

function isFirmer(verdict: Verdict, before: Verdict): boolean {
  return verdict.verdict === before.verdict && verdict.by === 'reproduce' && before.by !== 'reproduce';
}

/**
 * A scan misses what it should have seen: what a scan of that name raised, in the paths that it covered now, to its end. Another scan looks
 * for other things, and its silence says nothing.
 */
function createMissed({ session, covered, renames }: Discovery): (finding: Finding) => boolean {
  if (session.result !== 'complete') return () => false;
  const scopes = covered.map(({ scan, paths }) => ({ scan, contains: createScope(paths, renames) }));
  return (finding) =>
    finding.origin.kind === 'agent' &&
    scopes.some(({ scan, contains }) => scan === finding.origin.name && contains(finding));
}

/** The proof that a check gives by running to its end without a word about the finding, and not because of its noise cap. */
export function silentCheck(
  { id, origin, location }: Finding,
  { determined }: Pick<Discovery, 'determined'>,
): Verdict | undefined {
  if (origin.kind !== 'check') return undefined;
  const check = determined.find((one) => one.check === origin.name);
  if (!check || check.heldRules.includes(origin.rule ?? '')) return undefined;
  const rule = origin.rule ? ` no longer reports ${origin.rule}` : ' passes';
  const where = location ? ` in ${location.path}` : '';
  const tool = check.version ? ` (version ${check.version})` : '';
  const proof = `The check ${check.check}${tool} ran to its end and${rule}${where}.`;
  return { finding: id, verdict: 'gone', by: 'check', proof, evidence: [] };
}

/** The finding with the proof that it is gone. */
export function proven(finding: Finding, verdict: Verdict, stamp: Sighting): Finding {
  const { at, commit } = stamp;
  const { proof, evidence } = verdict;
  const resolution = { at, ...(commit ? { commit } : {}), proof, ...(evidence.length > 0 ? { evidence } : {}) };
  return resolveFinding(checked(finding, verdict, stamp), resolution);
}

export function checked(finding: Finding, { verdict, by, proof }: Verdict, { session, at, commit }: Sighting): Finding {
  return { ...finding, lastCheck: { at, ...(commit ? { commit } : {}), session, verdict, by, proof } };
}
