import type { IssueRuns } from '../ledger/runs-record.ts';
import { nameBranch } from './branch-name.ts';

/** What a person asks of a run's branch. */
export type Wishes = { branch?: string | undefined; base?: string | undefined };

/** Where a run works: on the branch that the issue's runs have, or on one that is to be made of the base. */
export type Course = { branch: string; base: string; isKnown: boolean };

/**
 * One branch per issue: which it is, or why what a person wishes cannot be, in a sentence.
 * @param runs what the ledger holds of the issue's runs.
 */
export function chooseBranch(
  { number, title }: { number: number; title: string },
  { wishes, runs, defaultBranch }: { wishes: Wishes; runs: IssueRuns | undefined; defaultBranch: string },
): Course | { refused: string } {
  if (!isOwn(runs)) {
    const [branch, base] = [wishes.branch ?? nameBranch({ number, title }), wishes.base ?? defaultBranch];
    if (branch.toLowerCase() === base.toLowerCase())
      return { refused: `A run cannot work on ${base}, the branch that its pull request asks to merge into.` };
    return { branch, base, isKnown: false };
  }
  const { branch, base } = runs;
  const other = Object.entries({ branch, base }).find(([name, known]) => {
    const wished = name === 'base' ? wishes.base : wishes.branch;
    return wished !== undefined && wished !== known;
  });
  if (!other) return { branch, base, isKnown: true };
  return {
    refused: `The runs of #${number} work on ${branch}, from ${base}: an issue has one branch and one pull request, so leave out \`${other[0]}=\`.`,
  };
}

/** Whether the branch that a record names is Courier's, and not only one that it meant to make. */
export function isOwn(runs: IssueRuns | undefined): runs is IssueRuns {
  return runs !== undefined && (runs.made || runs.attempts.length > 0);
}
