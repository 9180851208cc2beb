import { z } from 'zod';
import { AgentOverrides } from './agent-settings.ts';
import { Name, Text } from './fields.ts';

/** A step that an agent does in one of the four roles. */
const RoleStep = z.strictObject({
  role: z.enum(['planner', 'implementer', 'judge', 'evaluator']).describe('Who does this step.'),
  name: Name.optional().describe('How the step is called in summaries.'),
  prompt: Text.optional().describe('What to do, besides what the issue says.'),
  agent: AgentOverrides.optional().describe("Agent settings of this step; all else is the Issue Agent's."),
});

/** A command that has to succeed; a failure goes back to the implementer. */
const GateStep = z.strictObject({
  run: Text.describe('Shell command in the sandbox that has to end with 0.'),
  name: Name.optional().describe('How the step is called in summaries.'),
  retries: z
    .number()
    .int()
    .min(0)
    .max(10)
    .default(1)
    .describe('How often a failure goes back to the implementer before the run fails.'),
});

/** The steps that a run follows. */
export const Blueprint = z.strictObject({
  steps: z
    .array(z.union([RoleStep, GateStep]))
    .min(1, 'one step or more')
    .describe('Roles and gates, in order.'),
});
