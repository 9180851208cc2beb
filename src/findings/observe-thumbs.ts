import type { Finding } from './finding.ts';
import type { IssueSnapshot, Thumb } from './issue.ts';
import type { Sight } from './look.ts';
import { type FindingRating, mostRatings } from './rating.ts';

// GitHub is asked for as many of each kind: where there are more, what is missing may only be out of sight.
const mostThumbs = 20;

/** People whose thumbs are news, so that it has to be looked up whether they may rate: once for each change of mind. */
export function newRaters(finding: Finding, issue: IssueSnapshot | undefined): string[] {
  return [...lastThumbs(issue?.thumbs ?? []).values()]
    .filter((thumb) => !isOnRecord(finding, thumb))
    .map(({ by }) => by);
}

/**
 * The finding with the thumbs that people gave its issue, as they are now: a thumb that was taken back is gone. Who was not allowed when it was
 * looked up, or could not be looked up, does not count.
 */
export function observeThumbs(finding: Finding, { issue, mayRate }: Pick<Sight, 'issue' | 'mayRate'>): Finding {
  if (!issue.thumbs || !mayRate) return finding;
  const before = finding.ratings ?? [];
  const thumbs = lastThumbs(issue.thumbs);
  const isCut = issue.thumbs.length >= mostThumbs;
  const stay = before.filter((rating) => {
    if (rating.from !== 'reaction') return true;
    const thumb = thumbs.get(rating.by.toLowerCase());
    return thumb ? thumb.value === rating.value : isCut;
  });
  const fresh = [...thumbs.values()]
    .filter((thumb) => !isOnRecord(finding, thumb) && mayRate.has(thumb.by.toLowerCase()))
    .map(({ by, at, value }): FindingRating => ({ by, at, value, from: 'reaction' }));
  if (fresh.length === 0 && stay.length === before.length) return finding;
  const { ratings: _, ...rest } = finding;
  const ratings = [...stay, ...fresh].slice(-mostRatings);
  return ratings.length === 0 ? rest : { ...rest, ratings };
}

/** Of each person the last one, whichever way it points. */
function lastThumbs(thumbs: readonly Thumb[]): ReadonlyMap<string, Thumb> {
  const last = new Map<string, Thumb>();
  for (const thumb of thumbs) {
    const before = last.get(thumb.by.toLowerCase());
    if (!before || Date.parse(thumb.at) >= Date.parse(before.at)) last.set(thumb.by.toLowerCase(), thumb);
  }
  return last;
}

function isOnRecord({ ratings = [] }: Finding, { by, value }: Thumb): boolean {
  return ratings.some(
    (rating) => rating.from === 'reaction' && rating.by.toLowerCase() === by.toLowerCase() && rating.value === value,
  );
}
