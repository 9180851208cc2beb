import { z } from 'zod';

export const Commit = z.string().regex(/^[0-9a-f]{40,64}$/);

/** How a finding was proven: by running its command, by code of the repository that it quotes, or not at all. */
export const verifications = ['reproduced', 'quoted', 'none'] as const;
export type Verified = (typeof verifications)[number];

export const closings = ['courier', 'person', 'merge', 'app'] as const;
export type Closing = (typeof closings)[number];

/** How the finding stands on GitHub, as far as Courier wrote it. */
export const IssueLink = z.object({
  /** GraphQL's `Int`: a larger one would make a whole query unreadable. */
  number: z
    .number()
    .int()
    .positive()
    .max(2 ** 31 - 1),
  url: z.string().optional(),
  /** SHA-256 of the material content last written to the managed block; counters are not material. */
  digest: z.string().optional(),
  /** How it was proven there, and digests of the quotes shown: another proof is worth a comment. */
  evidence: z.object({ verified: z.enum(verifications), quotes: z.array(z.string()) }).optional(),
  /** The title and labels that Courier last wrote: what differs on GitHub was changed by a person and stays. */
  title: z.string().optional(),
  labels: z.array(z.string()).default([]),
  /** Whom Courier assigned when it filed the issue. */
  assignees: z.array(z.string()).optional(),
  /** How it stood when Courier last looked: what differs the next time was done by somebody in between. */
  observed: z
    .object({
      state: z.enum(['open', 'closed', 'gone']),
      reason: z.enum(['completed', 'not_planned', 'duplicate', 'reopened']).optional(),
      closedBy: z.string().optional(),
      closedAt: z.string().optional(),
      /** Who closed it, as the table of re-detection tells them apart; decided once for each closing. `merge`: a commit or pull request. */
      closing: z.enum(closings).optional(),
      /** The default branch's head when it was closed: of the merge itself, else asked for once. */
      head: Commit.optional(),
      /** The last commit that was compared with `head`, and whether it is newer. */
      compared: z.object({ commit: z.string(), newer: z.boolean() }).optional(),
      locked: z.boolean().default(false),
      assignees: z.array(z.string()).optional(),
      /** Of its labels those that mean something to Courier when somebody sets them: priorities and `courier: ignored`. */
      labels: z.array(z.string()).optional(),
    })
    .optional(),
});
export type IssueLink = z.infer<typeof IssueLink>;
export type ObservedIssue = NonNullable<IssueLink['observed']>;
