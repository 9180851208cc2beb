import { tmpdir } from 'node:os';
import { createAnthropicModel } from '../../src/adapters/anthropic/anthropic-model.ts';
import { createGitHub } from '../../src/adapters/github/github.ts';
import { createFileLayer } from '../../src/adapters/local/lay-files.ts';
import { openRepository } from '../../src/adapters/local/repository.ts';
import { createBuiltInAgent } from '../../src/agents/run-agent.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { claimRun } from '../../src/flows/claim-run.ts';
import type { Ports, Progress } from '../../src/flows/ports.ts';
import { runIssue } from '../../src/flows/run-issue.ts';
import { startSession } from '../../src/flows/start-session.ts';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import type { IssueRuns } from '../../src/ledger/runs-record.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createGate } from '../../src/publishing/gate.ts';
import type { PushedRun, RunWork } from '../../src/runs/run-work.ts';
import type { GatewayVendor } from '../../src/sandboxes/gateway.ts';
import { toRunSettings } from '../../src/sessions/run-settings.ts';
import { type Overrides, resolveSettings } from '../../src/sessions/settings.ts';
import type { Script } from '../fakes/anthropic/script.ts';
import { startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import { createFolderProvider } from '../fakes/folder-sandbox.ts';
import { createGitRepository } from '../fakes/git-repository.ts';
import { startGitHub, workflowToken } from '../fakes/github/github.ts';
import { addIssue } from '../fakes/github/state.ts';
import { createMemoryStore } from '../ledger/memory-store.ts';

/** A project with a bug, and a test suite that does not see it. */
export const project = {
  'src/sum.js': 'export const sum = (a, b) => a - b;\n',
  'test/zero.test.js':
    "import assert from 'node:assert';\nimport test from 'node:test';\nimport { sum } from '../src/sum.js';\ntest('zero', () => assert.equal(sum(1, 0), 1));\n",
  'package.json': '{ "type": "module", "scripts": { "test": "node --test" } }\n',
} as const;

/** What git leaves out of it, where that matters. */
export const ignoring = { '.gitignore': 'node_modules/\n*.log\n' } as const;

export const testText =
  "import assert from 'node:assert';\nimport test from 'node:test';\nimport { sum } from '../src/sum.js';\ntest('adds', () => assert.equal(sum(2, 3), 5));\n";

/** What the model does in one turn. */
export const call = (name: string, input: unknown) => ({ toolUses: [{ name, input }] });
export const bash = (command: string) => call('bash', { command });
export const finish = () => call('finish', { summary: 'Done.', verdict: 'complete' });
export const deliver = (over: object = {}) =>
  call('deliver', { summary: 'It subtracted. Now it adds.', test: 'node test/add.test.js', ...over });
export const repair = "sed -i 's/a - b/a + b/' src/sum.js";
export const addTest = `cat >test/add.test.js <<'END'\n${testText}END`;
export const accept = () => call('judge', { verdict: 'accept', remarks: 'Look at negative numbers.' });
export const score = () =>
  call('score', { correctness: 5, completeness: 5, scope: 5, proof: 4, fit: 4, remarks: 'It works.' });

type Over = {
  files?: Readonly<Record<string, string>>;
  config?: string;
  /** What the branch holds besides, since it left `main`. */
  before?: Readonly<Record<string, string>>;
  /** Of the issue. */
  body?: string;
  text?: string;
  ports?: Partial<Ports>;
  clock?: Ports['clock'];
  /** Whose keys there are. Default: that of the built-in agent. */
  keys?: readonly GatewayVendor[];
};

export type RunsBed = Awaited<ReturnType<typeof aRunsBed>>;

/** An issue, a real repository with a real test suite, the real loop on a scripted model, folders for sandboxes; what is to be pushed is kept. */
export async function aRunsBed(
  script: Script,
  {
    files = {},
    config = '',
    before,
    body = 'sum(2, 3) is -1.',
    ports: over = {},
    keys,
    clock = { now: () => Date.now() },
  }: Over = {},
) {
  const source = createGitRepository({ ...project, ...files });
  const fork = source.head();
  if (before) source.commit(before);
  const api = await startAnthropic({ script });
  const double = await startGitHub({
    repositories: [
      {
        name: 'acme/shop',
        visibility: 'private',
        files: { 'README.md': '#\n', ...(config === '' ? {} : { '.github/courier.yml': config }) },
        collaborators: { wanda: 'write', rita: 'read' },
      },
    ],
  });
  const stored = double.repository();
  const issue = addIssue(stored, { title: 'sum subtracts', body });
  const { store, files: ledgerFiles } = createMemoryStore();
  const adapter = createGitHub({
    ...{ token: workflowToken, owner: 'acme', repo: 'shop', userAgent: 'courier-test', log: silentLog },
    ...{ apiUrl: double.url, graphqlUrl: double.graphqlUrl, serverUrl: double.serverUrl },
    sleep: async () => {},
  });
  const heads = { branch: source.head(), fork };
  const github = {
    ...adapter,
    ledger: () => store,
    branches: {
      ...adapter.branches,
      ...{ head: async () => heads.branch, tree: async () => treeOf(source), fork: async () => heads.fork },
    },
    readFile: async (path: string, ref: string) =>
      ref === heads.branch ? readAt(source, path) : adapter.readFile(path, ref),
  };
  const remote = await github.repository();
  const written = new Map<string, string>();
  const shown: Progress[] = [];
  const pushed: RunWork[] = [];
  const answer: { push: PushedRun } = {
    push: { pushed: { commit: 'c'.repeat(40), pullRequest: { number: 9, url: 'https://github.test/9' } }, notes: [] },
  };
  const branch = 'courier/issue-1-sum-subtracts';
  const record: IssueRuns = {
    version: 1,
    issue: 1,
    branch,
    base: 'main',
    made: true,
    linked: true,
    head: source.head(),
    attempts: [],
  };
  await updateLedger(store, 'seed', () => ({ runs: record }), { repositoryId: remote.id });
  const model = createAnthropicModel({ apiKey: api.key, baseUrl: api.url }, { clock });
  const ports = {
    repository: await openRepository(source.root),
    findScopes: async () => () => undefined,
    commands: { run: () => Promise.reject(new Error('no command is meant to run on the host')) },
    tools: { assets: '/', locate: async () => ({ unavailable: 'not here' }) },
    layFiles: createFileLayer(tmpdir()),
    localLedger: store,
    github,
    agent: createBuiltInAgent(model, { clock }),
    model: undefined,
    sandboxes: createFolderProvider(),
    matchPattern: async (pattern: string, text: string) => new RegExp(pattern).test(text),
    output: memoryOutput(written),
    sessionFolder: () => memoryOutput(written),
    mailbox: () => ({ read: async () => [] }),
    clock,
    log: silentLog,
    progress: (stage: Progress) => void shown.push(stage),
    salvage: async () => [],
    processes: { own: { host: 'here', pid: 1 }, isAlive: () => true },
    began: () => {},
    gate: createGate({ secrets: ['hunter2hunter2'] }),
    ...over,
  };

  /** The command of a comment, done. */
  async function run(
    text?: string,
    {
      signal = new AbortController().signal,
      head,
      overrides = {},
      pushing = async () => {},
    }: { signal?: AbortSignal; head?: string; overrides?: Overrides; pushing?: () => Promise<void> } = {},
  ) {
    const at = new Date(Date.now() + 1000).toISOString();
    const comment = {
      ...{ id: 77, body: `/courier run ${text ?? ''}`, author: 'wanda', by: 'person' as const, url: '' },
      ...{ createdAt: at, updatedAt: at, issue: 1, pullRequest: false },
    };
    return runIssue(
      {
        ...{ trigger: { name: 'workflow_dispatch', actor: 'wanda', ref: 'refs/heads/main', pullRequest: undefined } },
        ...{ overrides, configPath: undefined, ledgerKey: undefined, hasModelKey: true, strict: false, signal },
        ...(keys ? { modelKeys: keys } : {}),
        ...{ comment, index: 0, command: text === undefined ? {} : { text }, head, github, remote },
        config: parseConfig(config, 'courier.yml'),
        push: async (work) => {
          if (work.changes.length === 0) return { nothing: true };
          pushed.push(work);
          await pushing();
          return answer.push;
        },
      },
      ports,
    );
  }

  return {
    ...{
      source,
      api,
      double,
      issue,
      store,
      ledgerFiles,
      pushed,
      answer,
      shown,
      written,
      heads,
      run,
      ports,
      remote,
      branch,
    },
    runs: async () => (await readLedger(await store.read(), { repositoryId: remote.id })).readRuns(1),
    /** A session that begins and holds the issue, and of which nothing more is heard. */
    async begin() {
      const errand = { issue: 1, title: 'x', blueprint: 'fix', branch, base: 'main', head: source.head() };
      const resolved = resolveSettings(
        parseConfig('', 'courier.yml'),
        { prompt: 'x' },
        { hasModelKey: true, strict: false },
      );
      const ledger = await readLedger(await store.read(), { repositoryId: remote.id });
      const trigger = { name: 'workflow_dispatch', actor: 'wanda', ref: 'refs/heads/main', pullRequest: undefined };
      const settings = toRunSettings(resolved, { errand, prompt: 'x', model: undefined });
      const claim = claimRun(1, { by: 'wanda', blueprint: 'fix' });
      const reconciles = { may: true } as const;
      const started = await startSession(
        { trigger, ledgerKey: undefined, settings, remote, reconciles, ledger, claim },
        ports,
      );
      return started.session;
    },
    /** Somebody is at work on the issue. */
    claim: (claim: NonNullable<IssueRuns['claim']>) =>
      updateLedger(store, 'claim', async (ledger) => ({ runs: { ...record, ...(await ledger.readRuns(1)), claim } }), {
        repositoryId: remote.id,
      }),
    /** The notes that an agent began with, by its place among all requests. */
    notes: (request: number) => JSON.stringify(api.requests[request]?.body.system),
    async close() {
      await Promise.all([api.close(), double.close()]);
      source.remove();
    },
  };
}

type Source = ReturnType<typeof createGitRepository>;

function treeOf({ git }: Source) {
  const paths = git('ls-tree', '-r', '--name-only', 'HEAD').split('\n');
  return new Map(paths.map((path) => [path, { mode: '100644', id: '', bytes: undefined }] as const));
}

function readAt({ git }: Source, path: string): string | undefined {
  return git('ls-tree', 'HEAD', path) === '' ? undefined : git('show', `HEAD:${path}`);
}

function memoryOutput(written: Map<string, string>): Ports['output'] {
  return {
    folder: '/output',
    async write(path, text) {
      written.set(path, text);
      return `/output/${path}`;
    },
    async append(path, line) {
      written.set(path, `${written.get(path) ?? ''}${line}\n`);
    },
    read: async (path) => written.get(path),
    list: async () => [...written.keys()].sort(),
    remove: async () => written.clear(),
  };
}

export const textOf = ({ changes }: RunWork, path: string) => {
  const found = changes.find((change) => change.path === path);
  return found && 'data' in found ? new TextDecoder().decode(found.data) : undefined;
};
