import { z } from 'zod';
import { parseJson } from './json.ts';
import { refuseNewer } from './read-findings.ts';

const Issue = z
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1);
const Commit = z.string().regex(/^[0-9a-f]{40}$/);
const Time = z.string().max(40);

/** How one run ended. */
export const runOutcomes = ['pushed', 'no-change', 'refused', 'failed', 'stopped', 'parked'] as const;
export type RunOutcome = (typeof runOutcomes)[number];

const Attempt = z.object({
  session: z.string().max(40),
  at: Time,
  /** A login; of one that Courier began on its own, what it answered: `review`, `checks`. */
  by: z.string().max(100),
  own: z.boolean().default(false),
  blueprint: z.string().max(64),
  outcome: z.enum(runOutcomes).optional(),
  why: z.string().max(2000).optional(),
  /** The commit that it pushed. */
  commit: Commit.optional(),
});

/** All runs of one issue: they share a branch and a pull request. */
export const IssueRuns = z.object({
  version: z.literal(1),
  issue: Issue,
  /** Named once, when the first run began: a new title makes no new branch. */
  branch: z.string().max(200),
  base: z.string().max(200),
  /** Whether GitHub shows the branch at the issue. */
  linked: z.boolean().default(false),
  /** The newest commit that Courier knows of the branch: its own, or one of a person that a run began from. */
  head: Commit.optional(),
  pullRequest: z
    .object({ number: Issue, url: z.string().max(500), state: z.enum(['open', 'merged', 'closed']).default('open') })
    .optional(),
  /** Who works on it now; from `until` on it counts as dead. */
  claim: z.object({ session: z.string().max(40), run: z.string().max(200), until: Time }).optional(),
  /** Oldest first. */
  attempts: z.array(Attempt).default([]),
});
export type IssueRuns = z.infer<typeof IssueRuns>;
export type Attempt = z.infer<typeof Attempt>;

/** @returns `undefined` for what cannot be read, or is about another issue. @throws UserError for that of a newer Courier. */
export function understandRuns(text: string, issue: number): IssueRuns | undefined {
  const json = parseJson(text);
  if ('damaged' in json) return undefined;
  refuseNewer(json.value);
  const runs = IssueRuns.safeParse(json.value).data;
  return runs?.issue === issue ? runs : undefined;
}
