import { z } from 'zod';
import { defaultModel } from '../agents/prices.ts';
import { Dollars, Glob, Name, Text } from './fields.ts';

export const agentTools = ['anthropic', 'claude-code', 'codex', 'opencode', 'gemini', 'none'] as const;

/** Those with which somebody works. */
const workingTools = agentTools.filter((tool) => tool !== 'none');

export const efforts = ['low', 'medium', 'high', 'max'] as const;

const settings = {
  tool: z
    .enum(agentTools)
    .default('anthropic')
    .describe('What drives a session: the built-in agent, an agent CLI, or none (checks only).'),
  model: z
    .string()
    .regex(/^\S+$/, 'a model id without white space')
    .default(defaultModel)
    .describe('Model id, as the agent tool spells it.'),
  effort: z.enum(efforts).default('high').describe('Thinking effort.'),
  temperature: z
    .number()
    .min(0)
    .max(2)
    .optional()
    .describe(
      'Sampling temperature. Sent only where the model takes it; elsewhere the session says that it has no effect.',
    ),
  maxTokens: z
    .number()
    .int()
    .min(256)
    .max(1_000_000)
    .default(32_000)
    .describe('Output tokens per response, thinking included.'),
  maxIterations: z
    .number()
    .int()
    .min(1)
    .max(1000)
    .default(40)
    .describe('Model turns of one session; the last one is for wrapping up.'),
  budgetUsd: z.number().gt(0).max(100_000).default(5).describe('Cost limit of one session, in US dollars.'),
  context: z
    .array(Glob)
    .default([])
    .describe('Bound context: documents that are put beside the system prompt, e.g. docs/ARCHITECTURE.md.'),
  skills: z
    .array(Glob)
    .default([])
    .describe('Domain knowledge packages that are copied into the sandbox, e.g. .claude/skills/*.'),
  commands: z
    .record(Name, Text)
    .default({})
    .describe('Named shell commands that the agent finds in the sandbox, e.g. typecheck: npx tsc --noEmit.'),
  scripts: z.array(Glob).default([]).describe('Executables that are copied into the sandbox, e.g. tools/scan-*.sh.'),
};

/** How an agent works: its tool, model, limits, and what it is given. */
export const AgentSettings = z.strictObject(settings);
export type AgentSettings = z.infer<typeof AgentSettings>;

function override<T extends z.core.SomeType>(setting: z.ZodDefault<T>) {
  return z.optional(setting.removeDefault()).describe(setting.description ?? '');
}

/** The agent that answers questions, by itself or when it is asked to: what it does not set is the Issue Agent's. */
export const AnsweringAgentSettings = z.strictObject({
  tool: override(settings.tool),
  model: override(settings.model),
  effort: override(settings.effort),
  temperature: settings.temperature,
  maxTokens: override(settings.maxTokens),
  maxIterations: override(settings.maxIterations),
  budgetUsd: override(settings.budgetUsd),
  context: override(settings.context),
  skills: override(settings.skills),
  commands: override(settings.commands),
  scripts: override(settings.scripts),
  auto: z
    .boolean()
    .default(false)
    .describe('Whether an answering session starts by itself when a scan leaves questions.'),
});

/** What a blueprint's role has of its own; all else is the Issue Agent's. */
export const AgentOverrides = z.strictObject({
  tool: z
    .enum(workingTools)
    .optional()
    .describe('What does this step: the built-in agent, or an agent CLI. Each needs the key of its own vendor.'),
  model: override(settings.model),
  effort: override(settings.effort),
  temperature: settings.temperature,
  maxTokens: override(settings.maxTokens),
  maxIterations: override(settings.maxIterations),
  budgetUsd: override(settings.budgetUsd),
  context: override(settings.context),
  skills: override(settings.skills),
});

/** US dollars per day and per month. */
export const Budget = z.strictObject({
  perDayUsd: Dollars.default(20).describe('What all sessions of a day (UTC) may cost together, in US dollars.'),
  perMonthUsd: Dollars.default(200).describe('What all sessions of a month (UTC) may cost together, in US dollars.'),
});
