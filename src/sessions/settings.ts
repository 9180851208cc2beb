import type { Briefing } from '../agents/briefing.ts';
import type { OpenMatters } from '../agents/open-matters.ts';
import { keyNames, modelFor, vendorFor } from '../agents/programs/programs.ts';
import type { Configuration } from '../config/schema.ts';
import { noteWithoutEffect } from '../config/without-effect.ts';
import type { IssueSettings } from '../findings/plan-issue-changes.ts';
import type { Priority } from '../findings/severity.ts';
import type { Investigation } from '../investigations/investigation.ts';
import { UserError } from '../lib/errors.ts';
import { suggest } from '../lib/text.ts';
import type { GatewayVendor } from '../sandboxes/gateway.ts';
import { type ChosenSandbox, chooseSandbox, type SandboxOverrides } from './choose-sandbox.ts';
import type { IssueRun } from './issue-run.ts';

export const publishModes = ['issues', 'plan', 'none'] as const;
export type PublishMode = (typeof publishModes)[number];

/** What the step's inputs or the command line's options say for this session; absent: the configuration decides. */
export type Overrides = SandboxOverrides & {
  prompt?: string | undefined;
  scan?: readonly string[] | undefined;
  agent?: Configuration['issueAgent']['tool'] | undefined;
  model?: string | undefined;
  effort?: Configuration['issueAgent']['effort'] | undefined;
  maxIterations?: number | undefined;
  timeoutMinutes?: number | undefined;
  budgetUsd?: number | undefined;
  paths?: readonly string[] | undefined;
  publish?: PublishMode | undefined;
  maxNewIssues?: number | undefined;
  minPriority?: Priority | undefined;
  failOn?: Priority | 'never' | undefined;
};

/** One agent scan to run. */
export type AgentScan = {
  /** Of a part, its own: `security (2 of 4)`. */
  name: string;
  prompt: string;
  paths: readonly string[];
  /** Whether a blocking question waits for its answer. Default: it is recorded, and the agent goes on with an assumption. */
  questions?: 'record' | 'block';
  /** What its agent gets to read besides the bound context, as data. */
  documents?: readonly { path: string; text: string }[];
  /** It looks for no findings: it answers a question. */
  inquiry?: Inquiry;
  /** It looks for no findings: it reviews what another session left open. */
  answering?: Answering | undefined;
  /** It looks for no findings: it works on an issue, in steps. */
  errand?: Errand;
  /** One agent of several that look at parts of the repository side by side; absent: it looks alone. */
  part?: ScanPart;
};

/** A question to the agent, with what it begins with and the checks that it may run. */
export type Inquiry = {
  asked?: Investigation['asked'];
  briefing: readonly Briefing[];
  checks: readonly string[];
};

/** What an answering agent is given beside its task. `seen`: the revisions of the assumptions in it. */
export type Answering = {
  session: string;
  open: OpenMatters;
  seen: Readonly<Record<string, number>>;
  briefing: readonly Briefing[];
};

/** What a run works on, and along which steps. */
export type Errand = Pick<IssueRun, 'issue' | 'title' | 'blueprint' | 'branch' | 'base' | 'head'>;

/** `of`: the scan that it is a part of. */
export type ScanPart = { of: AgentScan; number: number; count: number; files: ReadonlySet<string> };

/** A session whose work is split among the jobs of a workflow's matrix, and which of them this is. */
export type Split = { session: string; number: number; of: number };

export type ScanSettings = {
  /** Empty: checks only. */
  scans: readonly AgentScan[];
  agent: Configuration['issueAgent'];
  timeoutMs: number;
  /** Milliseconds without any event after which an agent that works is stopped. */
  stallMs: number;
  /** Milliseconds that an agent is kept which waits for an answer; 0: for ever. */
  inactivityMs: number;
  sandbox: Omit<ChosenSandbox, 'notes'>;
  publish: PublishMode;
  failOn: Priority | 'never';
  presets: Configuration['presets'];
  checks: Configuration['checks'];
  issues: Configuration['issues'] & Pick<IssueSettings, 'gate'>;
  /** Labels that configured scans add to the issues of their findings. */
  labelsByScan: Readonly<Record<string, readonly string[]>>;
  rules: Configuration['rules'];
  ignore: Configuration['ignore'];
  /** Whether a model decides which findings are the same where words and places leave it open. */
  judge: boolean;
  budget: Configuration['budget'];
  /** Where ratings go besides the ledger. */
  feedback: Configuration['feedback'];
  /** Who may speak to the session. */
  permissions: Configuration['permissions'];
  ledgerBranch: string;
  dashboard: boolean;
  /** One job of several: with what the session as a whole was to do, by which its work is divided. */
  split?: Split & { scans: readonly AgentScan[]; budgetUsd: number };
  /** What a person should know about how the settings came about. */
  notes: readonly string[];
};

export type KeysAtHand = {
  /** Whether there is a key with which an agent can work. */
  hasModelKey: boolean;
  /** Whose keys there are. Default: that of the built-in agent, where there is one. */
  modelKeys?: readonly GatewayVendor[] | undefined;
  hasE2bKey?: boolean;
  strict: boolean;
};

