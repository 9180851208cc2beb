import { z } from 'zod';
import { priorities } from '../findings/severity.ts';
import { agentTools, efforts } from './agent-settings.ts';
import { Glob, Name } from './fields.ts';
import { sandboxProviders } from './schema.ts';
import { listOf, positiveNumber, setting, wholeNumber } from './setting.ts';

/** When a scan fails the step or the command. */
export const failOnLevels = ['never', ...priorities] as const;

/** What may be said for one scan, in a workflow step and on the command line alike. Where it is not said, the configuration decides. */
export const scanSettings = {
  prompt: setting(z.string(), {
    description:
      'What the agent looks for. An agent scan needs it, unless the configuration names scans; where it is given, those are not run.',
    kind: 'text',
  }),
  scan: setting(listOf(Name, 'names of scans of the configuration, separated by commas'), {
    description: 'Names of configured scans, comma-separated. Not given: all of them.',
    kind: 'list',
  }),
  agent: setting(z.enum(agentTools), {
    description: `The agent tool: ${agentTools.join(', ')}. Not given: anthropic when its key is set, else none (checks only).`,
    kind: 'choice',
  }),
  model: setting(z.string().regex(/^\S+$/, 'a model id without white space'), {
    description: 'Model id, as the agent tool spells it. Not given: the configuration decides.',
    kind: 'text',
  }),
  effort: setting(z.enum(efforts), {
    description: `Thinking effort: ${efforts.join(', ')}. Not given: the configuration decides.`,
    kind: 'choice',
  }),
  maxIterations: setting(wholeNumber(1, 1000), {
    description: 'Model turns of a session; the last one is for wrapping up. Not given: the configuration decides.',
    kind: 'number',
  }),
  timeoutMinutes: setting(positiveNumber(1440), {
    description: 'Hard limit of a session in minutes. Not given: the configuration decides.',
    kind: 'number',
  }),
  budgetUsd: setting(positiveNumber(100_000), {
    description: 'Cost limit of a session in US dollars. Not given: the configuration decides.',
    kind: 'number',
  }),
  sandbox: setting(z.enum(sandboxProviders), {
    description:
      'Where untrusted commands run: auto, e2b, local. At auto the configuration decides, and else the keys: e2b when its key is set, else local.',
    kind: 'choice',
    default: 'auto',
  }),
  templateId: setting(z.string().regex(/^[\w.:/-]{1,200}$/, 'the id or name of a sandbox template'), {
    description: 'E2B template of this session. Not given: the configuration decides.',
    kind: 'text',
  }),
  memoryMb: setting(wholeNumber(128, 1_048_576), {
    description: 'Memory of the sandbox in MiB. Not given: the configuration decides.',
    kind: 'number',
  }),
  cpuCount: setting(wholeNumber(1, 256), {
    description: 'Number of CPUs of the sandbox. Not given: the configuration decides.',
    kind: 'number',
  }),
  paths: setting(listOf(Glob, 'patterns below the repository\'s root: relative, with "/", without ".."'), {
    description: 'Patterns to focus on, separated by commas or line breaks.',
    kind: 'list',
  }),
  maxNewIssues: setting(wholeNumber(0, 1000), {
    description:
      'New issues per session; further findings are kept in the ledger for the next session. At the default the configuration decides.',
    kind: 'number',
    default: '20',
  }),
  minPriority: setting(z.enum(priorities), {
    description: `Findings of a lower priority are kept in the ledger only: ${priorities.join(', ')}. At the default the configuration decides.`,
    kind: 'choice',
    default: 'low',
  }),
  failOn: setting(z.enum(failOnLevels), {
    description: `Fails with exit code 1 when an open finding has this priority or worse: ${failOnLevels.join(', ')}.`,
    kind: 'choice',
    default: 'never',
  }),
};
