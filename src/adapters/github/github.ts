import { z } from 'zod';
import type { GitHub, RemoteRepository } from '../../flows/ports.ts';
import { readBranchHead } from './branch-head.ts';
import { createBranchStore } from './branch-store.ts';
import { type Client, createClient, type GitHubOptions } from './client.ts';
import { readCommitsBetween } from './commits-between.ts';
import { readChangedLines, readFile } from './contents.ts';
import { readOwnLogin } from './identity.ts';
import { createIssues } from './issues.ts';
import { checkPermissions } from './permissions.ts';
import { isAhead, readHeadAt } from './read-history.ts';
import { readRole } from './role.ts';

const Repository = z.object({
  id: z.union([z.number(), z.bigint()]),
  full_name: z.string(),
  html_url: z.string(),
  default_branch: z.string(),
  private: z.boolean(),
  visibility: z.enum(['public', 'private', 'internal']).optional(),
});

/** One repository on GitHub, GitHub Enterprise Server included. Nothing is loaded or asked before the first call. */
export function createGitHub(options: GitHubOptions): GitHub {
  const client = createClient(options);
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
    issuesBy: (conduct) => createIssues(createClient(options, { pacer: client.pacer, conduct })),
    ledger: (branch) => createBranchStore(client, branch),
  };
}

function readRepository(client: Client): Promise<RemoteRepository> {
  const { owner, repo } = client.place;
  const attempt = { doing: 'read the repository', permission: 'metadata: read' };
  return client.attempt(attempt, async (octokit) => {
    const remote = Repository.parse((await octokit.rest.repos.get({ owner, repo })).data);
    return {
      name: remote.full_name,
      id: String(remote.id),
      defaultBranch: remote.default_branch,
      defaultHead: await readBranchHead(client, remote.default_branch),
      // Older GitHub Enterprise says only whether it is private.
      visibility: remote.visibility ?? (remote.private ? 'private' : 'public'),
      url: remote.html_url,
    };
  });
}
