import type { GitHub } from '../../flows/ports.ts';
import type { Store } from '../../ledger/store.ts';
import { createBranchStore } from './branch-store.ts';
import { createClient, type GitHubOptions } from './client.ts';
import { createComments } from './comments.ts';
import { readCommitsBetween } from './commits-between.ts';
import { readChangedLines, readFile } from './contents.ts';
import { createDisclosure } from './disclosure.ts';
import { readOwnLogin } from './identity.ts';
import { createIssues } from './issues.ts';
import { checkPermissions } from './permissions.ts';
import { isAhead, readHeadAt } from './read-history.ts';
import { readRepository } from './repository.ts';
import { readRole } from './role.ts';
import { createWorkflows } from './workflows.ts';

/** One repository on GitHub, GitHub Enterprise Server included. Nothing is loaded or asked before the first call. */
export function createGitHub(options: GitHubOptions): GitHub {
  const client = createClient(options);
  const stores = new Map<string, Store>();
  let self: Promise<string> | undefined;
  return {
    self: () => {
      self ??= client.attempt({ doing: 'ask who this token is', permission: 'metadata: read' }, () =>
        readOwnLogin(client),
      );
      return self;
    },
    headAt: (branch, time) => readHeadAt(client, branch, time),
    isAhead: (base, commit) => isAhead(client, base, commit),
    repository: () => readRepository(client),
    checkPermissions: (needs) => checkPermissions(client, needs),
    readFile: (path, ref) => readFile(client, path, ref),
    changedLines: (pullRequest) => readChangedLines(client, pullRequest),
    commitsBetween: (base, head, path) => readCommitsBetween(client, { base, head, path }),
    roleOf: (login) => readRole(client, login),
    issues: createIssues(client),
    comments: createComments(client),
    workflows: createWorkflows(client),
    issuesBy: (conduct) => createIssues(createClient(options, { pacer: client.pacer, conduct })),
    disclosureBy: (conduct) => createDisclosure(createClient(options, { pacer: client.pacer, conduct })),
    ledger: (branch) => {
      const store = stores.get(branch) ?? createBranchStore(client, branch);
      stores.set(branch, store);
      return store;
    },
  };
}
