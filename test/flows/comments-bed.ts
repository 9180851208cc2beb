import { createGitHub } from '../../src/adapters/github/github.ts';
import type { Executors } from '../../src/commands/executor.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import type { Finding } from '../../src/findings/finding.ts';
import { createExecutors } from '../../src/flows/command-executors.ts';
import type { GitHub } from '../../src/flows/github-ports.ts';
import { handleComments } from '../../src/flows/handle-comments.ts';
import { AuditEntry, type LedgerChanges } from '../../src/ledger/ledger.ts';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import type { Store } from '../../src/ledger/store.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { type GitHubDouble, startGitHub, workflowToken } from '../fakes/github/github.ts';
import { addIssue, type StoredIssue } from '../fakes/github/state.ts';
import { aFinding } from '../findings/issue-builders.ts';
import { createMemoryStore } from '../ledger/memory-store.ts';

export const gate = createGate({ secrets: [] });

export const workflow = `on:
  schedule: [{ cron: '7 3 * * *' }]
  workflow_dispatch:
    inputs:
      request: { type: string }
`;

const people = { rita: 'read', tom: 'triage', wanda: 'write', max: 'maintain', ada: 'admin' } as const;

export type CommentsBed = Awaited<ReturnType<typeof aCommentsBed>>;

/**
 * A repository with the issue of a finding (1), the dashboard (2), an issue that somebody wrote (3) and a pull request (4); people with each
 * role; the real adapter and flow, and the ledger in memory.
 */
export async function aCommentsBed({ visibility = 'private' }: { visibility?: 'public' | 'private' } = {}) {
  const files = { 'README.md': '#\n', '.github/workflows/courier.yml': workflow };
  const double: GitHubDouble = await startGitHub({
    repositories: [{ name: 'acme/shop', visibility, files, collaborators: people }],
  });
  const repository = double.repository();
  for (const title of ['A finding', 'Courier dashboard', 'Somebody wrote this', 'A change'])
    addIssue(repository, { title, pullRequest: title === 'A change' });
  const { store, files: ledgerFiles, messages } = createMemoryStore();
  const clock = { ahead: 0, now: () => Date.now() + clock.ahead };

  const seed = (changes: LedgerChanges) =>
    updateLedger(store, 'seed', () => changes, { repositoryId: String(repository.id) });
  const finding: Finding = aFinding({ issue: { number: 1, labels: ['courier', 'priority: medium'] } });
  await seed({
    findings: [finding],
    dashboard: { version: 1, issue: { number: 2, url: 'https://github.test/acme/shop/issues/2' }, sessions: [] },
  });

  /** One replica; each has its own adapter, and all the same ledger; `branch`: that of the repository itself. */
  function connect(over: { store?: Store | 'branch' } = {}): GitHub {
    const github = createGitHub({
      ...{ token: workflowToken, owner: 'acme', repo: 'shop', userAgent: 'courier-test', log: silentLog },
      ...{ apiUrl: double.url, graphqlUrl: double.graphqlUrl, serverUrl: double.serverUrl },
      sleep: async () => {},
    });
    const { store: given = store } = over;
    return given === 'branch' ? github : { ...github, ledger: () => given };
  }

  async function handle(
    issue = 1,
    {
      github = connect(),
      executors = createExecutors({ github, workflow: 'courier.yml' }),
      config = '',
      isLeaving,
    }: { github?: GitHub; executors?: Executors; config?: string; isLeaving?: () => boolean } = {},
  ) {
    const ports = { github, gate, clock, log: silentLog, executors, config: parseConfig(config, 'courier.yml') };
    return handleComments({ issue, pullRequest: issue === 4 }, { ...ports, isLeaving });
  }

  const issueOf = (number: number): StoredIssue => {
    const found = repository.issues.find((issue) => issue.number === number);
    if (!found) throw new Error(`there is no issue ${number}`);
    return found;
  };

  return {
    ...{ double, repository, store, ledgerFiles, messages, clock, seed, connect, handle, finding },
    issue: issueOf,
    ledger: async () => readLedger(await store.read()),
    /** What was done, whichever month it was done in. */
    audit: (): AuditEntry[] =>
      Object.entries(ledgerFiles())
        .filter(([path]) => path.startsWith('audit/'))
        .flatMap(([, text]) => text.trimEnd().split('\n'))
        .map((line) => AuditEntry.parse(JSON.parse(line))),
    /** What Courier answered on an issue, without marks. */
    replies: (number = 1): string[] =>
      issueOf(number)
        .comments.filter(({ author }) => author.login === 'github-actions[bot]')
        .map(({ body }) => body.split('\n\n<sub>')[0] ?? ''),
    reactions: (id: number): string[] =>
      repository.issues
        .flatMap(({ comments }) => comments)
        .filter((comment) => comment.id === id)
        .flatMap((comment) => comment.reactions.map(({ content }) => content)),
  };
}
