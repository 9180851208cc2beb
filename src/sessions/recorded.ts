import { z } from 'zod';
import type { CheckOutcome } from '../checks/check.ts';
import { Candidate, Finding } from '../findings/finding.ts';
import { SettledPoint } from '../findings/settled-points.ts';
import { Discovery } from './discovery.ts';
import { RecordedIssue, RecordedScope } from './recorded-scope.ts';

/**
 * Answers as the event log keeps them (`recorded`), one line each: `what` it is, `about` what, and the answer. What is read back was
 * written by anybody and is validated here.
 */
export const recordedKinds = {
  /** How a check ended, without its findings. About: its name. */
  check: z.object({
    check: z.string(),
    kind: z.enum(['preset', 'configured']),
    tool: z.string().optional(),
    version: z.string().optional(),
    durationMs: z.number(),
    state: z.enum(['clean', 'findings', 'undetermined', 'not-applicable']),
    cause: z.enum(['unavailable', 'failed']).optional(),
    reason: z.string().optional(),
    held: z.object({ findings: z.number(), rules: z.array(z.string()) }).optional(),
  }),
  /** One finding of a check. About: the check's name. */
  'check-finding': z.object({ candidate: Candidate, rule: z.string().optional() }),
  /** Where files of known findings went. */
  renames: z.object({ renames: Discovery.shape.renames, notes: z.array(z.string()) }),
  /** What the runs of a command showed, or why none could be. About: the command. */
  command: z.union([
    z.array(
      z.union([
        z.object({ run: z.enum(['shows', 'silent']), exitCode: z.number() }),
        z.object({ run: z.literal('unknown'), why: z.string() }),
      ]),
    ),
    z.object({ refused: z.string() }),
  ]),
  judge: z.object({
    judged: Discovery.shape.judged,
    notes: z.array(z.string()),
    spent: z.array(
      z.object({
        usage: z.object({
          inputTokens: z.number(),
          outputTokens: z.number(),
          cacheReadTokens: z.number(),
          cacheWriteTokens: z.number(),
        }),
        costUsd: z.number().optional(),
      }),
    ),
  }),
  scope: RecordedScope,
  /** A finding of the ledger as the session found it. About: its id. */
  known: Finding,
  /** The same after people's acts on the issues, where that differs: what the session's result was applied to. */
  before: Finding,
  /** An issue as the plan was made with it. About: its number. */
  issue: RecordedIssue,
  /** An issue that may be of a finding whose creation was never answered. */
  adoptable: RecordedIssue,
  /** The plan that counts came to something else than the first: by then somebody else had changed the issues, and it was made with what is not on record. */
  'planned-anew': z.literal(true),
  /** Ids of findings that somebody asked to be filed. */
  requested: z.array(z.string()),
  /** What a finding hangs on and people settled. About: its id. */
  points: z.array(SettledPoint),
  /** What the session did to the ledger's findings. */
  applied: z.object({
    fresh: z.array(z.object({ id: z.string(), fingerprint: z.string().optional() })),
    seen: z.array(z.string()),
    resolved: z.array(z.string()),
    reopened: z.array(z.string()),
    ignored: z.array(z.string()),
  }),
} as const;

export type RecordedKind = keyof typeof recordedKinds;
export type RecordedAnswer = { what: RecordedKind; about: string; answer: unknown };

/** What came of the checks, in lines that are short however much a check found. */
export function toRecordedChecks(outcomes: readonly CheckOutcome[]): RecordedAnswer[] {
  return outcomes.flatMap((outcome): RecordedAnswer[] => {
    const about = outcome.check;
    if ('reason' in outcome) return [{ what: 'check', about, answer: outcome }];
    const { findings, ...rest } = outcome;
    const found = findings.map((answer): RecordedAnswer => ({ what: 'check-finding', about, answer }));
    return [{ what: 'check', about, answer: rest }, ...found];
  });
}
