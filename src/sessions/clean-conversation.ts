import { plainJson } from '../publishing/plain-json.ts';

type Clean = (text: string) => string;
type Row = Record<string, unknown>;

/** Made and read by the model's vendor alone: signatures, and thinking that nobody else can read. */
const opaque = new Set(['signature', 'encrypted_content']);

/** Thinking is signed: it stays as it is, or goes as a whole where it holds a secret. */
const isThinking = (value: unknown): boolean =>
  isRow(value) && (value.type === 'thinking' || value.type === 'redacted_thinking' || value.type === 'reasoning');

/**
 * The conversation of an agent tool without secrets, whatever the tool is.
 *
 * @param rows JSON
 */
export function cleanConversation(rows: readonly Row[], clean: Clean): Row[] {
  return rows.flatMap((row) => {
    const cleaned = cleanValue(row, clean);
    return isRow(cleaned) ? [cleaned] : [];
  });
}

/** `undefined`: it goes. */
function cleanValue(value: unknown, clean: Clean): unknown {
  if (Array.isArray(value)) return value.map((item) => cleanValue(item, clean)).filter((item) => item !== undefined);
  if (!isRow(value)) return plainJson(value, clean);
  const own = Object.entries(value).map(([key, inner]) => [
    opaque.has(key) ? key : clean(key),
    opaque.has(key) && typeof inner === 'string' ? inner : cleanValue(inner, clean),
  ]);
  const cleaned: Row = Object.fromEntries(own);
  return isThinking(value) && JSON.stringify(cleaned) !== JSON.stringify(value) ? undefined : cleaned;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
