import type { Finding } from '../findings/finding.ts';
import type { InboxRecord, Owed } from '../ledger/inbox-record.ts';
import type { Ledger } from '../ledger/ledger.ts';
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

/** `busy`: what a command brings with it is just being written there; worth a look again when that is over. */
export type Observed = boolean | 'busy';

/**
 * What people did to an issue is in the ledger at once, where it is the issue of a finding: the same look that a scan takes, at the issue as it
 * is now. A late, doubled or lost event does no harm: looking twice changes nothing, and the next scan looks again.
 *
 * @returns whether anything was written; one commit at most.
 */
export function observeIssue(issue: number, ports: ObservePorts): Promise<Observed> {
  return observe(
    {
      isMeant: ({ issue: link }) => link?.number === issue,
      inboxes: async (ledger) => [await ledger.readInbox(issue)],
      message: `issue #${issue}: what people did`,
    },
    ports,
  );
}

/**
 * The same for the issues of all findings, a hundred of them per request: for the start of the app and for a timer, as what was told of one
 * may have been lost.
 */
export function observeIssues(ports: ObservePorts): Promise<Observed> {
  return observe(
    {
      isMeant: ({ issue }) => issue !== undefined,
      inboxes: (ledger) => ledger.listInboxes(),
      message: 'issues: what people did',
    },
    ports,
  );
}

type Meant = {
  isMeant: (finding: Finding) => boolean;
  /** Those in which something may be on record that is still to be written to the issues. */
  inboxes: (ledger: Ledger) => Promise<readonly Pick<InboxRecord, 'owed'>[]>;
  message: string;
};

// Whoever writes looks once more; this only ends what would never end.
const mostLooks = 10;

/**
 * Until nothing is left to write: who reads the issue after this look, and before what it writes, finds that the ledger says what is, and leaves the
 * ledger to this one.
 */
async function observe(meant: Meant, ports: ObservePorts): Promise<Observed> {
  let observed: Observed = false;
  for (let looks = 0; looks < mostLooks; looks++) {
    const again = await lookOnce(meant, ports);
    if (again !== true) return again || observed;
    observed = true;
  }
  return observed;
}

async function lookOnce(
  { isMeant, inboxes, message }: Meant,
  { github, clock, ledgerBranch }: ObservePorts,
): Promise<Observed> {
  const identity = identityOf(await github.repository());
  const store = github.ledger(ledgerBranch);
  const from = await store.read();
  // Most issues are none of ours, which takes no look at them.
  if (!(await readLedger(from, identity)).findings.some(isMeant)) return false;
  const look = createIssueLook(github, isoTime(clock.now()));
  const { written, decided } = await updateLedger(
    store,
    message,
    async (ledger) => {
      // The ledger says already what a command asked for, and the issue does not yet: that would be taken for somebody's wish.
      const owed = new Set((await inboxes(ledger)).flatMap((inbox) => inbox.owed.map(issueOf)));
      const meant = ledger.findings.filter(isMeant);
      const seen = meant.filter(({ issue }) => !owed.has(issue?.number));
      return { findings: (await look.at(seen)).findings, isBusy: seen.length < meant.length };
    },
    { ...identity, from },
  );
  return decided.isBusy ? 'busy' : written;
}

function issueOf(owed: Owed): number | undefined {
  return owed.kind === 'labels' ? owed.issue : undefined;
}
