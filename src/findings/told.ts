import { z } from 'zod';

/** Where a security finding of a public repository is told to those who may know of it; none of it tells what it is about. */
export const Told = z.object({
  /** `closed`: by Courier; `left`: somebody published, closed or deleted it, and it is theirs from then on. */
  advisory: z
    .object({
      id: z.string().max(100),
      url: z.string(),
      state: z.enum(['open', 'closed', 'left']),
    })
    .optional(),
  /** The session that files an advisory for it, until that was answered. */
  claim: z.string().optional(),
  /** Digest of what the last upload to code scanning said of it. */
  alert: z.string().optional(),
  /** When GitHub last refused to take it in any way. */
  refused: z.string().optional(),
});
export type Told = z.infer<typeof Told>;
