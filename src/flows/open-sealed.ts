import type { Finding } from '../findings/finding.ts';
import { revealFinding } from '../ledger/withhold.ts';
import { UserError } from '../lib/errors.ts';

/** The finding with its details, where the key opens them. What another key sealed stays sealed: then there is nothing to run. */
export function openSealed(finding: Finding, key: string | undefined): Finding {
  if (key === undefined) return finding;
  try {
    return revealFinding(finding, key);
  } catch (error) {
    if (error instanceof UserError) return finding;
    throw error;
  }
}
