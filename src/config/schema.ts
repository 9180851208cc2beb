import { z } from 'zod';
import { presetNames } from '../checks/presets/names.ts';
import { categories } from '../findings/category.ts';
import { priorities, severities } from '../findings/severity.ts';
import { modelKeyPlaces } from '../sandboxes/sandbox.ts';
import { AgentSettings, AnsweringAgentSettings, Budget } from './agent-settings.ts';
import { Blueprint } from './blueprint.ts';
import { BranchName, Day, Glob, Host, Login, Name, RepositoryName, Text } from './fields.ts';
import { longestRule, whyNoRule } from './rule-text.ts';

export const sandboxProviders = ['auto', 'e2b', 'local'] as const;

const Sandbox = z.strictObject({
  provider: z
    .enum(sandboxProviders)
    .default('auto')
    .describe('Where untrusted commands run; auto: e2b when its key is set, else local.'),
  templateId: Text.default('base').describe(
    "E2B template of the sandbox; a template fixes the sandbox's size when it is built.",
  ),
  memoryMb: z
    .number()
    .int()
    .min(128)
    .max(1_048_576)
    .optional()
    .describe("Memory in MiB. Unset: the template's own, or half of the machine's."),
  cpuCount: z.number().int().min(1).max(256).optional().describe("Number of CPUs. Unset: the template's own."),
  timeoutMs: z
    .number()
    .int()
    .min(1000)
    .max(86_400_000)
    .default(3_600_000)
    .describe('Hard limit of a session in milliseconds, enforced; at most a day.'),
  stallTimeout: z
    .number()
    .int()
    .min(1)
    .max(86_400)
    .default(600)
    .describe('Seconds without any event after which a working session is stopped.'),
  inactivityTimeout: z
    .number()
    .int()
    .min(0)
    .max(2_592_000)
    .default(86_400)
    .describe(
      'Seconds that an idle or waiting session is kept before it is stopped (it can be resumed); 0 disables this.',
    ),
  setup: Text.optional().describe('Command that prepares the sandbox, inside it, e.g. npm ci.'),
  keepSetup: z
    .boolean()
    .default(true)
    .describe('Whether what setup made is kept for later sandboxes: in a folder of the machine, at E2B as a snapshot.'),
  modelKey: z
    .enum(modelKeyPlaces)
    .default('outside')
    .describe(
      "At E2B, for agent tools other than the built-in one: outside adds the model's key outside of the sandbox; inside also takes an account that cannot, and gives the sandbox the key.",
    ),
  network: z
    .strictObject({
      allow: z
        .array(Host)
        .default([])
        .describe('Hosts open during setup only; after it, nothing but what the agent tool needs.'),
    })
    .prefault({})
    .describe('What the sandbox may reach.'),
});

const Scan = z.strictObject({
  prompt: Text.describe('What the agent looks for.'),
  paths: z.array(Glob).default([]).describe('Patterns to focus on; none: everything.'),
  labels: z.array(Text).default([]).describe('Further labels for the issues of this scan.'),
  questions: z
    .enum(['record', 'block'])
    .default('record')
    .describe('Whether a question is only recorded, or a blocking one parks the session until somebody answers.'),
});

const Check = z.strictObject({
  run: Text.describe('Shell command. Without a format, any exit code but 0 is the finding.'),
  format: z
    .enum(['exit-code', 'sarif'])
    .default('exit-code')
    .describe('How to read the outcome; sarif: each result on standard output is a finding.'),
  severity: z
    .literal(severities)
    .optional()
    .describe('1 critical, 2 high, 3 medium, 4 low. Unset: 3 for an exit code, the level of the result for SARIF.'),
  title: Text.optional().describe("Title of the finding. Unset: made from the check's name."),
  nextSteps: z.array(Text).default([]).describe('What a person should do about it.'),
});

const Issues = z.strictObject({
  labels: z.array(Text).default(['courier']).describe('Labels on every issue.'),
  assignees: z.array(Login).default([]).describe('Who is assigned to new issues.'),
  minPriority: z.enum(priorities).default('low').describe('Findings of a lower priority are kept in the ledger only.'),
  maxNew: z
    .number()
    .int()
    .min(0)
    .max(1000)
    .default(20)
    .describe('New issues per session; further findings are kept in the ledger.'),
  sensitive: z
    .enum(['auto', 'withhold'])
    .default('auto')
    .describe(
      'Security findings on a public repository. auto: a draft advisory or a code scanning alert where the token may, else withheld; withhold: always withheld.',
    ),
  unverified: z
    .enum(['label', 'hold', 'drop'])
    .default('label')
    .describe('Findings without proof. label: filed and labelled; hold: kept in the ledger only; drop: rejected.'),
});

const Rule = z.strictObject({
  paths: z.array(Glob).min(1, 'one pattern or more').describe('Where it holds.'),
  text: Text.max(longestRule)
    .superRefine((text, { addIssue }) => {
      const why = text.length > longestRule ? undefined : whyNoRule(text);
      if (why !== undefined) addIssue({ code: 'custom', message: why });
    })
    .describe('One to three sentences that frame the work of agents there; never changes a severity.'),
});

