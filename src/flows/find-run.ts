import type { Ledger } from '../ledger/ledger.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';

/** The runs that made a pull request, as the ledger has it: its own text says nothing. */
export async function findRunOfPull(number: number, ledger: Ledger): Promise<IssueRuns | undefined> {
  const all = await readAllRuns(ledger);
  return all.find(({ pullRequest }) => pullRequest?.number === number);
}

/** Of all issues that had some and can be read. */
export async function readAllRuns(ledger: Pick<Ledger, 'listRuns' | 'readRuns'>): Promise<IssueRuns[]> {
  const all = await Promise.all(ledger.listRuns().map((issue) => ledger.readRuns(issue)));
  return all.flatMap((runs) => runs ?? []);
}
