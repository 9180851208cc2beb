import type { z } from 'zod';

/** One object per line; `undefined` where any line is something else, because then nobody knows what is missing. */
export function readJsonLines<Item>(text: string, schema: z.ZodType<Item>): Item[] | undefined {
  const items: Item[] = [];
  for (const line of text.split('\n')) {
    if (line.trim() === '') continue;
    const item = readJson(line, schema);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return items;
}

/** The text as JSON of that shape, or `undefined`. */
export function readJson<Shape>(text: string, schema: z.ZodType<Shape>): Shape | undefined {
  try {
    const parsed = schema.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
