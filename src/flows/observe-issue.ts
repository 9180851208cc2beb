import type { Finding } from '../findings/finding.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import type { GitHub } from './github-ports.ts';
import { createIssueLook } from './look-at-issues.ts';
import type { Ports } from './ports.ts';
import { identityOf } from './record-session.ts';

export type ObservePorts = {
  github: Pick<GitHub, 'repository' | 'ledger' | 'issues' | 'self' | 'headAt' | 'isAhead'>;
  clock: Ports['clock'];
  /** Of the configuration. */
  ledgerBranch: string;
};

/**
 * What people did to an issue is in the ledger at once, where it is the issue of a finding: the same look that a scan takes, at the issue as it
 * is now. A late, doubled or lost event does no harm: looking twice changes nothing, and the next scan looks again.
 *
 * @returns whether anything was written; one commit at most.
 */
export async function observeIssue(issue: number, { github, clock, ledgerBranch }: ObservePorts): Promise<boolean> {
  const identity = identityOf(await github.repository());
  const store = github.ledger(ledgerBranch);
  const from = await store.read();
  // Most issues are none of ours, which takes no look at them.
  if (findingsOf(issue, (await readLedger(from, identity)).findings).length === 0) return false;
  const look = createIssueLook(github, isoTime(clock.now()));
  const { written } = await updateLedger(
    store,
    `issue #${issue}: what people did`,
    async ({ findings }) => ({ findings: (await look.at(findingsOf(issue, findings))).findings }),
    { ...identity, from },
  );
  return written;
}

function findingsOf(number: number, findings: readonly Finding[]): Finding[] {
  return findings.filter(({ issue }) => issue?.number === number);
}
