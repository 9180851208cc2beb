import { z } from 'zod';
import type { RemoteRepository } from '../../flows/github-ports.ts';
import { Ref, readBranchHead, tipFields, toTip } from './branch-head.ts';
import type { Client } from './client.ts';

// Whichever branch is configured: only what is told early is looked for under this name.
const usualLedger = 'courier-ledger';

const RestRepository = z.object({
  id: z.union([z.number(), z.bigint()]),
  full_name: z.string(),
  html_url: z.string(),
  default_branch: z.string(),
  private: z.boolean(),
  visibility: z.enum(['public', 'private', 'internal']).optional(),
});

const Start = z.object({
  repository: z.object({
    databaseId: z.number(),
    nameWithOwner: z.string(),
    url: z.string(),
    visibility: z.enum(['PUBLIC', 'PRIVATE', 'INTERNAL']),
    hasIssuesEnabled: z.boolean(),
    defaultBranchRef: z.object({ name: z.string(), target: z.object({ oid: z.string() }) }),
    ledger: Ref,
    issues: z.object({ totalCount: z.number() }),
  }),
});
const lower = { PUBLIC: 'public', PRIVATE: 'private', INTERNAL: 'internal' } as const;

const query = `query Start($owner: String!, $name: String!, $ledger: String!) {
  repository(owner: $owner, name: $name) {
    databaseId nameWithOwner url visibility hasIssuesEnabled
    defaultBranchRef { name target { oid } }
    ledger: ref(qualifiedName: $ledger) { ${tipFields} }
    issues(first: 1) { totalCount }
  }
}`;

/** The first request of a session: it also tells what is asked next, the tip of the ledger's usual branch and whether issues may be read. */
export function readRepository(client: Client): Promise<RemoteRepository> {
  const attempt = { doing: 'read the repository', permission: 'metadata: read' };
  return client.attempt(attempt, async () => (await readByGraphql(client)) ?? (await readByRest(client)));
}

/** @returns `undefined` where GraphQL does not tell all of it: no endpoint, a permission less, no commit yet. */
async function readByGraphql(client: Client): Promise<RemoteRepository | undefined> {
  const { owner, repo } = client.place;
  const answer = await client.graphql(query, { owner, name: repo, ledger: `refs/heads/${usualLedger}` });
  const start = answer?.errors.length === 0 ? Start.safeParse(answer.data) : undefined;
  if (!start?.success) return undefined;
  const { ledger, defaultBranchRef, ...remote } = start.data.repository;
  client.told.tips.set(usualLedger, toTip(ledger));
  client.told.issuesAreReadable = remote.hasIssuesEnabled;
  return {
    name: remote.nameWithOwner,
    id: String(remote.databaseId),
    defaultBranch: defaultBranchRef.name,
    defaultHead: defaultBranchRef.target.oid,
    visibility: lower[remote.visibility],
    url: remote.url,
  };
}

async function readByRest(client: Client): Promise<RemoteRepository> {
  const { owner, repo } = client.place;
  const octokit = await client.octokit();
  const remote = RestRepository.parse((await octokit.rest.repos.get({ owner, repo })).data);
  return {
    name: remote.full_name,
    id: String(remote.id),
    defaultBranch: remote.default_branch,
    defaultHead: await readBranchHead(client, remote.default_branch),
    // Older GitHub Enterprise says only whether it is private.
    visibility: remote.visibility ?? (remote.private ? 'private' : 'public'),
    url: remote.html_url,
  };
}
