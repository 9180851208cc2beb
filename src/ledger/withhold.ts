import type { z } from 'zod';
import { Finding } from '../findings/finding.ts';
import { UserError } from '../lib/errors.ts';
import { parseJson, stableLine } from './json.ts';
import { openSealed, sealText } from './seal.ts';

export const withheldTitle = 'Withheld security finding';

/** All that tells where or what a weakness is. */
const Details = Finding.pick({
  title: true,
  description: true,
  cwe: true,
  location: true,
  evidence: true,
  reproduce: true,
  expected: true,
  actual: true,
  nextSteps: true,
  suggestedPrompt: true,
  origin: true,
  resolution: true,
  anchors: true,
});
type Details = z.infer<typeof Details>;

/**
 * A sensitive finding as a public ledger may hold it: its id, state, severity, sightings and fingerprints (digests, by which it is
 * recognised). The details are sealed where there is a key and not kept otherwise. What is withheld already stays as it is. Anchors are
 * details: whoever hashes the paths and lines of a public repository finds the one that a digest stands for.
 */
export function withholdFinding(finding: Finding, key?: string): Finding {
  if (isWithheld(finding)) return hasTraces(finding) ? withoutTraces(finding) : finding;
  const { cwe, location, reproduce, expected, actual, suggestedPrompt, resolution, sealed, ...open } = finding;
  const { kind, name } = finding.origin;
  const sealedDetails = key === undefined ? undefined : sealDetails(finding, key);
  return {
    ...withoutTraces({ ...open, ...(resolution && { resolution }) }),
    title: withheldTitle,
    description: '',
    evidence: [],
    nextSteps: [],
    origin: { kind, name },
    ...(sealedDetails !== undefined && { sealed: sealedDetails }),
  };
}

/** The seal that is there, while it holds these very details: each new one would change the ledger. */
function sealDetails(finding: Finding, key: string): string {
  const { id, sealed } = finding;
  const details = detailsOf(finding);
  const isSame = sealed !== undefined && openSealed(sealed, { key, id }) === details;
  return isSame ? sealed : sealText(details, { key, id });
}

function hasTraces({ anchors, resolution, lastCheck }: Finding): boolean {
  return anchors.length > 0 || Boolean(resolution?.proof || resolution?.evidence || lastCheck?.proof);
}

/** Without what was learned about it later: where it is, and what showed that it is gone. */
function withoutTraces({ resolution, lastCheck, ...finding }: Finding): Finding {
  const { evidence: _, ...outcome } = resolution ?? { at: '', proof: '' };
  return {
    ...finding,
    anchors: [],
    ...(resolution && { resolution: { ...outcome, proof: '' } }),
    ...(lastCheck && { lastCheck: { ...lastCheck, proof: '' } }),
  };
}

function detailsOf(finding: Finding): string {
  return stableLine(Details.parse(finding));
}

/** Nothing is left that could tell where or what it is; details that came back with a new sighting are details. */
export function isWithheld({ title, description, location, evidence }: Finding): boolean {
  return title === withheldTitle && description === '' && location === undefined && evidence.length === 0;
}

/**
 * The findings with the details that the key opens. The seal stays with them: unchanged details need no new one. What another key sealed
 * stays withheld.
 */
export function revealFindings(findings: readonly Finding[], key: string | undefined): readonly Finding[] {
  if (key === undefined) return findings;
  return findings.map((finding) => {
    const { sealed } = finding;
    const details = sealed === undefined ? undefined : openDetails({ id: finding.id, sealed }, key);
    return details ? { ...withDetails(finding, details), sealed } : finding;
  });
}

/**
 * The finding with its details, where they were sealed; any other as it is.
 *
 * @throws UserError when the key does not open it.
 */
export function revealFinding(finding: Finding, key: string): Finding {
  const { sealed, ...open } = finding;
  if (sealed === undefined) return finding;
  const details = openDetails({ id: finding.id, sealed }, key);
  if (!details)
    throw new UserError(
      `The details of ${finding.id} do not open with this \`ledger-key\`: use the key that they were sealed with.`,
    );
  return withDetails(open, details);
}

function openDetails({ id, sealed }: { id: string; sealed: string }, key: string): Details | undefined {
  const text = openSealed(sealed, { key, id });
  const json = text === undefined ? undefined : parseJson(text);
  return json && 'value' in json ? Details.safeParse(json.value).data : undefined;
}

function withDetails(finding: Finding, { resolution, ...told }: Details): Finding {
  // What was decided since it was sealed counts; only the proof of that very resolution comes back.
  const proven = resolution !== undefined && resolution.at === finding.resolution?.at;
  return Finding.parse({ ...finding, ...told, ...(proven && { resolution }) });
}
