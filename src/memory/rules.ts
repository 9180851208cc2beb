import { createMatcher } from '../lib/glob.ts';
import type { Said } from './assumption.ts';
import type { Learnings, Rule } from './learning.ts';

const mostRules = 50;

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
