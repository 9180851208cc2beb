import type { CheckOutcome } from '../checks/check.ts';
import type { Finding } from '../findings/finding.ts';
import type { Verdict } from '../findings/verdict.ts';
import type { Discovery } from './discovery.ts';
import { silentCheck } from './settle-unseen.ts';

/** What running a check again says about one of its findings; `seen`: ids of those that it reported now. */
export function verdictOfCheck(
  finding: Finding,
  {
    checks,
    determined,
    seen,
  }: { checks: readonly CheckOutcome[]; seen: ReadonlySet<string> } & Pick<Discovery, 'determined'>,
): Verdict {
  const { name, rule } = finding.origin;
  const verdict = (outcome: Verdict['verdict'], proof: string): Verdict => ({
    finding: finding.id,
    verdict: outcome,
    by: 'check',
    proof,
    evidence: [],
  });
  if (seen.has(finding.id))
    return verdict('present', `The check ${name} still reports ${rule ?? 'it'}${placeOf(finding)}.`);
  const silent = silentCheck(finding, { determined });
  if (silent) return silent;
  return verdict(
    'inconclusive',
    whyUnknown(
      finding,
      checks.find(({ check }) => check === name),
    ),
  );
}

function whyUnknown({ origin }: Finding, outcome: CheckOutcome | undefined): string {
  if (!outcome) return `The check ${origin.name} is not among those that run here.`;
  if ('reason' in outcome) return `The check ${origin.name} could not tell: ${outcome.reason}`;
  return `The check ${origin.name} reports so much that findings of ${origin.rule ?? 'it'} were held back.`;
}

function placeOf({ location }: Finding): string {
  return location ? ` in ${location.path}` : '';
}
