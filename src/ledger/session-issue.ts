import { z } from 'zod';

/** The issue of a session whose people are asked something; the ledger alone says which issue that is. */
export const SessionIssue = z.object({
  session: z.string().max(40),
  number: z
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1),
  url: z.string().max(500),
  /** Somebody is still asked. */
  open: z.boolean(),
});
export type SessionIssue = z.infer<typeof SessionIssue>;

export const SessionIssues = z.object({ version: z.literal(1), issues: z.array(SessionIssue) });

/** The list with one more, or with what is known of it now; by number. */
export function withSessionIssue(known: readonly SessionIssue[], issue: SessionIssue): SessionIssue[] {
  const others = known.filter(({ session }) => session !== issue.session);
  return [...others, issue].sort((a, b) => a.number - b.number);
}
