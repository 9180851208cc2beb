import { createMatcher } from '../lib/glob.ts';
import type { Said } from './assumption.ts';
import type { Learnings, Rule } from './learning.ts';

const mostRules = 50;
const longestRule = 1000;
const mostSentences = 3;

/** Why a text is no rule: the rest of a sentence that begins with what it should be. A rule frames, and is read in every session. */
export function whyNoRule(text: string): string | undefined {
  if (text.length > longestRule) return `at most ${longestRule} characters, not ${text.length}`;
  const sentences = countSentences(text);
  if (sentences > mostSentences) return `one to three sentences, not ${sentences}`;
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

/** The rules with one more; the same one again (a command that was read twice) is the one that is there. */
export function addRule(
  before: Learnings,
  rule: { paths: readonly string[]; text: string },
  said: Said,
): { learnings: Learnings; rule: Rule } | { refused: string } {
  const known = before.rules.find(({ from, text }) => from === said.from && text === rule.text);
  if (known) return { learnings: before, rule: known };
  if (rulesOf(before).length >= mostRules)
    return {
      refused: `There are ${mostRules} rules already: delete one on the dashboard, or put them into the configuration.`,
    };
  const made: Rule = { ...said, id: `R${highest(before.rules) + 1}`, paths: [...rule.paths], text: rule.text };
  return { learnings: { ...before, rules: [...before.rules, made] }, rule: made };
}

/** Those that frame. */
export function rulesOf({ rules }: Learnings): readonly Rule[] {
  return rules.filter(({ deleted }) => deleted === undefined);
}

/** Those that hold for any of these files: what frames other places is only in the way. */
export function rulesAbout<R extends { paths: readonly string[] }>(
  rules: readonly R[],
  files: readonly string[],
): readonly R[] {
  return rules.filter(({ paths }) => files.some(createMatcher(paths)));
}

function highest(rules: readonly Rule[]): number {
  return Math.max(0, ...rules.map(({ id }) => Number(id.slice(1))));
}