const Ignore = z
  .strictObject({
    category: z.enum(categories).optional().describe('Only findings of this category.'),
    paths: z.array(Glob).default([]).describe('Only findings in these places; none: everywhere.'),
    reason: Text.describe('Why.'),
    until: Day.optional().describe('Last day on which it holds (UTC), as YYYY-MM-DD. Unset: for good.'),
  })
  .refine((ignore) => ignore.category !== undefined || ignore.paths.length > 0, 'a category, paths or both');

const Review = z.strictObject({
  judge: z
    .boolean()
    .default(true)
    .describe(
      'Whether a judge (one call of the model) decides which findings are known ones where places and words leave it open, and whether the built-in blueprints of runs have a judge.',
    ),
  evaluator: z
    .boolean()
    .default(true)
    .describe('Whether the built-in blueprints of runs end with an evaluator, which scores what was delivered.'),
  gate: z
    .enum(['none', 'human'])
    .default('none')
    .describe(
      'human: new findings wait on the dashboard and in the ledger until a person files them, by its box there or with /courier file.',
    ),
});

const Runs = z.strictObject({
  protectedPaths: z
    .array(Glob)
    .max(200, 'at most 200 patterns')
    .default([])
    .describe('Paths that no run may change, add or remove, besides those that none ever may.'),
});

// Public commands are answered by a reaction only below triage, so nothing may ask for less.
const permissionLevels = ['triage', 'write', 'maintain', 'admin'] as const;
const permission = (standard: (typeof permissionLevels)[number], meaning: string) =>
  z.enum(permissionLevels).default(standard).describe(meaning);

const Permissions = z.strictObject({
  answer: permission('triage', 'Answering questions and asking.'),
  approve: permission('write', 'Approving, declining and correcting assumptions.'),
  run: permission('write', 'Starting and steering sessions and runs.'),
  admin: permission('maintain', 'Deleting sessions, pausing and unpausing.'),
});

const Ledger = z.strictObject({
  branch: BranchName.default('courier-ledger').describe('Branch that holds the record.'),
  repository: RepositoryName.nullable()
    .default(null)
    .describe('owner/name of another repository for it, where the rules of this one forbid the branch.'),
});

const fromEnvironment = (variable: string) =>
  z
    .literal('env', `the word env: the key never belongs in this file, set ${variable} instead`)
    .default('env')
    .describe(`Always env: the key is read from ${variable}.`);

const Feedback = z.strictObject({
  langfuse: z
    .strictObject({
      baseUrl: z.url({ protocol: /^https?$/, error: 'an http or https URL' }).describe('Where Langfuse answers.'),
      publicKey: fromEnvironment('LANGFUSE_PUBLIC_KEY'),
      secretKey: fromEnvironment('LANGFUSE_SECRET_KEY'),
    })
    .optional()
    .describe('Sends ratings and traces to Langfuse.'),
});

// `prompt` is what the ledger calls the scan of the input of that name.
const ScanName = Name.refine((name) => name !== 'prompt', 'another name: "prompt" stands for the prompt input');

/** The whole of `.github/courier.yml`. */
export const Configuration = z.strictObject({
  issueAgent: AgentSettings.prefault({}).describe('The Issue Agent, which scans and runs.'),
  answeringAgent: AnsweringAgentSettings.prefault({}).describe('The agent that answers questions.'),
  sandbox: Sandbox.prefault({}).describe('Where untrusted commands run.'),
  scans: z.record(ScanName, Scan).default({}).describe('Agent scans by name.'),
  presets: z
    .union([z.enum(['auto', 'none']), z.array(z.enum(presetNames))])
    .default('auto')
    .describe(
      `Keyless checks that switch themselves on where they apply: auto, none, or a list of ${presetNames.join(', ')}.`,
    ),
  checks: z.record(Name, Check).default({}).describe('Deterministic checks by name.'),
  issues: Issues.prefault({}).describe('How findings become issues.'),
  rules: z.array(Rule).default([]).describe('Framing for agents by path.'),
  ignore: z.array(Ignore).default([]).describe('Standing suppressions, each with a reason.'),
  review: Review.prefault({}).describe('Who looks at what agents deliver.'),
  blueprints: z
    .record(Name, Blueprint)
    .default({})
    .describe('What a run does, by name; also .courier/blueprints/*.yml.'),
  runs: Runs.prefault({}).describe('What all runs have to keep to.'),
  permissions: Permissions.prefault({}).describe('What a command needs at least; never lower than triage.'),
  budget: Budget.prefault({}).describe('What all sessions may cost together.'),
  ledger: Ledger.prefault({}).describe('Where the record is kept.'),
  dashboard: z.boolean().default(true).describe('Whether a dashboard issue is kept up to date.'),
  feedback: Feedback.prefault({}).describe('Where ratings go besides the ledger.'),
});
export type Configuration = z.infer<typeof Configuration>;
