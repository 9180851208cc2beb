import type { Finding } from '../findings/finding.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import type { GitHub } from './github-ports.ts';
import { createIssueLook, type LookGitHub } from './look-at-issues.ts';
import type { Ports } from './ports.ts';
import { identityOf } from './record-session.ts';

export type ObservePorts = {
  github: Pick<GitHub, 'repository' | 'ledger'> & LookGitHub;
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
export function observeIssue(issue: number, ports: ObservePorts): Promise<boolean> {
  const isOf = ({ issue: link }: Finding) => link?.number === issue;
  return observe(isOf, `issue #${issue}: what people did`, ports);
}

/**
 * The same for the issues of all findings, a hundred of them per request: for the start of the app and for a timer, as what was told of one
 * may have been lost.
 */
export function observeIssues(ports: ObservePorts): Promise<boolean> {
  return observe(({ issue }) => issue !== undefined, 'issues: what people did', ports);
}

async function observe(
  isMeant: (finding: Finding) => boolean,
  message: string,
  { github, clock, ledgerBranch }: ObservePorts,
): Promise<boolean> {
  const identity = identityOf(await github.repository());
  const store = github.ledger(ledgerBranch);
  const from = await store.read();
  // Most issues are none of ours, which takes no look at them.
  if (!(await readLedger(from, identity)).findings.some(isMeant)) return false;
  const look = createIssueLook(github, isoTime(clock.now()));
  const { written } = await updateLedger(
    store,
    message,
    async ({ findings }) => ({ findings: (await look.at(findings.filter(isMeant))).findings }),
    { ...identity, from },
  );
  return written;
}
