import { z } from 'zod';
import { Glob } from '../src/config/fields.ts';
import { scanSettings } from '../src/config/scan-settings.ts';
import {
  choiceWithDefault,
  factsOf,
  parseSettings,
  type SettingFacts,
  setting,
  textWithDefault,
  toKebab,
} from '../src/config/setting.ts';
import { modes } from '../src/events/understand-event.ts';
import { UserError } from '../src/lib/errors.ts';
import { publishModes } from '../src/sessions/settings.ts';

const secret = (description: string, standard?: string) =>
  setting(z.string(), { description, kind: 'secret', ...(standard === undefined ? {} : { default: standard }) });

/** What a step may be given, in the order of `action.yml`. Values at the default of a setting that the configuration has too are absent. */
export const Inputs = z.object({
  mode: choiceWithDefault(
    modes,
    'auto',
    `What the step does: ${modes.join(', ')}. auto: decided by the event that started the workflow.`,
  ),
  prompt: scanSettings.prompt,
  scan: scanSettings.scan,
  agent: scanSettings.agent,
  model: scanSettings.model,
  effort: scanSettings.effort,
  maxIterations: scanSettings.maxIterations,
  timeoutMinutes: scanSettings.timeoutMinutes,
  budgetUsd: scanSettings.budgetUsd,
  sandbox: scanSettings.sandbox,
  paths: scanSettings.paths,
  publish: choiceWithDefault(
    publishModes,
    'issues',
    'What happens to the findings: issues, plan (dry run: print the operations, write nothing), none.',
  ),
  maxNewIssues: scanSettings.maxNewIssues,
  minPriority: scanSettings.minPriority,
  failOn: scanSettings.failOn,
  config: textWithDefault(
    Glob,
    '.github/courier.yml',
    'Configuration file, read from the default branch (base on pull requests), never from a fork.',
  ),
  templateId: scanSettings.templateId,
  memoryMb: scanSettings.memoryMb,
  cpuCount: scanSettings.cpuCount,
  request: setting(z.string(), { description: 'The request that the app dispatched.', kind: 'text' }),
  sessionPath: setting(z.string(), {
    description:
      'With mode publish: the session that a step with publish none left (its output of the same name). With a request that resumes: where its artifact was unpacked.',
    kind: 'text',
  }),
  // biome-ignore lint/suspicious/noTemplateCurlyInString: an expression of GitHub Actions, resolved by the runner
  githubToken: secret('Token for the GitHub API.', '${{ github.token }}'),
  anthropicApiKey: secret('Key of the built-in agent and of claude-code.'),
  openaiApiKey: secret('Key of codex.'),
  geminiApiKey: secret('Key of gemini.'),
  e2bApiKey: secret('Key of the E2B sandbox.'),
  ledgerKey: secret('Key that seals sensitive details in the ledger of a public repository.'),
});
export type Inputs = z.infer<typeof Inputs>;

/** One input as `action.yml` declares it. */
export type InputDeclaration = SettingFacts & { key: string; name: string };

export const inputs: readonly InputDeclaration[] = Object.entries(Inputs.shape).map(([key, schema]) => ({
  key,
  name: toKebab(key),
  ...factsOf(schema),
}));

/** What a step gives back, by name. */
export const outputs = {
  'session-id': 'Id of the session.',
  phase: 'Phase that the session ended in.',
  result: 'complete, partial, failed or skipped.',
  findings: 'Number of open findings.',
  created: 'Number of issues created.',
  updated: 'Number of issues updated.',
  resolved: 'Number of findings resolved.',
  reopened: 'Number of issues reopened.',
  questions: 'Number of questions that the agent asked.',
  assumptions: 'Number of assumptions that the agent made.',
  'cost-usd': 'Cost of the session in US dollars; empty where the price of the model is not known.',
  'report-path': 'Path of the HTML report.',
  'sarif-path': 'Path of the SARIF file.',
  'plan-path': 'Path of the plan: the operations on issues.',
  'session-path': 'Folder with the files of the session, for a step with mode publish and for resuming.',
} as const satisfies Record<string, string>;
export type OutputName = keyof typeof outputs;

// The runner sets every declared default, so that a default cannot be told from the same value written by hand: the configuration wins then.
const leftToConfiguration: readonly string[] = ['sandbox', 'maxNewIssues', 'minPriority'];

/**
 * Understands the `INPUT_*` variables as the runner sets them (upper case, hyphens kept).
 * @throws UserError that lists every problem: the input, what is allowed, what was given.
 */
export function parseInputs(env: Readonly<Record<string, string | undefined>>): Inputs {
  const given = inputs.map(({ key, name, default: standard }) => {
    const text = env[variableOf(name)];
    return [key, leftToConfiguration.includes(key) && text?.trim() === standard ? undefined : text];
  });
  const parsed = parseSettings(Inputs, Object.fromEntries(given), (key) => `Input ${toKebab(key)}`);
  if (parsed.mode === 'publish' && parsed.sessionPath === undefined) {
    throw new UserError('Input session-path: mode publish needs the output session-path of a step with publish: none.');
  }
  if (parsed.mode === 'request' && parsed.request === undefined) {
    throw new UserError('Input request: mode request needs the request that the app dispatched.');
  }
  return parsed;
}

/** The values that have to be masked before anything else is done or said; also each line of those that have several. */
export function credentialsIn(env: Readonly<Record<string, string | undefined>>): string[] {
  const values = inputs.filter(({ kind }) => kind === 'secret').map(({ name }) => env[variableOf(name)] ?? '');
  const lines = [...values, env.LANGFUSE_SECRET_KEY ?? '']
    .flatMap((value) => [value, ...value.split(/\r?\n/)])
    .map((value) => value.trim());
  return [...new Set(lines)].filter((value) => value !== '');
}

function variableOf(name: string): string {
  return `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`;
}
