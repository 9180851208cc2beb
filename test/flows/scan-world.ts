import { createGitHub } from '../../src/adapters/github/github.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import type { Finding, RaisedFinding } from '../../src/findings/finding.ts';
import { observeIssue } from '../../src/flows/observe-issue.ts';
import { reconcile } from '../../src/flows/reconcile.ts';
import { recordSession } from '../../src/flows/record-session.ts';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { isoTime } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { Discovery } from '../../src/sessions/discovery.ts';
import { type Overrides, resolveSettings } from '../../src/sessions/settings.ts';
import { commitFiles } from '../fakes/github/git-objects.ts';
import { type GitHubDouble, startGitHub, workflowToken } from '../fakes/github/github.ts';
import type { StoredIssue } from '../fakes/github/state.ts';
import { createMemoryStore } from '../ledger/memory-store.ts';

export type Scan = {
  /** What was found. */
  raised?: readonly RaisedFinding[];
  /** Checks that ran to their end. */
  ran?: readonly string[];
  result?: 'complete' | 'partial' | 'failed';
  /** Default: the default branch's head. */
  commit?: string;
  reconciles?: boolean;
  /** `.github/courier.yml`. */
  config?: string;
  overrides?: Overrides;
};

export type World = Awaited<ReturnType<typeof aWorld>>;

/**
 * A repository on the GitHub double, and sessions that are recorded and reconciled by the real flows and the real adapter, on a clock of
 * their own: an hour passes with each thing that happens.
 *
 * @param watched an app, under a name of its own, is told of what happens to issues before each session and after it; twice, as deliveries are.
 */
export async function aWorld({ watched = false }: { watched?: boolean } = {}) {
  const appToken = 'ghs_app';
  const app = {
    login: 'courier-app[bot]',
    type: 'Bot',
    permissions: { contents: 'write', issues: 'read', pull_requests: 'read' },
  } as const;
  const double: GitHubDouble = await startGitHub({ repositories: [{ name: 'acme/shop', files: {} }] });
  double.tokens[appToken] = app;
  const address = { apiUrl: double.url, graphqlUrl: double.graphqlUrl, serverUrl: double.serverUrl };
  const who = { token: workflowToken, owner: 'acme', repo: 'shop', userAgent: 'courier-test' };
  const github = { ...createGitHub({ ...address, ...who, log: silentLog, sleep: async () => {} }) };
  const { store, files } = createMemoryStore();
  github.ledger = () => store;
  const watcher = createGitHub({ ...address, ...who, token: appToken, log: silentLog, sleep: async () => {} });
  const gate = createGate({ secrets: [] });
  const clock = { time: Date.parse('2026-11-20T00:00:00Z'), now: () => clock.time };
  const repository = double.repository();
  let sessions = 0;

  function pass(hours = 1): string {
    clock.time += hours * 3_600_000;
    return isoTime(clock.time);
  }

  function push(): string {
    const parent = repository.refs.get('refs/heads/main');
    const text = `export const at = ${clock.time};\n`;
    const files = { 'src/a.js': text };
    const date = pass();
    const parents = parent === undefined ? [] : [parent];
    const commit = commitFiles(repository.objects, { files, message: `at ${date}`, parents, author: 'ada', date });
    repository.refs.set('refs/heads/main', commit);
    return commit;
  }

  async function watch(): Promise<void> {
    if (!watched) return;
    const ports = { github: { ...watcher, ledger: () => store }, clock, ledgerBranch: 'unused' };
    const told = repository.issues.flatMap(({ number }) => [number, number]);
    await Promise.all(told.map((number) => observeIssue(number, ports)));
  }

  async function scan(given: Scan = {}) {
    await watch();
    const { raised = [], ran = [], result = 'complete', reconciles = true, config = '', overrides = {} } = given;
    const remote = await github.repository();
    const at = pass();
    sessions += 1;
    const discovery = Discovery.parse({
      version: 1,
      session: {
        ...{ version: 1, id: `S20261120-000000-${String(sessions).padStart(4, '0')}`, kind: 'scan' },
        ...{ displayName: 'scan', trigger: 'schedule', repository: 'acme/shop', phase: 'completed' },
        ...{ commit: given.commit ?? remote.defaultHead, result, reasons: [], startedAt: at, endedAt: at },
        ...{ agents: [], checks: [], usage: noUsage, raised: [], updated: [], resolved: [], reopened: [] },
        ...{ rejected: [], questions: [], assumptions: [] },
      },
      raised,
      determined: ran.map((check) => ({ check, heldRules: [] })),
      reconciles,
      repositoryId: remote.id,
      visibility: remote.visibility,
    });
    const settings = resolveSettings(parseConfig(config, 'courier.yml'), overrides, {
      hasModelKey: false,
      strict: false,
    });
    const request = { discovery, settings, remote, ledgerKey: undefined, reportsOnly: false };
    const ports = { github, localLedger: store, log: silentLog, clock, progress: () => {}, gate };
    double.forget();
    const recorded = await recordSession(request, ports);
    const published = await reconcile(recorded, request, ports);
    const requests = [...double.requests];
    await watch();
    double.requests.splice(requests.length);
    return { recorded, published, requests };
  }

  return {
    double,
    push,
    pass,
    scan,
    issue: (number = 1): StoredIssue => {
      const found = repository.issues.find((issue) => issue.number === number);
      if (!found) throw new Error(`there is no issue ${number}`);
      return found;
    },
    /** The files of the ledger. */
    ledger: files,
    findings: async (): Promise<readonly Finding[]> => (await readLedger(await store.read())).findings,
  };
}

const noUsage = { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 };
