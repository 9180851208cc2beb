/**
 * A JSON value with every text in it, keys too, passed through `plain`. The text of a JSON file as a whole may not be: what is masked
 * across two of its strings, or becomes a line end within one, would leave no JSON.
 */
export function plainJson(value: unknown, plain: (text: string) => string): unknown {
  if (typeof value === 'string') return plain(value);
  if (Array.isArray(value)) return value.map((item) => plainJson(item, plain));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [plain(key), plainJson(inner, plain)]));
}
