import type { Finding } from '../findings/finding.ts';
import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { isWithheld } from '../ledger/withhold.ts';
import { deriveLearnings } from '../memory/derive-learnings.ts';
import type { Learnings } from '../memory/learning.ts';
import { isSensitive } from '../sessions/audience.ts';
import { readAllRuns } from './find-run.ts';
import type { RemoteRepository } from './github-ports.ts';

type Learned = {
  ledger: Pick<Ledger, 'readMemory' | 'readLearnings' | 'listRuns' | 'readRuns'>;
  /** As they are after what people did to them. */
  findings: readonly Finding[];
  remote: Pick<RemoteRepository, 'visibility'> | undefined;
  /** ISO time. */
  at: string;
};

/** What people did by now comes to these learnings. What may not be told to everybody who can read the ledger comes to none. */
export async function learnedFrom({
  ledger,
  findings,
  remote,
  at,
}: Learned): Promise<Pick<LedgerChanges, 'learnings'> & { learned: Learnings }> {
  const [before, { assumptions }, runs] = await Promise.all([
    ledger.readLearnings(),
    ledger.readMemory(),
    readAllRuns(ledger),
  ]);
  const told = findings.filter((finding) => !isSensitive(finding, remote?.visibility) && !isWithheld(finding));
  const learnings = deriveLearnings(before, { findings: told, assumptions, runs, at });
  return { learned: learnings, ...(learnings === before ? {} : { learnings }) };
}
