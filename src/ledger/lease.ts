import { randomBytes } from 'node:crypto';
import { z } from 'zod';

/**
 * Who writes to the issues now: one process at a time, as the ledger's compare-and-swap decides. `renewed` counts the times that its holder
 * said so again. See docs/decisions/2026-11-21-one-publisher-at-a-time.md.
 */
export const Lease = z.object({
  /** Of the process: a session may be published by two at once. */
  holder: z.string().max(100),
  session: z.string().max(100),
  at: z.string().max(40),
  renewed: z.number().int().nonnegative(),
});
export type Lease = z.infer<typeof Lease>;

export function newLease(session: string, at: string): Lease {
  return { holder: randomBytes(8).toString('hex'), session, at, renewed: 0 };
}

/** The same lease, in the same state: nobody took it over, and its holder gave no further sign. */
export function isSameLease(one: Lease, other: Lease | undefined): boolean {
  return other !== undefined && one.holder === other.holder && one.renewed === other.renewed;
}
