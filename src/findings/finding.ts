import { z } from 'zod';
import { categories } from './category.ts';
import { Commit, IssueLink, verifications } from './issue-link.ts';
import { FindingRating } from './rating.ts';
import { Told } from './told.ts';

/** Repository-relative with forward slashes; lines count from 1, both ends included. */
export const Location = z.object({
  path: z.string(),
  startLine: z.number().int().positive().optional(),
  endLine: z.number().int().positive().optional(),
  symbol: z.string().optional(),
});
export type Location = z.infer<typeof Location>;

/** Code quoted from the repository. */
export const Evidence = z.object({
  path: z.string(),
  startLine: z.number().int().positive().optional(),
  endLine: z.number().int().positive().optional(),
  quote: z.string(),
  /** Set by checks only: `***` in the quote stands for a secret. Show the quote, never the file's own lines. */
  masked: z.literal(true).optional(),
});
export type Evidence = z.infer<typeof Evidence>;

/** A command that shows the problem, and what its presence looks like (default: a non-zero exit code). */
export const Reproduce = z.object({
  command: z.string(),
  present: z.object({ exitCode: z.number().int().optional(), match: z.string().optional() }).optional(),
  /** What came of running it when the finding was raised, a sentence by the host. */
  remark: z.string().optional(),
});
export type Reproduce = z.infer<typeof Reproduce>;

/** Who raised it. `name` is the scan's or the check's; `rule` is a check's rule id. */
export const Origin = z.object({ kind: z.enum(['agent', 'check']), name: z.string(), rule: z.string().optional() });
export type Origin = z.infer<typeof Origin>;

const described = {
  title: z.string(),
  description: z.string(),
  severity: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]),
  category: z.enum(categories),
  cwe: z.string().optional(),
  location: Location.optional(),
  evidence: z.array(Evidence),
  reproduce: Reproduce.optional(),
  expected: z.string().optional(),
  actual: z.string().optional(),
  nextSteps: z.array(z.string()),
  suggestedPrompt: z.string().optional(),
  /** 0 to 1. */
  confidence: z.number().min(0).max(1).optional(),
};

// 64 bits of SHA-256: enough to tell the lines of a repository apart, and no text of it is kept.
const Digest = z.string().regex(/^[0-9a-f]{16}$/);

/**
 * Where a problem is, as digests that survive edits elsewhere in the file; each part is compared on its own, like with like. `line` is the
 * first telling line of the quoted code and `block` the lines around it, both without white space; `scope` is the path of the enclosing
 * declarations (`Orders.total`), where there is one.
 */
export const Anchor = z.object({ path: Digest, scope: Digest.optional(), line: Digest, block: Digest.optional() });
export type Anchor = z.infer<typeof Anchor>;

/** What an agent or a check claims, normalised, before anything of it was proven. */
export const Candidate = z.object({
  ...described,
  /** The agent's own id for it within the session (`update_finding` refers to it). */
  ref: z.string().optional(),
  /** The id of a finding that the agent recognised. */
  known: z.string().optional(),
});
export type Candidate = z.infer<typeof Candidate>;

/** A candidate whose evidence the host has looked at. Its `fingerprint` holds no line number, count or date. */
export const RaisedFinding = Candidate.extend({
  origin: Origin,
  verified: z.enum(verifications),
  fingerprint: z.string(),
  /** Absent where no code was quoted. */
  anchor: Anchor.optional(),
  /** The details, in a session's file that everybody may read; bound to the fingerprint. */
  sealed: z.string().optional(),
});
export type RaisedFinding = z.infer<typeof RaisedFinding>;

/** A candidate that will not become a finding, and why. `title` is shown to people. */
export type RejectedCandidate = { title: string; reason: string };

const Sighting = z.object({ session: z.string(), at: z.string(), commit: z.string().optional() });

export const historyKinds = [
  'closed',
  'reopened',
  'ignored',
  'unignored',
  'duplicate',
  'locked',
  'unlocked',
  'gone',
  'priority',
  'retitled',
  'relabelled',
  'assigned',
  'investigated',
] as const;

