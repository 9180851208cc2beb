import { sha256 } from '../lib/hash.ts';
import type { Finding } from './finding.ts';
import { normaliseCode } from './fingerprint.ts';
import type { IssueLink } from './issue-link.ts';

/** What an issue shows as proof, as far as it has to be known again: a digest for each quote, in their order. */
export type ShownEvidence = NonNullable<IssueLink['evidence']>;

const most = 20;

export function shownEvidence({ verified, evidence }: Pick<Finding, 'verified' | 'evidence'>): ShownEvidence {
  const digests = evidence.map(({ path, quote }) => sha256(`${path}\n${normaliseCode(quote)}`).slice(0, 16));
  return { verified, quotes: digests.slice(0, most) };
}

const strength = { none: 0, quoted: 1, reproduced: 2 } as const;

/**
 * Whether the proof is another one than the issue showed: it got stronger, or none of the code shown then is among what is shown now. One
 * place more or less is no news, nor is a line that moved.
 */
export function isOtherEvidence(before: ShownEvidence | undefined, now: ShownEvidence): boolean {
  if (!before) return false;
  if (strength[now.verified] > strength[before.verified]) return true;
  return (
    before.quotes.length > 0 && now.quotes.length > 0 && !now.quotes.some((quote) => before.quotes.includes(quote))
  );
}
