import { sha256 } from '../lib/hash.ts';
import type { Finding } from './finding.ts';
import { pointsDigest, type SettledPoint } from './settled-points.ts';

/**
 * SHA-256 of what an issue says about the problem: a change of it is worth a write. Counters, dates, sessions, commits and line numbers
 * are not in it; they change with every scan and are shown afresh whenever something else is.
 *
 * @param points what it hangs on and people settled; without any the digest is that of a finding alone.
 */
export function issueDigest(finding: Finding, points: readonly SettledPoint[] = []): string {
  return sha256(
    JSON.stringify([
      finding.title,
      finding.description,
      finding.severity,
      finding.category,
      finding.cwe ?? null,
      finding.location ? [finding.location.path, finding.location.symbol ?? null] : null,
      finding.evidence.map(({ path, quote }) => [path, quote]),
      finding.reproduce
        ? [
            finding.reproduce.command,
            finding.reproduce.present?.exitCode ?? null,
            finding.reproduce.present?.match ?? null,
          ]
        : null,
      finding.expected ?? null,
      finding.actual ?? null,
      finding.nextSteps,
      finding.suggestedPrompt ?? null,
      finding.verified,
      ...(points.length > 0 ? [pointsDigest(points)] : []),
    ]),
  );
}
