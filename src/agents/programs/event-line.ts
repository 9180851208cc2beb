import type { z } from 'zod';

/** The name of the shell in our events, whatever a program calls its own. */
export const shellTool = 'bash';

/** A line of a program's stdout as one of its events; `undefined` for all else. */
export function parseLine<T>(schema: z.ZodType<T>, text: string): T | undefined {
  if (!text.startsWith('{')) return undefined;
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
