import { toPlainLine } from '../reports/plain-text.ts';

/** Names and values below each other; what has no value is left out. Values are cleaned for a terminal. */
export function renderFacts(facts: readonly (readonly [name: string, value: string | undefined])[]): string {
  const known = facts.flatMap(([name, value]) => (value ? [{ name, value: toPlainLine(value) }] : []));
  const width = Math.max(0, ...known.map(({ name }) => name.length)) + 2;
  return known.map(({ name, value }) => name.padEnd(width) + value).join('\n');
}
