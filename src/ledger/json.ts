/**
 * JSON with sorted keys, two spaces and a final line break: equal values give equal texts, and a change shows as few lines. Half
 * surrogates, which git's hosts refuse, become U+FFFD.
 */
export function stableJson(value: unknown): string {
  return `${JSON.stringify(sorted(value), null, 2)}\n`;
}

/** The same on one line. */
export function stableLine(value: unknown): string {
  return `${JSON.stringify(sorted(value))}\n`;
}

function sorted(value: unknown): unknown {
  if (typeof value === 'string') return value.toWellFormed();
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return Object.fromEntries(
    entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key.toWellFormed(), sorted(inner)]),
  );
}

/** @returns the value, or why the text is no JSON. */
export function parseJson(text: string): { value: unknown } | { damaged: string } {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return { damaged: 'is not valid JSON' };
  }
}
