/** Words that stand in every question and every finding. */
const common = new Set(
  'the and for are but not you your was were has have had its this that these those there here with without from into onto out about over under than then when where which who whom whose why how what does did done can could should would may might must will shall been being any all some more most such only own same too very just also our their they them his her she him one two via per get got let see say says said file files code please courier ask question issue issues finding findings problem problems wrong anything something nothing still really'.split(
    ' ',
  ),
);

const longest = 20_000;
const most = 400;

/**
 * The words of a text by which it is compared with others: lower case, names of code taken apart (`parseConfig` is also `parse` and `config`),
 * plurals as their singular; each once.
 */
export function termsOf(text: string): ReadonlySet<string> {
  const terms = new Set<string>();
  for (const [word] of text.slice(0, longest).matchAll(/[\p{L}\p{N}_$]+/gu)) {
    const parts = word.split(/_|(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u);
    for (const part of [word, ...parts]) addTerm(part, terms);
    if (terms.size > most) break;
  }
  return terms;
}

function addTerm(word: string, terms: Set<string>): void {
  const lower = word.toLowerCase().replace(/^[_$]+|[_$]+$/g, '');
  if (lower.length < 3 || common.has(lower)) return;
  terms.add(lower.length > 4 && /[^su]s$/.test(lower) ? lower.slice(0, -1) : lower);
}

/** How telling each term is among texts: one that stands in all of them tells little (inverse document frequency). */
export function weighTerms(texts: readonly ReadonlySet<string>[]): (term: string) => number {
  const counts = new Map<string, number>();
  for (const terms of texts) for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return (term) => Math.log(1 + texts.length / (counts.get(term) ?? texts.length));
}
