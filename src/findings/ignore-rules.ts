import { createMatcher } from '../lib/glob.ts';
import type { Category } from './category.ts';
import type { Finding } from './finding.ts';

/** A standing suppression of the configuration: findings of a category, in places, or both. */
export type IgnoreRule = { category?: Category | undefined; paths: readonly string[]; reason: string };

/** The first rule that suppresses the finding. A rule with paths never holds for a finding without a place. */
export function matchIgnoreRule(
  finding: Pick<Finding, 'category' | 'location'>,
  rules: readonly IgnoreRule[],
): IgnoreRule | undefined {
  return rules.find((rule) => {
    if (rule.category !== undefined && rule.category !== finding.category) return false;
    if (rule.paths.length === 0) return rule.category !== undefined;
    return finding.location !== undefined && createMatcher(rule.paths)(finding.location.path);
  });
}
