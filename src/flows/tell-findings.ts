import type { Finding } from '../findings/finding.ts';
import type { IssueSnapshot } from '../findings/issue.ts';
import { issueDigest } from '../findings/issue-digest.ts';
import { planIssueUpdate } from '../findings/plan-issue-update.ts';
import type { SettledPoint } from '../findings/settled-points.ts';
import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { ConflictError, ExternalError, UserError } from '../lib/errors.ts';
import type { Memory } from '../memory/memory.ts';
import { settledPoints } from '../memory/settled-points.ts';
import type { SafeText } from '../publishing/safe-text.ts';
import { isSensitive } from '../sessions/audience.ts';
import { auditLine } from './audit-line.ts';
import type { RemoteRepository } from './github-ports.ts';
import type { PanelPlace } from './panel-place.ts';
import { identityOf } from './record-session.ts';

/** What findings hang on and people settled. What is about a finding of which nothing may be told is not told of others either. */
export function settledIn(
  memory: Memory,
  { sessionIssues, findings }: Pick<Ledger, 'sessionIssues' | 'findings'>,
  remote: Pick<RemoteRepository, 'visibility'> | undefined,
): (finding: string) => readonly SettledPoint[] {
  const hidden = new Set(findings.filter((finding) => isHidden(finding, remote)).map(({ id }) => id));
  const numbers = new Map(sessionIssues.map(({ session, number }) => [session, number]));
  return settledPoints(memory, { issueOf: (id) => numbers.get(id), isHidden: (id) => hidden.has(id) });
}

function isHidden(finding: Finding, remote: Pick<RemoteRepository, 'visibility'> | undefined): boolean {
  return isSensitive(finding, remote?.visibility) || (remote?.visibility === 'public' && finding.sealed !== undefined);
}

// Each is a write to GitHub; the next scan does the rest.
const mostAtOnce = 10;

type Told = { finding: Finding; issue: IssueSnapshot; digests: { before: string; after: string }; body: SafeText };

/**
 * The issues of findings that hang on what was settled say so at once. Nothing but the text of the managed block is written; what fails or has to
 * wait is done by the next scan, which compares.
 *
 * @param memory before and after it was settled.
 */
export async function tellFindings(memory: { before: Memory; after: Memory }, place: PanelPlace): Promise<void> {
  try {
    const told = await planTold(memory, place);
    for (const { issue, body } of told)
      if (body !== issue.body) await place.github.issues.update(issue.number, { body });
    if (told.length > 0) await remember(told, place);
  } catch (error) {
    if (!(error instanceof ExternalError || error instanceof UserError || error instanceof ConflictError)) throw error;
  }
}

async function planTold({ before, after }: { before: Memory; after: Memory }, place: PanelPlace): Promise<Told[]> {
  const { store, remote, github, gate } = place;
  const ledger = await readLedger(await store.read(), identityOf(remote));
  const [then, now] = [settledIn(before, ledger, remote), settledIn(after, ledger, remote)];
  const isTouched = (finding: Finding) =>
    (finding.state === 'open' || finding.state === 'investigated') &&
    !isHidden(finding, remote) &&
    issueDigest(finding, then(finding.id)) !== issueDigest(finding, now(finding.id));
  const touched = ledger.findings.filter((finding) => finding.issue && isTouched(finding)).slice(0, mostAtOnce);
  if (touched.length === 0) return [];
  const issues = await github.issues.read(touched.flatMap(({ issue }) => issue?.number ?? []));
  const serverUrl = remote.url.slice(0, -`/${remote.name}`.length);
  const numbers = new Map(
    ledger.findings.flatMap((one) => (one.issue && !isHidden(one, remote) ? [[one.id, one.issue.number]] : [])),
  );
  const issueOf = (id: string) => numbers.get(id);
  const context = { gate, serverUrl, repository: remote.name, commit: undefined, settledOf: now, issueOf };
  return touched.flatMap((finding): Told[] => {
    const issue = finding.issue && issues.get(finding.issue.number);
    if (!finding.issue || issue?.state !== 'open' || issue.locked) return [];
    const { body } = planIssueUpdate(finding, { issue, link: finding.issue }, context).update;
    const digests = { before: issueDigest(finding, then(finding.id)), after: issueDigest(finding, now(finding.id)) };
    return body === undefined ? [] : [{ finding, issue, digests, body }];
  });
}

/** What else is to be told about a finding is left to the scan that compares. */
async function remember(told: readonly Told[], { store, remote, clock, actor }: PanelPlace): Promise<void> {
  await updateLedger(
    store,
    'findings say what they hang on',
    ({ findings }): LedgerChanges => {
      const written = told.flatMap(({ finding, digests }) => {
        const now = findings.find(({ id }) => id === finding.id);
        const isWhole = now?.issue?.digest === digests.before;
        return now?.issue && isWhole ? [{ ...now, issue: { ...now.issue, digest: digests.after } }] : [];
      });
      const audit = told.map(({ issue }) =>
        auditLine({ action: 'update-issue', target: `#${issue.number}` }, { session: 'panel', actor }, clock),
      );
      return { findings: written, audit };
    },
    identityOf(remote),
  );
}
