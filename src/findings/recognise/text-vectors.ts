import { generalWords } from './general-words.ts';

/** Weights of a text's terms; their squares add up to 1, or there are none. */
export type TextVector = ReadonlyMap<string, number>;

/** The parts of one text, each with how often it counts. */
export type WeightedText = readonly { text: string; times: number }[];

// Longer texts say no more about which problem it is.
const longest = 2_000;

const generalWeight = 0.4;

// Words of prose, and those that nearly every report of a problem has.
const fillers = new Set(
  (
    'a an and any are as at be been being but by can could do does for from had has have here how if in into is it its may more most no not of on ' +
    'only or other out over should so some such than that the their them then there these they this those through to too using use used uses via was ' +
    'were when where which while who will with without would you your line lines code file security vulnerability issue'
  ).split(' '),
);

// In quotes or back ticks; before a parenthesis; with a hump, an underscore or a dot inside; a path of a URL.
const codeLike = /[`'"][^`'"\n]{2,60}[`'"]|\b[A-Za-z_]\w*\(|\b(?:\w*[a-z][A-Z]\w*|\w+_\w+|\w+\.\w+)\b|\/[\w/<>-]+/g;

/**
 * TF-IDF vectors of texts: (1 + ln tf) times ln(1 + N / df), less for words that any report has; names taken apart at their humps and also
 * kept whole, endings cut off. Numbers are left out: in reports they are lines, which move.
 */
export function toTextVectors(texts: readonly WeightedText[]): TextVector[] {
  // The same words come again and again.
  const seen = new Map<string, readonly string[]>();
  const counts = texts.map((text) => countTerms(text, seen));
  const documents = new Map<string, number>();
  for (const terms of counts) for (const term of terms.keys()) documents.set(term, (documents.get(term) ?? 0) + 1);
  return counts.map((terms) => weigh(terms, documents, texts.length));
}

/** From 0, nothing in common, to 1. */
export function cosineOf(a: TextVector, b: TextVector): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a];
  let sum = 0;
  for (const [term, weight] of small) sum += weight * (large.get(term) ?? 0);
  return sum;
}

function weigh(terms: ReadonlyMap<string, number>, documents: ReadonlyMap<string, number>, total: number): TextVector {
  const weights = new Map<string, number>();
  let squares = 0;
  for (const [term, count] of terms) {
    const weight =
      (1 + Math.log(count)) *
      Math.log(1 + total / (documents.get(term) ?? 1)) *
      (generalWords.has(term) ? generalWeight : 1);
    weights.set(term, weight);
    squares += weight * weight;
  }
  const length = Math.sqrt(squares);
  for (const [term, weight] of weights) weights.set(term, weight / length);
  return weights;
}

function countTerms(parts: WeightedText, seen: Map<string, readonly string[]>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { text, times } of parts)
    for (const name of text.slice(0, longest).match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []) {
      const known = seen.get(name);
      const terms = known ?? termsOf(name);
      if (!known) seen.set(name, terms);
      for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + times);
    }
  return counts;
}

/** What a text names of the code: what it quotes, calls, or writes as only code is written. */
export function namesIn(text: string): Set<string> {
  const places = text.slice(0, longest).match(codeLike) ?? [];
  const names = places.flatMap((place) => place.match(/[A-Za-z_]\w+/g) ?? []);
  return new Set(names.map((name) => name.toLowerCase().replaceAll('_', '')).filter((name) => !fillers.has(name)));
}

function termsOf(name: string): string[] {
  const words = name
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .split('_')
    .filter((word) => word.length > 1 && !fillers.has(word))
    .map(stem);
  return words.length > 1 ? [...words, `=${name.toLowerCase().replaceAll('_', '')}`] : words;
}

function stem(word: string): string {
  return word.length > 4 ? word.replace(/(?:ations?|ing|ed|es|ly|s|e)$/, '') : word;
}
