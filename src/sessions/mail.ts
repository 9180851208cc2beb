import { z } from 'zod';
import { parseLines } from '../lib/ndjson.ts';

/**
 * What a person sends to a session that works: words for its agent, or that it is to end. `stop` waits for the current tool call, and the
 * session can go on later; `kill` does not wait.
 */
const Mail = z.object({
  id: z.string().min(1).max(100),
  /** ISO time. */
  at: z.string().max(40),
  from: z.string().min(1).max(200),
  kind: z.enum(['tell', 'stop', 'kill']),
  text: z.string().max(20_000).default(''),
  /** The words are the answer to this question of a scan's agent. */
  answers: z.object({ scan: z.string().optional(), ref: z.string() }).optional(),
});
export type Mail = z.infer<typeof Mail>;

/** The local mailbox: one line per letter, appended by whoever sends it. */
export const mailFile = 'mail.ndjson';

export function renderMail(mail: Mail): string {
  return JSON.stringify(Mail.parse(mail));
}

/** Letters in their order, each once; lines that are none are left out, as anybody who may write to the folder may have left them. */
export function parseMail(text: string): Mail[] {
  const { values } = parseLines(text, (value) => Mail.safeParse(value).data);
  return [...new Map(values.map((mail) => [mail.id, mail])).values()];
}
