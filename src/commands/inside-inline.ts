/** How far a tag or a link is followed; what is longer is taken for text. */
const longest = 3000;

/**
 * Whether the place `at` of a paragraph stands inside of something that began before it, from `start` on, and is no plain text: a code span,
 * an HTML tag or comment, an image's text, a link's address or title. Linear in the paragraph.
 */
export function isInsideInline(paragraph: string, start: number, at: number): boolean {
  const runs = findRuns(paragraph);
  let index = start;
  while (index < at) {
    const end = endOfSpan(paragraph, index, runs);
    if (end > at) return true;
    index = end;
  }
  return false;
}

type Runs = {
  /** The length of the run that begins at a place. */
  lengths: ReadonlyMap<number, number>;
  /** Where runs of a length begin, ascending. */
  places: ReadonlyMap<number, readonly number[]>;
};

function findRuns(text: string): Runs {
  const runs = [...text.matchAll(/`+/g)].map(({ index, 0: run }) => ({ index, length: run.length }));
  const places = Map.groupBy(runs, ({ length }) => length);
  return {
    lengths: new Map(runs.map(({ index, length }) => [index, length])),
    places: new Map([...places].map(([length, found]) => [length, found.map(({ index }) => index)])),
  };
}

/** Past the code span that a run of this length opens; past the run where nothing closes it. */
function endOfCode(from: number, length: number, { places }: Runs): number {
  const candidates = places.get(length) ?? [];
  let [low, high] = [0, candidates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((candidates[middle] ?? 0) < from + length) low = middle + 1;
    else high = middle;
  }
  const closing = candidates[low];
  return (closing ?? from) + length;
}

/** Where what begins at `index` ends; one further for plain text. */
function endOfSpan(text: string, index: number, runs: Runs): number {
  switch (text.charAt(index)) {
    case '\\': {
      // An escaped backtick is none; those behind it are a shorter run.
      const length = text.charAt(index + 1) === '`' ? (runs.lengths.get(index + 1) ?? 1) - 1 : 0;
      return length === 0 ? index + 2 : endOfCode(index + 2, length, runs);
    }
    case '`':
      return endOfCode(index, runs.lengths.get(index) ?? 1, runs);
    case '<':
      return endOfTag(text, index) ?? index + 1;
    case '!':
      // Up to the bracket, which may be followed by an address.
      return text.charAt(index + 1) === '[' ? Math.max(index + 1, endAfter(text, index + 2, ']') - 1) : index + 1;
    case ']':
      return text.charAt(index + 1) === '(' ? endAfter(text, index + 2, ')') : index + 1;
    default:
      return index + 1;
  }
}

function endOfTag(text: string, index: number): number | undefined {
  if (!/[a-z/!?]/i.test(text.charAt(index + 1))) return undefined;
  if (text.startsWith('<!--', index)) {
    const end = text.indexOf('-->', index + 2);
    return end === -1 ? undefined : end + 3;
  }
  const end = endAfter(text, index + 1, '>');
  return end === index + 1 ? undefined : end;
}

/** Past the next `mark` outside of quotation marks, else past the next at all; `from` itself where there is none near. */
function endAfter(text: string, from: number, mark: string): number {
  let quote = '';
  const limit = Math.min(text.length, from + longest);
  for (let index = from; index < limit; index++) {
    const character = text.charAt(index);
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === mark) return index + 1;
    else if (character === '"' || character === "'") quote = character;
  }
  const plain = text.slice(from, limit).indexOf(mark);
  return plain === -1 ? from : from + plain + 1;
}
