import type { Trigger } from '../events/trigger.ts';
import type { Finding, RaisedFinding } from '../findings/finding.ts';
import { identifyFindings } from '../findings/identify-findings.ts';
import { isOpen } from '../findings/judge-verdicts.ts';
import { isToProve } from '../findings/repair.ts';
import { revealFindings } from '../ledger/withhold.ts';
import { withholdVerdict } from '../sessions/audience.ts';
import type { RemoteRepository } from './github-ports.ts';
import type { Ports } from './ports.ts';
import { type Rechecked, recheckUnseen } from './recheck-findings.ts';

type Request = Omit<Parameters<typeof recheckUnseen>[0], 'unseen'> & {
  trigger: Trigger;
  reconciles: { may: boolean };
  remote: RemoteRepository | undefined;
  known: readonly Finding[];
  raised: readonly RaisedFinding[];
  /** Where known findings were, and no file is any more. */
  gone: readonly string[];
  /** Opens what a public repository's ledger keeps sealed. */
  ledgerKey: string | undefined;
};

/** The re-check within a scan: of what this session did not see, where what it says may change anything. */
export async function recheckKnown(
  request: Request,
  ports: Parameters<typeof recheckUnseen>[1] & Pick<Ports, 'repository'>,
): Promise<Rechecked> {
  const { trigger, reconciles, raised, remote } = request;
  if (trigger.pullRequest || !reconciles.may || request.signal.aborted) return { verdicts: [], notes: [] };
  const known = revealFindings(request.known, request.ledgerKey);
  const seen = new Set(identifyFindings(raised, known, request).matched.map(({ finding }) => finding.id));
  const unseen = known.filter(
    (finding) => (isOpen(finding) || isToProve(finding)) && finding.origin.kind === 'agent' && !seen.has(finding.id),
  );
  const { verdicts, notes } = await recheckUnseen({ ...request, unseen }, ports);
  return { verdicts: verdicts.map((verdict) => withholdVerdict(verdict, known, remote?.visibility)), notes };
}
