import { GraphQLError } from 'graphql';
import type { Person, RepositoryState, Token } from './state.ts';

export type GraphqlScope = {
  who: Token;
  serverUrl: string;
  findRepository: (fullName: string) => RepositoryState | undefined;
  repositories: readonly RepositoryState[];
};

export function notFound(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type: 'NOT_FOUND' } });
}

export function actor(person: Person, serverUrl: string) {
  const login = person.login.replace(/\[bot\]$/, '');
  return { __typename: person.type, login, url: `${serverUrl}/${login}` };
}

export type Page = { first?: number; last?: number; after?: string; before?: string };

export function connection<Item>(all: readonly Item[], { first, last, after, before }: Page) {
  const items = before ? all.slice(0, Number(before)) : all;
  const from = after ? Number(after) + 1 : 0;
  const start = last === undefined ? from : Math.max(from, items.length - last);
  const rest = items.slice(start);
  const nodes = last === undefined ? rest.slice(0, first ?? rest.length) : rest.slice(-last);
  const end = start + nodes.length;
  const pageInfo = {
    hasNextPage: last === undefined && end < items.length,
    hasPreviousPage: start > 0,
    startCursor: nodes.length > 0 ? String(start) : null,
    endCursor: nodes.length > 0 ? String(end - 1) : null,
  };
  return { nodes, totalCount: items.length, pageInfo, edges: nodes.map((node) => ({ node, cursor: '' })) };
}