/** Something that happened to a finding: what a person or another app did on GitHub, or that an investigation cites it. */
export const HistoryEntry = z.object({
  /** When it was done, where GitHub says so, else when it was seen. */
  at: z.string(),
  what: z.enum(historyKinds),
  /** Login, with `[bot]` for apps. */
  actor: z.string().optional(),
  /** One line, e.g. `completed`, `high`. */
  detail: z.string().optional(),
});
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const recheckVerdicts = ['present', 'gone', 'inconclusive'] as const;

export const findingStates = ['detected', 'open', 'investigated', 'resolved', 'ignored'] as const;

/** The ledger's record of a problem; it outlives the sessions that saw it. */
export const Finding = z.object({
  version: z.literal(1),
  id: z.string().regex(/^F-[0-9a-hjkmnp-tv-z]{8}$/),
  state: z.enum(findingStates),
  ...described,
  origin: Origin,
  verified: z.enum(verifications),
  /** Every fingerprint that it was ever recognised by, newest last. */
  fingerprints: z.array(z.string()),
  firstSeen: Sighting,
  lastSeen: Sighting,
  /** In how many sessions it was seen. */
  occurrences: z.number().int().nonnegative(),
  issue: IssueLink.optional(),
  /** Present while `resolved`: when, at which commit and by which proof; `evidence` is code of that commit that shows it. */
  resolution: z
    .object({
      at: z.string(),
      commit: z.string().optional(),
      proof: z.string(),
      evidence: z.array(Evidence).optional(),
    })
    .optional(),
  /** Seen again after it was resolved: at which commit. */
  regressed: z.object({ at: z.string(), commit: z.string().optional() }).optional(),
  /** Every anchor that it was ever seen at, newest last. */
  anchors: z.array(Anchor).default([]),
  /** Complete scans of its place, since it was last seen, that did not mention it. Never a reason to close, only to check again. */
  missed: z.number().int().nonnegative().default(0),
  /** The last time that somebody looked for this very finding. */
  lastCheck: z
    .object({
      at: z.string(),
      commit: z.string().optional(),
      session: z.string(),
      verdict: z.enum(recheckVerdicts),
      by: z.enum(['reproduce', 'check', 'agent', 'anchor']),
      proof: z.string(),
    })
    .optional(),
  /** Present while a person silences it. Without `until` for good; `how` says what ends it: by command where it is absent. */
  ignored: z
    .object({
      at: z.string(),
      by: z.string().optional(),
      /** A time, or a day (UTC) of which it holds the whole. */
      until: z.string().optional(),
      reason: z.string().optional(),
      how: z.enum(['not-planned', 'duplicate', 'label']).optional(),
    })
    .optional(),
  /** The priority that a person set, by label or command; it wins over what scans say. */
  prioritySet: z.object({ at: z.string(), by: z.string().optional() }).optional(),
  /** Number of the issue that this one's issue is a duplicate of, as a person said; sightings are counted there. */
  duplicateOf: z.number().int().positive().optional(),
  /** A person opened the issue again after a proof at this commit: a proof at the same one closes it no more. */
  contested: z.object({ at: z.string(), by: z.string().optional(), commit: z.string() }).optional(),
  /** A pull request of a run for it was merged (`commit`, on the default branch): whether it is gone is to be shown. `verdict`: what came of that. */
  repair: z
    .object({
      pullRequest: z.number().int().positive(),
      commit: Commit,
      at: z.string(),
      verdict: z.enum(['present', 'gone']).optional(),
    })
    .optional(),
  /** What people think of it; absent: nobody said. */
  ratings: z.array(FindingRating).optional(),
  /** The agent that raised it first. */
  raisedBy: z.object({ tool: z.string(), model: z.string() }).optional(),
  /** What people and other apps did to it, newest last; bounded. */
  history: z.array(HistoryEntry).default([]),
  /** Findings that may be the same problem: ids, undecided by a judge. */
  possiblySame: z.array(z.string()).default([]),
  told: Told.optional(),
  /** Details are withheld (public repository) and, where a key was given, kept sealed by the ledger. */
  sealed: z.string().optional(),
});
export type Finding = z.infer<typeof Finding>;
