import type { RejectedCandidate } from '../finding.ts';
import { chooseList } from './choose-list.ts';
import { decodeOutput } from './decode.ts';
import { fieldsOf, findText } from './fields.ts';
import { countTitled, findList, type Listing, type ReadText } from './find-list.ts';
import { type ExtractedIssue, normaliseIssue } from './normalise-issue.ts';
import { readValues } from './read-output.ts';
import { type ExtractedVerdict, isVerdictOnNothing, readVerdict } from './read-verdict.ts';
import { variantsOf } from './variants.ts';

/**
 * What an agent's output holds. `complete`: the list can be trusted to be whole, also when it is empty; `incomplete`: something was
 * cut off, dropped or left out, so that the absence of a finding proves nothing; `no-json`: there is no list at all.
 * `verdicts` are what it says about known findings; `rejected` are elements without a title, and verdicts on nothing; `notes` say, a sentence each, why the outcome is not `complete`.
 */
export type Extraction = {
  outcome: 'complete' | 'incomplete' | 'no-json';
  issues: ExtractedIssue[];
  verdicts: ExtractedVerdict[];
  rejected: RejectedCandidate[];
  notes: string[];
};

const maxIssues = 1_200_000;
const maxTextDepth = 4;

/**
 * Reads the findings out of whatever an agent left: JSON in all the accepted forms, with prose, fences or an envelope around, cut off
 * or malformed. Never throws; the time is linear in the size, of which the first 52 MiB are read.
 */
export function extractFindings(input: Uint8Array | string): Extraction {
  const { text, cut } = decodeOutput(input);
  const listing = listingOf(text, 0);
  if (listing === undefined)
    return { outcome: 'no-json', issues: [], verdicts: [], rejected: [], notes: [reasonForNothing(text)] };
  const { issues, verdicts, rejected, untitled } = normaliseAll(listing.elements.slice(0, maxIssues));
  const notes = [
    ...(cut ? ['The output is larger than what is read; the rest was left out.'] : []),
    ...(listing.elements.length > maxIssues ? [`Only the first ${maxIssues} elements were read.`] : []),
    ...(listing.whole && !wasShortened(text) ? [] : ['The list was cut off, damaged or only partly given.']),
    ...(untitled > 0 ? ['Elements without a usable title were left out.'] : []),
  ];
  return { outcome: notes.length === 0 ? 'complete' : 'incomplete', issues, verdicts, rejected, notes };
}

function listingOf(text: string, depth: number): Listing | undefined {
  let best = listingIn(text, depth);
  if (isGood(best)) return best;
  for (const variant of variantsOf(text)) {
    const listing = listingIn(variant.text, depth);
    const found = listing && { ...listing, whole: listing.whole && variant.trusted };
    if (found !== undefined && isBetter(found, best)) best = found;
    if (isGood(best)) return best;
  }
  return best;
}

function isGood(listing: Listing | undefined): boolean {
  return listing?.whole === true && countTitled(listing) === listing.elements.length;
}

function isBetter(found: Listing, best: Listing | undefined): boolean {
  if (best === undefined) return true;
  const gained = countTitled(found) - countTitled(best);
  return gained === 0 ? found.whole || found.elements.length < best.elements.length : gained > 0;
}

function listingIn(text: string, depth: number): Listing | undefined {
  const inner: ReadText = (value) =>
    depth < maxTextDepth && mayHoldList(value) ? listingOf(value, depth + 1) : undefined;
  const scan = readValues(text, (value) => {
    const found = findList(value, inner);
    return found && countTitled(found);
  });
  return chooseList(scan, inner);
}

function mayHoldList(text: string): boolean {
  return text.includes('[') || text.includes('{');
}

function normaliseAll(elements: readonly unknown[]) {
  const issues: ExtractedIssue[] = [];
  const verdicts: ExtractedVerdict[] = [];
  const rejected: RejectedCandidate[] = [];
  for (const element of elements) {
    const verdict = readVerdict(element);
    const issue = verdict ? undefined : normaliseIssue(element);
    if (verdict) verdicts.push(verdict);
    else if (issue) issues.push(issue);
    else
      rejected.push({ title: labelOf(element), reason: isVerdictOnNothing(element) ? onNothing : 'It has no title.' });
  }
  return { issues, verdicts, rejected, untitled: rejected.filter(({ reason }) => reason !== onNothing).length };
}

const onNothing = 'It is a verdict, but names no known finding (F- and 8 characters).';

/** What tells a person which element is meant. */
function labelOf(element: unknown): string {
  if (typeof element === 'string') return element.trim().slice(0, 100) || '(empty)';
  const fields = fieldsOf(element);
  return (fields && findText(fields, ['description', 'message', 'id']))?.slice(0, 100) ?? '(no title)';
}

/** A capture that was shortened in the middle says so: `...[1234 characters truncated]...`. */
function wasShortened(text: string): boolean {
  return /(?:\.\.\.|…|\[|<)\s*\[?\d+ (?:more )?(?:characters|chars|bytes|lines|tokens) (?:truncated|omitted|elided|removed)/i.test(
    text,
  );
}

function reasonForNothing(text: string): string {
  return text.trim() === '' ? 'The output is empty.' : 'The output holds no list of issues.';
}
