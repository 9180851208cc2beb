import { z } from 'zod';
import { RaisedFinding } from '../findings/finding.ts';
import { Verdict } from '../findings/verdict.ts';
import { toRepositoryPath } from '../lib/safe-path.ts';
import { Proposal, Withdrawal } from '../questions/proposal.ts';
import { Session } from './session.ts';
import { SplitMark, sessionId } from './split.ts';

// Beyond what all checks and scans of a session may raise.
const mostRaised = 10_000;

function isPlacedInside({ location, evidence }: RaisedFinding): boolean {
  const paths = [...(location ? [location.path] : []), ...evidence.map(({ path }) => path)];
  return paths.every((path) => toRepositoryPath(path) === path);
}

const texts = z.record(z.string().max(1024), z.string().max(2000));

/** One text per file, as src/coverage/coverage-text.ts writes and reads them: what is no such text counts for nothing. */
const DiscoveredCoverage = z.object({
  files: texts,
  scans: z.array(z.object({ scan: z.string(), day: z.iso.date(), looks: texts })).max(1000),
});

const Proposed = z.object({
  session: z.string().regex(sessionId, 'no id of a session'),
  proposals: z.array(Proposal).max(1000),
  withdrawals: z.array(Withdrawal).max(1000),
  /** The revision of each assumption that the agent was told of. */
  seen: z.record(z.string().max(40), z.number().int().positive()),
});

/**
 * What a session saw, before anything was written: enough to publish it later, in another job, without an agent.
 * The file of a two-job workflow; what is read back is validated with this schema like any untrusted text.
 */
export const Discovery = z.object({
  version: z.literal(1),
  /** Id and times name its place in the ledger. */
  session: Session.extend({
    id: z.string().regex(sessionId, 'no id of a session'),
    commit: z
      .string()
      .regex(/^[0-9a-f]{40,64}$/)
      .optional(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().optional(),
  }),
  raised: z.array(RaisedFinding.refine(isPlacedInside, 'a path that is not inside the repository')).max(mostRaised),
  /** Checks that ran to their end: only for these does absence mean anything. `heldRules` were capped and prove nothing. */
  determined: z.array(z.object({ check: z.string(), version: z.string().optional(), heldRules: z.array(z.string()) })),
  /** Verdicts on known findings that somebody looked for on purpose. */
  verdicts: z.array(Verdict).default([]),
  /** Agent scans that ran to their end, with the paths that they covered (none: everything). Only these can miss a finding. */
  covered: z.array(z.object({ scan: z.string(), paths: z.array(z.string().max(1000)).max(1000) })).default([]),
  /** Files that were renamed or moved since the ledger last saw the repository: old path, new path. */
  renames: z.array(z.tuple([z.string(), z.string()])).default([]),
  /** Paths of known findings that the scanned commit does not have. */
  gone: z.array(z.string()).default([]),
  /** What a judge said about raised findings (by fingerprint) and known ones that words and places left undecided. */
  judged: z.array(z.object({ fingerprint: z.string(), finding: z.string(), same: z.boolean() })).default([]),
  /** Ids of known findings that an answer cites. */
  investigated: z.array(z.string()).max(1000).optional(),
  /** What an answering session proposes about another one, with quotes that stand in the files. */
  proposed: Proposed.optional(),
  /** The files that there are, and what the agents saw of them; absent where nobody watched. */
  coverage: DiscoveredCoverage.optional(),
  /** What became of the code that assumptions rest on which people approved. */
  bases: z
    .array(z.object({ session: z.string().max(40), id: z.string().max(40), changed: z.string().max(600).optional() }))
    .max(10_000)
    .optional(),
  /** What one job of several saw: nothing of it stands for the whole session. */
  split: SplitMark.optional(),
  /** Of the default branch's head: may change issues. */
  reconciles: z.boolean(),
  /** Why it may not, in a sentence. */
  reconcilesNot: z.string().optional(),
  /** GitHub's id of the repository, where there is one. */
  repositoryId: z.string().optional(),
  visibility: z.enum(['public', 'private', 'internal']).optional(),
});
export type Discovery = z.infer<typeof Discovery>;
