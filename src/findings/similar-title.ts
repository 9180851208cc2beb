// Words that titles share without sharing a subject.
const fillers = new Set(
  'a an and are as at be by can could for from has have in into is it its may missing no not of on or the this to use used uses using when with without'.split(
    ' ',
  ),
);

/**
 * Whether two titles may name the same problem: half of all their words are common to both. Good enough to tell apart two problems that
 * stand in the same lines; not to recognise one by its words alone.
 */
export function isSimilarTitle(a: string, b: string): boolean {
  const [first, second] = [wordsOf(a), wordsOf(b)];
  const common = first.intersection(second).size;
  return common > 0 ? 2 * common >= first.union(second).size : a.trim().toLowerCase() === b.trim().toLowerCase();
}

function wordsOf(title: string): Set<string> {
  const words = title
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return new Set(
    words.filter((word) => word !== '' && !fillers.has(word)).map((word) => word.replace(/(?:ing|ed|s)$/, '')),
  );
}
