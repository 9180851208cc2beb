import { recordSighting, resolveFinding, type Sighting } from './apply-finding.ts';
import type { Finding, RaisedFinding } from './finding.ts';
import { addToHistory } from './history.ts';
import type { ObservedIssue } from './issue-link.ts';

/**
 * A known finding that was found again, as the table of re-detection has it: what a person closed as done is open again only where the
 * commit is newer than the default branch's head at that time; what a person silenced stays silent until that ends. All of it is counted.
 * @param began when the session began that saw it.
 */
export function sightFinding(
  finding: Finding,
  raised: RaisedFinding,
  sighting: Sighting,
  began = sighting.at,
): Finding {
  const current = endIgnore(finding, sighting.at);
  const seen = recordSighting(current, raised, sighting);
  const closing = closedByPeople(current);
  const isNewer = closing?.compared?.newer === true && closing.compared.commit === sighting.commit;
  const isOver = closing ? !isNewer : isOlderNews(current, sighting, began);
  if (!isOver) return seen;
  const { regressed: _, ...counted } = seen;
  return { ...counted, state: 'resolved', ...(current.resolution ? { resolution: current.resolution } : {}) };
}

/** Shown to be gone since this session began, by one that did not begin before it, and so saw no older commit. */
function isOlderNews({ state, resolution, lastCheck }: Finding, { session }: Sighting, began: string): boolean {
  if (state !== 'resolved' || lastCheck?.verdict !== 'gone' || lastCheck.at !== resolution?.at) return false;
  return Date.parse(resolution.at) > Date.parse(began) && beginningOf(lastCheck.session) >= beginningOf(session);
}

/** Ids of sessions tell the second in which they began. */
function beginningOf(session: string): string {
  return /^S(\d{8}-\d{6})-/.exec(session)?.[1] ?? '';
}

/** Whether it takes a look at the history to tell if the commit is newer than the closing of the finding's issue. */
export function isDoubtful(finding: Finding, commit: string): boolean {
  const closing = closedByPeople(finding);
  return closing !== undefined && closing.compared?.commit !== commit;
}

/** The closing of a finding that is resolved by people's word. */
function closedByPeople({ state, issue }: Finding): ObservedIssue | undefined {
  const observed = issue?.observed;
  if (state !== 'resolved' || observed?.state !== 'closed') return undefined;
  return observed.closing === 'person' || observed.closing === 'merge' ? observed : undefined;
}

/** The finding without an ignore whose end has come: as its issue stands, which may have been closed as done meanwhile. */
function endIgnore(finding: Finding, at: string): Finding {
  const { ignored, ...rest } = finding;
  if (ignored?.until === undefined || !isOver(ignored.until, at)) return finding;
  const deed = { at: ignored.until, what: 'unignored', detail: 'the ignore ended' } as const;
  const observed = finding.issue?.observed;
  const isDone = observed?.state === 'closed' && observed.closing !== 'app' && observed.reason === 'completed';
  if (isDone)
    return addToHistory(resolveFinding(rest, { at: observed.closedAt ?? at, proof: 'Closed as completed.' }), deed);
  return addToHistory({ ...rest, state: finding.issue ? 'open' : 'detected' }, deed);
}

/** Whether a time has come, or a day (UTC) is over. What is neither never ends. */
export function isOver(until: string, at: string): boolean {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(until);
  return Date.parse(isDay ? `${until}T23:59:59.999Z` : until) < Date.parse(at);
}

/** A proof at the commit at which a person opened the issue again is no proof: it takes one at a newer commit. */
export function isContested({ contested }: Finding, commit: string | undefined): boolean {
  return contested !== undefined && contested.commit === commit;
}
