import path from 'node:path';
import type { CourierOptions } from './courier-options.ts';
import { createAgentPorts } from './create-agent.ts';
import { workflowFile } from './events/workflow-file.ts';
import { createFolderMailbox } from './flows/local-mailbox.ts';
import type { Ports, Reported } from './flows/ports.ts';
import { systemClock } from './lib/clock.ts';
import { courierVersion } from './lib/version.ts';
import type { SandboxSize, SandboxSpec } from './sandboxes/sandbox.ts';

type ConnectFeedback = NonNullable<Ports['connectFeedback']>;

/** Chooses the adapters; they are imported when they are needed, as a step that has nothing to do should cost nothing. */
export async function createPorts(options: CourierOptions): Promise<Ports> {
  const { openRepository } = await import('./adapters/local/repository.ts');
  const { createCommandRunner } = await import('./adapters/local/command-runner.ts');
  const { createToolbox } = await import('./adapters/local/toolbox.ts');
  const { createFileLayer } = await import('./adapters/local/lay-files.ts');
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
    layFiles: createFileLayer(options.sandboxFolder),
    localLedger: createFolderStore(localLedgerFolder(repository.root)),
    github: await connectGitHub(options),
    ...(await createSandboxPorts(options, repository.name)),
    ...(await createAgentPorts(options)),
    salvage: (session) => salvage({ session, repository: options.github?.repository ?? repository.name }, options),
    workflow: workflowFile(options.env),
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
    connectFeedback: (baseUrl) => connectFeedback(baseUrl, options.env),
  };
}

async function connectFeedback(baseUrl: string, env: CourierOptions['env']): ReturnType<ConnectFeedback> {
  const { LANGFUSE_PUBLIC_KEY: publicKey, LANGFUSE_SECRET_KEY: secretKey } = env;
  const missing = Object.entries({ LANGFUSE_PUBLIC_KEY: publicKey, LANGFUSE_SECRET_KEY: secretKey });
  if (!publicKey || !secretKey) return { missing: missing.flatMap(([name, value]) => (value ? [] : [name])) };
  const { createLangfuse } = await import('./adapters/langfuse/langfuse.ts');
  return createLangfuse({ baseUrl, publicKey, secretKey });
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

/** Also without a model: known findings are checked again by their commands. */
async function createSandboxPorts(
  { e2b, github, env, sandboxFolder, layers, programs, log }: CourierOptions,
  folder: string,
): Promise<Pick<Ports, 'sandboxes' | 'chooseSandboxes'>> {
  const { createLocalSandboxProvider } = await import('./adapters/local/local-sandbox.ts');
  const { createProgramShelf } = await import('./adapters/local/program-shelf.ts');
  const shelf = createProgramShelf({ ...programs, env, log });
  const local = createLocalSandboxProvider({ env, tempDir: sandboxFolder, layers, programs: shelf, log });
  const localOf = (size: SandboxSize) => ({ ...local, create: (spec: SandboxSpec) => local.create({ size, ...spec }) });
  if (!e2b) return { sandboxes: local, chooseSandboxes: ({ size }) => localOf(size) };
  const { createE2bSandboxProvider } = await import('./adapters/e2b/e2b-sandbox.ts');
  const owner = { repository: github?.repository ?? folder, job: e2b.job };
  const { packPrograms } = await import('./adapters/local/pack-program.ts');
  // What its machines are, whatever this one is.
  const carried = createProgramShelf({ ...programs, env, log, platform: { arch: 'x64', libc: 'glibc' } });
  const remote = createE2bSandboxProvider({
    ...{ access: e2b.access, owner, log, setups: layers },
    programs: packPrograms(carried),
  });
  return {
    sandboxes: remote,
    chooseSandboxes: ({ provider, size, modelKey = 'outside' }) =>
      provider === 'local'
        ? localOf(size)
        : {
            ...remote,
            create: (spec) => remote.create({ size, modelKey, ...spec }),
            resume: async (ref, life) => remote.resume?.(ref, { modelKey, ...life }),
          },
  };
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
