import { oneLine, truncate } from '../lib/text.ts';
import type { Finding, Reproduce } from './finding.ts';
import type { RunVerdict } from './judge-run.ts';
import { isToProve } from './repair.ts';
import { describeRuns, isUnanimous, judgeRuns, ofRuns } from './reproduction.ts';
import type { Verdict } from './verdict.ts';

/** A known finding that may be checked again, and what is known of its place in the scanned files. */
export type RecheckCandidate = {
  finding: Finding;
  /** Whether the code that it quotes still stands; `unknown` where it quotes none. */
  code: 'stands' | 'changed' | 'unknown';
};

export type Recheckable = Finding & { reproduce: Reproduce };

/** What was scanned. A tree that differs from its commit is a tree of its own. */
export type Scanned = { commit: string | undefined; dirty: boolean; all?: boolean };

/**
 * Which findings of agents are checked again in a scan that did not see them: those whose code changed or is gone, those that a complete scan
 * has missed, and those for which a run's pull request was merged. Code that stands as it did, without a command, needs nothing. The one whose
 * last check is oldest comes first.
 * @param scanned.all somebody asked for it: whatever has a command is due, also where nothing changed since the last time.
 * @returns `run`: their commands decide. `lost`: changed code without a command; told once, as nobody but an agent or a person can tell.
 */
export function planRecheck(
  candidates: readonly RecheckCandidate[],
  scanned: Scanned,
): { run: Recheckable[]; lost: Finding[] } {
  const due = candidates.filter(
    ({ finding, code }) => scanned.all || code === 'changed' || finding.missed > 0 || isToProve(finding),
  );
  const run = due
    .map(({ finding }) => finding)
    .filter(hasCommand)
    .filter(
      (finding) =>
        scanned.all ||
        (!isSameTree(controlCommit(finding), scanned) && !isSameTree(finding.lastCheck?.commit, scanned)),
    )
    .toSorted(byLastCheck);
  const lost = due
    .filter(({ finding, code }) => code === 'changed' && !hasCommand(finding) && !wasTold(finding))
    .map(({ finding }) => finding);
  return { run, lost };
}

export function hasCommand(finding: Finding): finding is Recheckable {
  return finding.reproduce !== undefined;
}

function isSameTree(commit: string | undefined, { commit: now, dirty }: Scanned): boolean {
  return commit !== undefined && commit === now && !dirty;
}

function wasTold({ lastCheck, lastSeen }: Finding): boolean {
  return lastCheck !== undefined && lastCheck.at > lastSeen.at;
}

function byLastCheck(a: Finding, b: Finding): number {
  const [before, after] = [a.lastCheck?.at ?? '', b.lastCheck?.at ?? ''];
  if (before !== after) return before < after ? -1 : 1;
  return a.severity - b.severity || (a.id < b.id ? -1 : 1);
}

/** The commit at which it was last shown present: there its command has to show it still. */
export function controlCommit({ lastSeen, lastCheck }: Finding): string | undefined {
  const shown = lastCheck?.verdict === 'present' && lastCheck.by !== 'anchor' && lastCheck.at > lastSeen.at;
  return (shown ? lastCheck?.commit : undefined) ?? lastSeen.commit;
}

/** What running the command came to, on the scanned tree and, where that was silent, on the recorded commit. */
export type RecheckRuns = {
  now: readonly RunVerdict[];
  /** `missing` says why there were no such runs. */
  control: readonly RunVerdict[] | { missing: string };
};

/**
 * What became of a known finding, by its own command. It is gone only where the command shows it three times of three at the recorded commit,
 * so that it works here and now, and not once in three at the scanned one. Whatever else happened leaves it open.
 */
export function decideRecheck(finding: Recheckable, { now, control }: RecheckRuns, scanned: Scanned): Verdict {
  const verdict = (outcome: Verdict['verdict'], proof: string): Verdict => ({
    finding: finding.id,
    verdict: outcome,
    by: 'reproduce',
    proof,
    evidence: [],
  });
  const command = `The command \`${truncate(oneLine(finding.reproduce.command), 300).replaceAll('`', "'")}\``;
  const here = `at ${treeText(scanned)}`;
  const heard = judgeRuns(now);
  if (heard === 'unknown')
    return verdict('inconclusive', `${command} could not be judged ${here}: ${describeRuns(now)}.`);
  if (heard === 'flaky')
    return verdict('inconclusive', `${command} shows the problem only sometimes ${here} (${describeRuns(now)}).`);
  if (heard === 'shows')
    return verdict('present', `${command} still shows the problem ${here} (${ofRuns(now)}, ${describeRuns(now)}).`);
  const silent = `${command} does not show the problem ${here} (${ofRuns(now)}, ${describeRuns(now)})`;
  if ('missing' in control)
    return verdict('inconclusive', `${silent}, but nobody can tell whether it still works: ${control.missing}`);
  const there = `at ${shortCommit(controlCommit(finding))}, where it was last seen`;
  if (!isUnanimous(now, 'silent') || !isUnanimous(control, 'shows'))
    return verdict('inconclusive', `${silent}, but it proves nothing: ${there}, ${controlText(control)}.`);
  return verdict(
    'gone',
    `${command} shows the problem ${there} (${ofRuns(control)}, ${describeRuns(control)}), and no longer ${here} (${ofRuns(now)}, ${describeRuns(now)}).`,
  );
}

function controlText(control: readonly RunVerdict[]): string {
  const heard = judgeRuns(control);
  if (heard === 'unknown') return `it could not be judged: ${describeRuns(control)}`;
  if (heard === 'flaky') return 'it shows it only sometimes';
  return heard === 'silent' ? `it does not show it either (${describeRuns(control)})` : 'it was run too few times';
}

function treeText({ commit, dirty }: Scanned): string {
  if (commit === undefined) return 'the scanned files';
  return `${shortCommit(commit)}${dirty ? ' with uncommitted changes' : ''}`;
}

function shortCommit(commit: string | undefined): string {
  return commit === undefined ? 'a commit that is not recorded' : commit.slice(0, 7);
}

/** The verdict on changed code that no command can follow. */
export function lostCode(finding: Finding): Verdict {
  const where = finding.location ? ` in ${finding.location.path}` : '';
  const proof = `The code that it quotes no longer stands${where}, and it has no command that could show whether the problem is gone.`;
  return { finding: finding.id, verdict: 'inconclusive', by: 'anchor', proof, evidence: [] };
}

/** The answer for a finding that nothing but an agent, or a person, can check. */
export function needsAgent(finding: Finding): Verdict {
  const why = finding.description === '' ? 'its details are withheld here' : 'it has no command that shows the problem';
  return { finding: finding.id, verdict: 'inconclusive', by: 'anchor', proof: `Needs an agent: ${why}.`, evidence: [] };
}
