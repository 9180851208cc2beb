import type { GitHub } from '../../flows/github-ports.ts';
import type { Store } from '../../ledger/store.ts';
import { createBranchStore } from './branch-store.ts';
import { createBranchWatch } from './branch-watch.ts';
import { createBranches } from './branches.ts';
import { createChecks, readPullRequest } from './checks.ts';
import { createClient, type GitHubOptions, type Manner } from './client.ts';
import { createComments } from './comments.ts';
import { readCommitsBetween } from './commits-between.ts';
import { readChangedLines, readFile } from './contents.ts';
import { createDisclosure } from './disclosure.ts';
import { readOwnLogin } from './identity.ts';
import { createIssues } from './issues.ts';
import { checkPermissions } from './permissions.ts';
import { createPullRequests } from './pull-requests.ts';
import { isAhead, readHeadAt } from './read-history.ts';
import { readRepository } from './repository.ts';
import { readRole } from './role.ts';
import { readRoot } from './root-entries.ts';
import { createWorkflows } from './workflows.ts';

/**
 * One repository on GitHub, GitHub Enterprise Server included. Nothing is loaded or asked before the first call.
 * @param manner.pacer of another one for the same repository: GitHub's limits do not ask for the token.
 */
export function createGitHub(options: GitHubOptions, manner: Pick<Manner, 'pacer'> = {}): GitHub {
  const client = createClient(options, manner);
  const stores = new Map<string, Store>();
  const headOf = createBranchWatch(client);
  let self: Promise<string> | undefined;
  let files: { key?: string; text?: Promise<string | undefined> } = {};
  return {
    self: () => {
      const asking =
        self ??
        client.attempt({ doing: 'ask who this token is', permission: 'metadata: read' }, () => readOwnLogin(client));
      self = asking;
      // A failure is not kept: who asks next asks GitHub.
      asking.catch(() => {
        self = undefined;
      });
      return asking;
    },
    headOf,
    headAt: (branch, time) => readHeadAt(client, branch, time),
    isAhead: (base, commit) => isAhead(client, base, commit),
    repository: () => readRepository(client),
    checkPermissions: (needs) => checkPermissions(client, needs),
    root: (commit) => readRoot(client, commit),
    readFile(path, ref) {
      const key = `${ref}:${path}`;
      const reading = (files.key === key && files.text) || readFile(client, path, ref);
      // A commit never changes; the last one asked for is kept.
      files = /^[0-9a-f]{40}$/.test(ref) ? { key, text: reading } : {};
      reading.catch(() => {
        files = {};
      });
      return reading;
    },
    changedLines: (pullRequest) => readChangedLines(client, pullRequest),
    commitsBetween: (base, head, path) => readCommitsBetween(client, { base, head, path }),
    roleOf: (login) => readRole(client, login),
    issues: createIssues(client),
    comments: createComments(client),
    workflows: createWorkflows(client),
    checks: createChecks(client),
    branches: createBranches(client),
    pullRequests: createPullRequests(client),
    pullRequest: (number) => readPullRequest(client, number),
    issuesBy: (conduct) => createIssues(createClient(options, { pacer: client.pacer, conduct })),
    disclosureBy: (conduct) => createDisclosure(createClient(options, { pacer: client.pacer, conduct })),
    ledger: (branch) => {
      const store = stores.get(branch) ?? createBranchStore(client, branch);
      stores.set(branch, store);
      return store;
    },
  };
}
