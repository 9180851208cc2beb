import { sha256 } from '../lib/hash.ts';
import type { Category } from './category.ts';
import type { Origin } from './finding.ts';

/**
 * What a finding is recognised by in the next session (contract section 7): who raised it, its category, its place by path and symbol,
 * and the quoted code without white space. Never a line number, a count, a date or the words that describe it: these change while the
 * problem stays. 32 hexadecimal digits, prefixed by the version of this rule.
 */
export function fingerprintOf(finding: {
  origin: Origin;
  category: Category;
  path: string | undefined;
  symbol: string | undefined;
  quote: string | undefined;
}): string {
  const { origin, category, path, symbol, quote } = finding;
  const parts = [
    origin.kind,
    origin.name,
    origin.rule ?? '',
    category,
    path ?? '',
    symbol ?? '',
    normaliseCode(quote ?? ''),
  ];
  // JSON keeps the parts apart: no text of one can look like the beginning of the next.
  return `1:${sha256(JSON.stringify(parts)).slice(0, 32)}`;
}

/** Code as it is compared: white space says nothing about a problem. */
export function normaliseCode(code: string): string {
  return code.replace(/\s+/g, '');
}
