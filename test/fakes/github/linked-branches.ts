import { GraphQLError } from 'graphql';
import { connection, type GraphqlScope, notFound, type Page } from './graphql-parts.ts';
import type { RepositoryState, StoredIssue } from './state.ts';

type Input = { input: { issueId: string; oid: string; name?: string } };

const forbidden = () =>
  new GraphQLError('Resource not accessible by integration', { extensions: { type: 'FORBIDDEN' } });

/** As GitHub does it: nothing, and no error, where the branch is there; a pull request's id is none of an issue. */
export function linkedBranchRoot({ who, repositories }: GraphqlScope) {
  return {
    createLinkedBranch: ({ input: { issueId, oid, name } }: Input) => {
      for (const repository of repositories)
        for (const issue of repository.issues) {
          if (issueId !== `I_${issue.id}` || issue.pullRequest || issue.deleted) continue;
          const mayWrite = who.permissions ? who.permissions.contents === 'write' : who.role !== 'read';
          if (!mayWrite || !repository.linksBranches) throw forbidden();
          return { linkedBranch: link(repository, issue, { oid, name: name ?? `${issue.number}-branch` }) };
        }
      throw notFound(`Could not resolve to a node with the global id of '${issueId}'`);
    },
  };
}

function link(repository: RepositoryState, issue: StoredIssue, { oid, name }: { oid: string; name: string }) {
  const ref = `refs/heads/${name}`;
  const rule = repository.rules[name];
  if (rule)
    throw new GraphQLError(`Repository rule violations found: ${rule}`, { extensions: { type: 'UNPROCESSABLE' } });
  if (repository.objects.get(oid)?.type !== 'commit')
    throw new GraphQLError('The commit does not exist', { extensions: { type: 'UNPROCESSABLE' } });
  if (repository.refs.has(ref)) return null;
  repository.refs.set(ref, oid);
  issue.linkedBranches = [...(issue.linkedBranches ?? []), name];
  return linkedNode(name);
}

const linkedNode = (name: string) => ({ __typename: 'LinkedBranch', id: `LB_${name}`, ref: { name } });

export function linkedBranchesOf({ linkedBranches = [] }: StoredIssue, { refs }: RepositoryState) {
  const there = linkedBranches.filter((name) => refs.has(`refs/heads/${name}`));
  return (page: Page) => connection(there.map(linkedNode), page);
}

/** What a ruleset has against pushes to a branch. */
export function rulesOf(name: string, { rules }: RepositoryState) {
  const types = rules[name] === undefined ? [] : ['PULL_REQUEST'];
  return {
    refUpdateRule: null,
    rules: (page: Page) =>
      connection(
        types.map((type) => ({ __typename: 'RepositoryRule', id: type, type })),
        page,
      ),
  };
}
