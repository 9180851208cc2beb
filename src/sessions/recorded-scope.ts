import { z } from 'zod';
import { Configuration } from '../config/schema.ts';
import type { IssueSnapshot } from '../findings/issue.ts';
import { priorities } from '../findings/severity.ts';
import { publishModes } from './settings.ts';

const { issueAgent, presets, checks, issues, rules, ignore } = Configuration.shape;

/** Of a session that answers: what was open. Its words were for the agent. */
const RecordedAnswering = z.object({
  session: z.string(),
  open: z.object({ questions: z.array(z.string()), assumptions: z.array(z.string()) }),
  seen: z.record(z.string(), z.number()),
});

/** What a session was to do, with which settings, and where: what a replay starts from. Nothing of it is ever run. */
export const RecordedScope = z.object({
  settings: z.object({
    scans: z.array(
      z.object({
        name: z.string(),
        prompt: z.string(),
        paths: z.array(z.string()),
        answering: RecordedAnswering.optional().transform((answering) => answering && { ...answering, briefing: [] }),
      }),
    ),
    agent: issueAgent,
    timeoutMs: z.number(),
    publish: z.enum(publishModes),
    failOn: z.enum([...priorities, 'never']),
    presets,
    checks,
    // Sessions of before know no gate.
    issues: issues.unwrap().extend({ gate: z.enum(['none', 'human']).default('none') }),
    labelsByScan: z.record(z.string(), z.array(z.string())),
    rules,
    ignore,
    judge: z.boolean(),
  }),
  trigger: z.object({
    name: z.string(),
    actor: z.string().optional(),
    ref: z.string().optional(),
    run: z.string().optional(),
    pullRequest: z
      .object({ number: z.number(), baseRef: z.string(), baseCommit: z.string(), fork: z.boolean() })
      .optional(),
  }),
  remote: z
    .object({
      name: z.string(),
      id: z.string(),
      defaultBranch: z.string(),
      defaultHead: z.string().optional(),
      visibility: z.enum(['public', 'private', 'internal']),
      url: z.string(),
    })
    .optional(),
  reconciles: z.union([z.object({ may: z.literal(true) }), z.object({ may: z.literal(false), why: z.string() })]),
  /** By path: first and last line of each place that counts. */
  changedLines: z.array(z.tuple([z.string(), z.array(z.tuple([z.number(), z.number()]))])).optional(),
  recheckAll: z.boolean().optional(),
  /** Why it could not be whole from its beginning, a sentence each. */
  reasons: z.array(z.string()).default([]),
});
export type RecordedScope = z.infer<typeof RecordedScope>;

const Act = z.object({ at: z.string(), by: z.string().optional() }).transform(({ at, by }) => ({ at, by }));

/** An issue as GitHub showed it. */
export const RecordedIssue = z
  .object({
    number: z.number(),
    url: z.string(),
    title: z.string(),
    body: z.string(),
    state: z.enum(['open', 'closed']),
    stateReason: z.enum(['completed', 'not_planned', 'duplicate', 'reopened']).optional(),
    labels: z.array(z.string()),
    locked: z.boolean(),
    author: z.string().optional(),
    closedBy: z.string().optional(),
    closedAt: z.string().optional(),
    closedWith: z.object({ pullRequest: z.number().optional(), commit: z.string().optional() }).optional(),
    closedOnBoard: z.boolean().optional(),
    reopened: Act.optional(),
    duplicateOf: z.number().optional(),
    labelled: z
      .array(
        z
          .object({ at: z.string(), by: z.string().optional(), label: z.string() })
          .transform(({ at, by, label }) => ({ at, by, label })),
      )
      .optional(),
  })
  .transform(
    ({ stateReason, author, closedBy, ...rest }): IssueSnapshot => ({ ...rest, stateReason, author, closedBy }),
  );
