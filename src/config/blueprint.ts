import { z } from 'zod';
import { AgentOverrides } from './agent-settings.ts';
import { Name, Text } from './fields.ts';

/** Roles of agents in a run. */
export const runRoles = ['planner', 'implementer', 'judge', 'evaluator'] as const;

const common = {
  name: Name.optional().describe('How the step is called in summaries.'),
  when: z
    .enum(['always', 'changed', 'unchanged', 'finding', 'reproducible'])
    .default('always')
    .describe(
      'When it is done: changed and unchanged ask whether the run has changed files by then, finding whether the issue is one of a finding, reproducible whether that has a command which shows the problem.',
    ),
};

const retries = z.number().int().min(0).max(10).default(1);

/** A step that an agent does in one of the four roles. */
const RoleStep = z.strictObject({
  role: z.enum(runRoles).describe('Who does this step.'),
  ...common,
  prompt: Text.optional().describe('What to do, besides what the issue says.'),
  agent: AgentOverrides.optional().describe("Agent settings of this step; all else is the Issue Agent's."),
  retries: retries.describe(
    'Of a judge: how often it may send the work back before the run fails. Of an implementer: how often a change that may not leave the sandbox goes back to it.',
  ),
});

const sentBack = retries.describe('How often a failure goes back to the implementer before the run fails.');

/** A command that has to succeed; a failure goes back to the implementer. */
const CommandGate = z.strictObject({
  run: Text.describe('Shell command in the sandbox that has to end with 0.'),
  ...common,
  retries: sentBack,
});

/** What Courier can tell by itself. */
const OwnGate = z.strictObject({
  verify: z
    .enum(['reproduce', 'checks', 'test-fails', 'test-passes'])
    .describe(
      "reproduce: the finding's own command no longer shows the problem. checks: presets and configured checks find nothing that they did not find before. test-fails, test-passes: how the test command ends that the implementer named.",
    ),
  ...common,
  retries: sentBack,
});

export type RoleStep = z.infer<typeof RoleStep>;
export type BlueprintStep = RoleStep | z.infer<typeof CommandGate> | z.infer<typeof OwnGate>;

/** The steps that a run follows. */
export const Blueprint = z.strictObject({
  about: Text.optional().describe('What it is for, in a sentence.'),
  steps: z
    .array(z.union([RoleStep, CommandGate, OwnGate]))
    .min(1, 'one step or more')
    .max(30, 'at most 30 steps')
    .describe('Roles and gates, in order.'),
});
export type Blueprint = z.infer<typeof Blueprint>;
