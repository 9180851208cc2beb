import { createMatcher } from '../lib/glob.ts';
import type { Category } from './category.ts';
import type { Finding } from './finding.ts';
import { isOver } from './sight-finding.ts';

/** A standing suppression of the configuration: findings of a category, in places, or both; to the end of the day `until` (UTC), if any. */
export type IgnoreRule = {
  category?: Category | undefined;
  paths: readonly string[];
  reason: string;
  until?: string | undefined;
};

/** The first rule that suppresses the finding at a time. A rule with paths never holds for a finding without a place. */
export function matchIgnoreRule(
  finding: Pick<Finding, 'category' | 'location'>,
  rules: readonly IgnoreRule[],
  at: string,
): IgnoreRule | undefined {
  return rules.find((rule) => {
    if (rule.until !== undefined && isOver(rule.until, at)) return false;
    if (rule.category !== undefined && rule.category !== finding.category) return false;
    if (rule.paths.length === 0) return rule.category !== undefined;
    return finding.location !== undefined && createMatcher(rule.paths)(finding.location.path);
  });
}
