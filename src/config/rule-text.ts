export const longestRule = 1000;
const mostSentences = 3;

/** Why a text is no rule: the rest of a sentence that begins with what it should be. A rule frames, and is read in every session. */
export function whyNoRule(text: string): string | undefined {
  if (text.length > longestRule) return `at most ${longestRule} characters, not ${text.length}`;
  const sentences = countSentences(text);
  if (sentences < 1 || sentences > mostSentences) return `one to three sentences, not ${sentences}`;
  return undefined;
}

/** Ends of sentences: a mark with white space or the end behind it; what stands after the last one is a sentence, too. */
function countSentences(text: string): number {
  const plain = text.replace(/\b(?:e\.g|i\.e|etc|vs|cf|approx|no|incl)\./gi, '$&_').replace(/`[^`]*`/g, '_');
  const parts = plain
    .split(/[.!?…]+["'”’)\]]*(?=\s|$)|[\r\n]{2,}|[。！？]/)
    .filter((part) => /[\p{L}\p{N}]/u.test(part));
  return parts.length;
}
