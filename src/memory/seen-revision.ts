import type { AssumptionHistory, AssumptionRecord, Said } from './assumption.ts';

const bringsText: ReadonlySet<AssumptionHistory['what']> = new Set(['proposed', 'refined', 'corrected']);

/** Which text of an assumption was there when somebody wrote; `undefined`: none, it came later. */
export function seenRevision(
  { history }: Pick<AssumptionRecord, 'history'>,
  written: Pick<Said, 'at' | 'from'>,
): number | undefined {
  const seen = history.filter((entry) => bringsText.has(entry.what) && isBefore(entry, written));
  return seen.length === 0 ? undefined : Math.max(...seen.map(({ revision }) => revision));
}

/** Of two comments their numbers tell, which ascend; else times, of which GitHub knows the second. */
function isBefore(entry: Pick<Said, 'at' | 'from'>, written: Pick<Said, 'at' | 'from'>): boolean {
  const [one, other] = [commentOf(entry), commentOf(written)];
  if (one !== undefined && other !== undefined && one !== other) return one < other;
  return Date.parse(entry.at) <= Date.parse(written.at);
}

function commentOf({ from }: Pick<Said, 'from'>): number | undefined {
  const number = /#issuecomment-(\d{1,15})$/.exec(from)?.[1];
  return number === undefined ? undefined : Number(number);
}
