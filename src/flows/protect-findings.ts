import type { Finding } from '../findings/finding.ts';
import { withholdFinding } from '../ledger/withhold.ts';
import { isSensitive } from '../sessions/audience.ts';
import type { RemoteRepository } from './github-ports.ts';

/** Findings as the ledger may hold them where everybody can read it. */
export function protect(
  findings: readonly Finding[],
  { remote, ledgerKey }: { remote: RemoteRepository | undefined; ledgerKey: string | undefined },
): Finding[] {
  return findings.map((finding) => {
    if (!isSensitive(finding, remote?.visibility)) return finding;
    // Sealed anew from the details at hand; what was sealed before stays where there are none.
    const { sealed } = finding;
    const withheld = withholdFinding(finding, ledgerKey);
    return withheld.sealed === undefined && sealed !== undefined ? { ...withheld, sealed } : withheld;
  });
}
