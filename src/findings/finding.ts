import { z } from 'zod';
import { categories } from './category.ts';

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

/** What an agent or a check claims, normalised, before anything of it was proven. */
export const Candidate = z.object({
  ...described,
  /** The agent's own id for it within the session (`update_finding` refers to it). */
  ref: z.string().optional(),
  /** The id of a finding that the agent recognised. */
  known: z.string().optional(),
});
export type Candidate = z.infer<typeof Candidate>;

export const verifications = ['reproduced', 'quoted', 'none'] as const;
export type Verified = (typeof verifications)[number];

/** A candidate whose evidence the host has looked at. Its `fingerprint` holds no line number, count or date. */
export const RaisedFinding = Candidate.extend({
  origin: Origin,
  verified: z.enum(verifications),
  fingerprint: z.string(),
  /** The details, in a session's file that everybody may read; bound to the fingerprint. */
  sealed: z.string().optional(),
});
export type RaisedFinding = z.infer<typeof RaisedFinding>;

/** A candidate that will not become a finding, and why. `title` is shown to people. */
export type RejectedCandidate = { title: string; reason: string };

const Sighting = z.object({ session: z.string(), at: z.string(), commit: z.string().optional() });

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
  /** The title and labels that Courier last wrote: what differs on GitHub was changed by a person and stays. */
  title: z.string().optional(),
  labels: z.array(z.string()).default([]),
});
export type IssueLink = z.infer<typeof IssueLink>;

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
  /** Present while `resolved`: when, at which commit and by which proof. */
  resolution: z.object({ at: z.string(), commit: z.string().optional(), proof: z.string() }).optional(),
  /** Seen again after it was resolved: at which commit. */
  regressed: z.object({ at: z.string(), commit: z.string().optional() }).optional(),
  /** Details are withheld (public repository) and, where a key was given, kept sealed by the ledger. */
  sealed: z.string().optional(),
});
export type Finding = z.infer<typeof Finding>;
