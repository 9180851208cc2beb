import { fieldsOf, hasTitle, isSchema, titleOf } from './fields.ts';
import { countTitled, findList, type Listing, type ReadText, union } from './find-list.ts';
import { isPlaceholder } from './placeholder.ts';
import type { Run, Scan } from './scan-blocks.ts';
import { isStream } from './unwrap.ts';

/**
 * The list of issues that a text means, of all that stand in it.
 *
 * Where several are separated by prose or fences, the last one counts, even if it is empty: it is the answer, the others were drafts.
 * An echo of the format (nothing but placeholders) is passed over. Single issues, each by itself, count together; those behind the
 * last list are taken along.
 */
export function chooseList(scan: Scan, readText: ReadText): Listing | undefined {
  const listings = scan.runs.flatMap((run) => {
    const listing = readRun(run, readText);
    return listing === undefined ? [] : [listing];
  });
  const real = listings.filter((listing) => !isExample(listing));
  const candidates = real.length > 0 ? real : listings;
  const last = lastList(candidates);
  const chosen = last === undefined ? singles(candidates, scan) : withSingles(last, candidates);
  if (chosen === undefined) return undefined;
  return { ...chosen, whole: chosen.whole && !scan.cutOff && real.length > 0 };
}

function lastList(listings: readonly Listing[]): Listing | undefined {
  const last = listings.findLast((listing) => listing.kind === 'list');
  if (last === undefined || last.whole || countTitled(last) > 0) return last;
  // The last one was cut off before its first element: better a draft than nothing, but never the whole.
  const draft = listings.findLast((listing) => listing.kind === 'list' && countTitled(listing) > 0);
  return draft === undefined ? last : { ...draft, whole: false };
}

function withSingles(list: Listing, listings: readonly Listing[]): Listing {
  const after = listings.slice(listings.findLastIndex((listing) => listing.kind === 'list') + 1);
  return after.length === 0 ? list : { ...union([list, ...after]), kind: 'list' };
}

function singles(listings: readonly Listing[], scan: Scan): Listing | undefined {
  if (listings.length === 0) return undefined;
  const all = union(listings);
  return { ...all, whole: all.whole && !scan.debris };
}

/** What the values of one run hold together. */
function readRun(run: Run, readText: ReadText): Listing | undefined {
  const stream = run.values.length > 1 && isStream(run.values) ? findList(run.values, readText) : undefined;
  const found = stream === undefined ? listingsOf(run.values, readText) : [stream];
  if (found.length === 0) return undefined;
  const all = union(found);
  // Brackets that close nothing, around single issues, several values or a list within an issue: these are the rest of a list whose head
  // is missing, or which ended too early.
  const torn = run.stray && (all.kind === 'single' || run.values.length > 1 || run.values.some(isTitled));
  const whole = all.whole && run.sound && !torn;
  return { ...all, whole };
}

function listingsOf(values: readonly unknown[], readText: ReadText): Listing[] {
  const titled = new Set(values.filter(isTitled));
  return values.flatMap((value) => {
    const found = findList(value, readText);
    if (found !== undefined) return [found];
    // Next to others of its kind, a title is enough.
    return titled.size > 1 && titled.has(value) ? [{ kind: 'single' as const, elements: [value], whole: true }] : [];
  });
}

function isTitled(value: unknown): boolean {
  const fields = fieldsOf(value);
  return fields !== undefined && hasTitle(fields) && !isSchema(fields);
}

function isExample(listing: Listing): boolean {
  if (listing.elements.length === 0) return false;
  return listing.elements.every((element) => {
    const title = titleOf(fieldsOf(element) ?? new Map());
    return title !== undefined && isPlaceholder(title);
  });
}