/**
 * The configuration with the overrides of this session.
 * @param keys.strict a key without anything to scan for is an error (a workflow step), not a note (the command line).
 * @throws UserError that says what to set.
 */
export function resolveSettings(
  config: Configuration,
  overrides: Overrides,
  { hasModelKey, modelKeys = hasModelKey ? ['anthropic'] : [], hasE2bKey = false, strict }: KeysAtHand,
): ScanSettings {
  const tool = toolOf(config, overrides, modelKeys);
  const chosen = chooseSandbox(config, overrides, { hasAgent: tool !== 'none', hasE2bKey });
  const scans = scansOf(config, overrides, tool);
  const { issueAgent, issues, sandbox } = config;
  const timeoutMs =
    overrides.timeoutMinutes === undefined ? sandbox.timeoutMs : Math.round(overrides.timeoutMinutes * 60_000);
  return {
    scans,
    agent: {
      ...issueAgent,
      tool,
      model: modelFor(tool, overrides.model ?? issueAgent.model),
      effort: overrides.effort ?? issueAgent.effort,
      maxIterations: overrides.maxIterations ?? issueAgent.maxIterations,
      budgetUsd: overrides.budgetUsd ?? issueAgent.budgetUsd,
    },
    timeoutMs: Math.min(timeoutMs, sandbox.timeoutMs),
    stallMs: sandbox.stallTimeout * 1000,
    inactivityMs: sandbox.inactivityTimeout * 1000,
    sandbox: withoutNotes(chosen),
    publish: overrides.publish ?? 'issues',
    failOn: overrides.failOn ?? 'never',
    presets: config.presets,
    checks: config.checks,
    issues: {
      ...issues,
      gate: config.review.gate,
      maxNew: overrides.maxNewIssues ?? issues.maxNew,
      minPriority: overrides.minPriority ?? issues.minPriority,
    },
    labelsByScan: Object.fromEntries(Object.entries(config.scans).map(([name, { labels }]) => [name, labels])),
    rules: config.rules,
    ignore: config.ignore,
    judge: config.review.judge,
    budget: config.budget,
    feedback: config.feedback,
    permissions: config.permissions,
    ledgerBranch: config.ledger.branch,
    dashboard: config.dashboard,
    notes: [
      ...chosen.notes,
      ...notesOn(scans, { tool, mustScan: strict || overrides.agent !== undefined }),
      ...[noteWithoutEffect(config)].filter((note) => note !== undefined),
    ],
  };
}

function withoutNotes({ notes: _, ...sandbox }: ChosenSandbox): ScanSettings['sandbox'] {
  return sandbox;
}

/** The same without whatever asks for an agent: the checks alone, whatever the step or the configuration name. */
export function withoutAgent(overrides: Overrides): Overrides {
  return { ...overrides, agent: 'none', prompt: undefined, scan: undefined };
}

function notesOn(scans: readonly AgentScan[], { tool, mustScan }: { tool: string; mustScan: boolean }): string[] {
  if (tool === 'none' || scans.length > 0) return [];
  const sentence = 'The agent has nothing to look for: give a prompt, or name scans in .github/courier.yml.';
  if (mustScan) throw new UserError(`${sentence} To run the checks alone set agent to none.`);
  return [`${sentence} Only the checks ran.`];
}

function toolOf(
  { issueAgent }: Configuration,
  { agent, model = issueAgent.model }: Overrides,
  modelKeys: readonly GatewayVendor[],
): Configuration['issueAgent']['tool'] {
  const wanted = agent ?? issueAgent.tool;
  if (wanted === 'none') return 'none';
  const vendor = vendorFor(wanted, model);
  if (vendor && modelKeys.includes(vendor)) return wanted;
  // Without any key the checks alone run; who has one for another tool has to be told that theirs does not work.
  if (agent === undefined && modelKeys.length === 0) return 'none';
  if (!vendor) throw new UserError(`The agent tool ${wanted} is not offered by this version of Courier.`);
  const { input, variable } = keyNames[vendor];
  throw new UserError(
    `The agent ${wanted} needs a key: set the input ${input} (${variable} on the command line), or set agent to none to run the checks alone.`,
  );
}

function scansOf(config: Configuration, overrides: Overrides, tool: string): AgentScan[] {
  if (tool === 'none') {
    if (!overrides.prompt) return [];
    throw new UserError(
      'A prompt needs an agent: set anthropic-api-key (ANTHROPIC_API_KEY on the command line), or leave the prompt out to run the checks alone.',
    );
  }
  if (overrides.prompt) return [{ name: 'prompt', prompt: overrides.prompt, paths: overrides.paths ?? [] }];
  const names = Object.keys(config.scans);
  const wanted = overrides.scan?.length ? overrides.scan : names;
  return wanted.map((name) => {
    const scan = Object.hasOwn(config.scans, name) ? config.scans[name] : undefined;
    if (!scan) throw new UserError(unknownScan(name, names));
    return { name, prompt: scan.prompt, paths: overrides.paths ?? scan.paths, questions: scan.questions };
  });
}

function unknownScan(name: string, names: readonly string[]): string {
  const near = suggest(name, names);
  const hint = near ? ` Did you mean ${near}?` : '';
  return `No scan is named ${name} in the configuration: it names ${names.length ? names.join(', ') : 'none'}.${hint}`;
}
