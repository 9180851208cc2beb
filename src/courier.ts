import path from 'node:path';
import type { E2bAccess } from './adapters/e2b/account.ts';
import type { LeftSandbox } from './adapters/e2b/end-sandboxes.ts';
import { createBuiltInAgent } from './agents/run-agent.ts';
import type { Trigger } from './events/trigger.ts';
import type { DashboardEdit } from './events/understand-dashboard-edit.ts';
import { answerTicks } from './flows/answer-ticks.ts';
import { beginFrom } from './flows/begin-from.ts';
import { closeKilled } from './flows/close-killed.ts';
import { controlSession } from './flows/control-session.ts';
import { createFolderMailbox } from './flows/local-mailbox.ts';
import type { ScanOutcome } from './flows/outcome.ts';
import type { Ports, Progress, Reported } from './flows/ports.ts';
import { publish } from './flows/publish.ts';
import { type Records, readRecords } from './flows/read-records.ts';
import type { Replay } from './flows/replay.ts';
import { resume } from './flows/resume.ts';
import { scan } from './flows/scan.ts';
import type { Controlled, ControlRequest } from './flows/session-order.ts';
import { verify } from './flows/verify.ts';
import { systemClock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import { courierVersion } from './lib/version.ts';
import { environmentSecrets } from './publishing/environment-secrets.ts';
import { createGate } from './publishing/gate.ts';
import type { SandboxSize, SandboxSpec } from './sandboxes/sandbox.ts';
import type { Session } from './sessions/session.ts';
import type { SessionEvent } from './sessions/session-event.ts';
import type { Overrides } from './sessions/settings.ts';

/** `baseUrl`: what ANTHROPIC_BASE_URL says. */
export type ModelAccess = { apiKey: string; baseUrl: string | undefined };

/** `access`: the key, and what E2B_API_URL, E2B_SANDBOX_URL and E2B_DOMAIN say. `job`: marks what is to be ended with it. */
export type E2bOptions = { access: E2bAccess; job: string };

/** E2B as the environment describes it, by the names that its own tools use. */
export function e2bAccess(apiKey: string, env: Readonly<Record<string, string | undefined>>): E2bAccess {
  return { apiKey, domain: env.E2B_DOMAIN, apiUrl: env.E2B_API_URL, sandboxUrl: env.E2B_SANDBOX_URL };
}

/** Where Courier runs and with what; the faces read it from their world. */
export type CourierOptions = {
  /** The folder under scan. */
  repositoryPath: string;
  /** Folder with what the presets need on disk (rules, lockfile). */
  assets: string;
  /** Where the presets' tools come from. */
  tools: { mode: 'dependencies'; packageRoot: string } | { mode: 'tool-cache'; cacheDir: string };
  /** Environment of the process: commands get a cleaned copy. */
  env: Readonly<Record<string, string | undefined>>;
  github: { token: string; repository: string; apiUrl: string; graphqlUrl: string; serverUrl: string } | undefined;
  model: ModelAccess | undefined;
  /** `undefined`: commands run in local sandboxes. */
  e2b: E2bOptions | undefined;
  ledgerKey: string | undefined;
  /** Credentials that must never leave in a text; those of `env` come on top. */
  secrets: readonly string[];
  /** Reports. */
  outputFolder: string;
  /** Where the files of a session go. */
  sessionFolder: (session: string) => string;
  /** Storage of local sandboxes; swept by who made it. */
  sandboxFolder: string;
  /** Where local sandboxes keep what `sandbox.setup` made, and by what this repository is known there and at E2B. */
  layers: { folder: string; repository: string };
  log: Log;
  progress: (progress: Progress) => void;
  /** Told the id of a session right before it goes on record. */
  began?: (session: string) => void;
  /** Told each event of a session as it is kept. */
  watch?: ((event: SessionEvent) => void) | undefined;
};

export type CourierEvent = {
  trigger: Trigger;
  overrides: Overrides;
  /** Of the configuration, repository-relative; `undefined`: the usual place. */
  configPath: string | undefined;
  /** A key without anything to scan for is an error, not a remark. */
  strict: boolean;
} & (
  | { kind: 'scan' }
  | { kind: 'verify'; findings: readonly string[] }
  | { kind: 'publish'; discovery: string }
  | { kind: 'ticks'; edit: DashboardEdit }
  /** `session`: its id, the beginning of one, or `latest`; `files`: the folder that its artifact was unpacked to. */
  | { kind: 'resume'; session: string; files?: string | undefined }
  | { kind: 'clone'; session: string }
  | { kind: 'follow-up'; session: string; text: string }
);

/** A session of this job whose process was killed, for its record. */
export type KilledSession = Pick<CourierEvent, 'trigger' | 'configPath'> & {
  session: string;
  /** Somebody had asked for its end. */
  stopped: boolean;
  /** What was found in each of its sandboxes. */
  reported: readonly Reported[];
};
export type CourierOrder = Pick<CourierEvent, 'trigger' | 'configPath'> & Pick<ControlRequest, 'order' | 'by' | 'from'>;

export type Courier = {
  /** @throws UserError for what a person has to set right, ExternalError where GitHub or the disk failed. */
  receive(event: CourierEvent, signal: AbortSignal): Promise<ScanOutcome>;
  /** @returns the record as it was closed; `undefined` where it had ended, or never began. */
  close(killed: KilledSession): Promise<Session | undefined>;
  /** What people want of a session besides that it works; the same errors. */
  control(order: CourierOrder): Promise<Controlled>;
};

/** What the local ledger of a folder knows; `undefined` where there is none. */
export async function readLocalRecords(repositoryPath: string): Promise<Records | undefined> {
  const { openRepository } = await import('./adapters/local/repository.ts');
  const { createFolderStore } = await import('./adapters/local/folder-store.ts');
  const repository = await openRepository(repositoryPath);
  return readRecords({
    repository,
    localLedger: createFolderStore(localLedgerFolder(repository.root)),
    clock: systemClock,
  });
}

/**
 * Replays a session from its folder: the files are those of `repositoryPath`'s clone at the session's commit.
 * @throws UserError where it cannot be replayed.
 */
export async function replaySession(
  { repositoryPath, folder }: { repositoryPath: string; folder: string },
  { log }: { log: Log },
): Promise<Replay> {
  const { replay } = await import('./flows/replay.ts');
  const { openRepository } = await import('./adapters/local/repository.ts');
  const { createCommandRunner } = await import('./adapters/local/command-runner.ts');
  const { createFolderOutput } = await import('./adapters/local/output.ts');
  const { createFolderStore } = await import('./adapters/local/folder-store.ts');
  const { createPatternMatcher } = await import('./adapters/local/pattern-matcher.ts');
  const { createScopeFinder } = await import('./adapters/syntax/scope-finder.ts');
  const repository = await openRepository(repositoryPath, { log });
  return replay(createFolderOutput(folder), {
    repository,
    findScopes: createScopeFinder({ log }),
    matchPattern: createPatternMatcher(),
    commands: createCommandRunner({ env: {} }),
    tools: { assets: '', locate: async () => ({ unavailable: 'A replay runs no tools.' }) },
    localLedger: createFolderStore(localLedgerFolder(repository.root)),
  });
}

/** Chooses the adapters, once; they are imported when they are needed, as a step that has nothing to do should cost nothing. */
export function createCourier(options: CourierOptions): Courier {
  const gate = createGate({ secrets: [...options.secrets, ...environmentSecrets(options.env)] });
  return {
    async control(order) {
      return controlSession(order, { ...(await createPorts(options)), gate });
    },
    async receive(event, signal) {
      const ports = await createPorts(options);
      const request = {
        ...event,
        signal,
        ledgerKey: options.ledgerKey,
        hasModelKey: options.model !== undefined,
        hasE2bKey: options.e2b !== undefined,
      };
      switch (event.kind) {
        case 'scan':
          return scan(request, { ...ports, gate });
        case 'verify':
          return verify({ ...request, findings: event.findings }, { ...ports, gate });
        case 'ticks':
          return answerTicks({ ...request, edit: event.edit }, { ...ports, gate });
        case 'publish':
          return publish({ ...request, discovery: event.discovery }, { ...ports, gate });
        case 'resume': {
          const { createFolderOutput } = await import('./adapters/local/output.ts');
          const files = event.files === undefined ? undefined : createFolderOutput(event.files);
          return resume({ ...request, session: event.session, files }, { ...ports, gate });
        }
        case 'clone':
          return beginFrom({ ...request, how: 'clone', session: event.session }, { ...ports, gate });
        case 'follow-up':
          return beginFrom(
            { ...request, how: 'follow-up', session: event.session, text: event.text },
            { ...ports, gate },
          );
      }
    },
    async close(killed) {
      const gate = createGate({ secrets: [...options.secrets, ...environmentSecrets(options.env)] });
      return closeKilled({ ...killed, ledgerKey: options.ledgerKey }, { ...(await createPorts(options)), gate });
    },
  };
}

async function createPorts(options: CourierOptions): Promise<Ports> {
  const { openRepository } = await import('./adapters/local/repository.ts');
  const { createCommandRunner } = await import('./adapters/local/command-runner.ts');
  const { createToolbox } = await import('./adapters/local/toolbox.ts');
  const { createFolderStore } = await import('./adapters/local/folder-store.ts');
  const { createFolderOutput } = await import('./adapters/local/output.ts');
  const { createPatternMatcher } = await import('./adapters/local/pattern-matcher.ts');
  const { createProcesses } = await import('./adapters/local/processes.ts');
  const { createScopeFinder } = await import('./adapters/syntax/scope-finder.ts');
  const { log } = options;
  const sessionFolder = (session: string) => createFolderOutput(options.sessionFolder(session));
  const repository = await openRepository(options.repositoryPath, { log });
  return {
    repository,
    findScopes: createScopeFinder({ log }),
    commands: createCommandRunner({ env: options.env }),
    tools: createToolbox({ ...options.tools, assets: options.assets, log }),
    localLedger: createFolderStore(localLedgerFolder(repository.root)),
    github: await connectGitHub(options),
    ...(await createSandboxPorts(options, repository.name)),
    ...(await createAgentPorts(options)),
    salvage: (session) => salvage({ session, repository: options.github?.repository ?? repository.name }, options),
    processes: createProcesses(),
    began: options.began ?? (() => {}),
    matchPattern: createPatternMatcher(),
    output: createFolderOutput(options.outputFolder),
    sessionFolder,
    mailbox: (session) => createFolderMailbox(sessionFolder(session)),
    clock: systemClock,
    log,
    progress: options.progress,
    watch: options.watch,
  };
}

/** Where a scan without GitHub keeps its ledger. */
export function localLedgerFolder(root: string): string {
  return path.join(root, '.courier', 'ledger');
}

async function connectGitHub({ github, log }: CourierOptions): Promise<Ports['github']> {
  if (!github) return undefined;
  const { createGitHub } = await import('./adapters/github/github.ts');
  const [owner = '', repo = ''] = github.repository.split('/');
  const { token, apiUrl, graphqlUrl, serverUrl } = github;
  return createGitHub({
    token,
    apiUrl,
    graphqlUrl,
    serverUrl,
    owner,
    repo,
    log,
    userAgent: `courier/${courierVersion}`,
  });
}

async function createAgentPorts({ model }: CourierOptions): Promise<Pick<Ports, 'agent' | 'model'>> {
  if (!model) return { agent: undefined, model: undefined };
  const { createAnthropicModel } = await import('./adapters/anthropic/anthropic-model.ts');
  const anthropic = createAnthropicModel(toModelOptions(model), { clock: systemClock });
  return { agent: createBuiltInAgent(anthropic, { clock: systemClock }), model: anthropic };
}

/** Also without a model: known findings are checked again by their commands. */
async function createSandboxPorts(
  { e2b, github, env, sandboxFolder, layers, log }: CourierOptions,
  folder: string,
): Promise<Pick<Ports, 'sandboxes' | 'chooseSandboxes'>> {
  const { createLocalSandboxProvider } = await import('./adapters/local/local-sandbox.ts');
  const local = createLocalSandboxProvider({ env, tempDir: sandboxFolder, layers, log });
  const localOf = (size: SandboxSize) => ({ ...local, create: (spec: SandboxSpec) => local.create({ size, ...spec }) });
  if (!e2b) return { sandboxes: local, chooseSandboxes: ({ size }) => localOf(size) };
  const { createE2bSandboxProvider } = await import('./adapters/e2b/e2b-sandbox.ts');
  const owner = { repository: github?.repository ?? folder, job: e2b.job };
  const remote = createE2bSandboxProvider({ access: e2b.access, owner, log, setups: layers });
  return {
    sandboxes: remote,
    chooseSandboxes: ({ provider, size }) =>
      provider === 'local' ? localOf(size) : { ...remote, create: (spec) => remote.create({ size, ...spec }) },
  };
}

/** Ends what still runs in the local sandbox of a step that was killed. */
export async function endLeftProcesses(storage: string): Promise<void> {
  const local = await import('./adapters/local/end-left-processes.ts');
  await local.endLeftProcesses(storage);
}

async function salvage(
  whose: { session: string; repository: string },
  { sandboxFolder, e2b }: CourierOptions,
): Promise<readonly Reported[]> {
  const { salvageSandboxes } = await import('./adapters/local/salvage-sandboxes.ts');
  const here = await salvageSandboxes(sandboxFolder, whose.session);
  if (!e2b) return here;
  const { endSandboxesOf } = await import('./adapters/e2b/end-sandboxes.ts');
  const there = await endSandboxesOf(whose, { access: e2b.access });
  return [...here, ...there.map(({ reported }) => reported)];
}

/**
 * Ends the sandboxes at E2B that a step left which was killed.
 * @returns what an agent had reported in each, by file name, unread and untrusted.
 */
export async function endLeftSandboxes({ access, job }: E2bOptions): Promise<LeftSandbox[]> {
  const { endSandboxesOf } = await import('./adapters/e2b/end-sandboxes.ts');
  return endSandboxesOf({ job }, { access });
}

function toModelOptions({ apiKey, baseUrl }: ModelAccess) {
  return { apiKey, ...(baseUrl ? { baseUrl } : {}) };
}
