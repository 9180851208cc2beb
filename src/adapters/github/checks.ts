import { z } from 'zod';
import type { CheckContent, Checks, PullRequest } from '../../flows/github-ports.ts';
import type { Client } from './client.ts';
import { readCheckNotes, readChecksOfOthers } from './commit-checks.ts';
import { understandFailure } from './failure.ts';
import { readOwnLogin } from './identity.ts';

const Check = z.object({
  id: z.number().int().positive(),
  external_id: z.string().nullish(),
  app: z.object({ slug: z.string() }).nullish(),
});
const Pull = z.object({ state: z.string(), head: z.object({ sha: z.string() }) });

const permission = 'checks: write';
const name = 'Courier';

function toFields({ state, title, summary, buttons }: CheckContent) {
  const status =
    state === 'in_progress'
      ? ({ status: 'in_progress' } as const)
      : ({ status: 'completed', conclusion: state } as const);
  // An empty list takes the buttons away.
  return { name, ...status, output: { title, summary }, actions: [...buttons] };
}

export function createChecks(client: Client): Checks {
  const { owner, repo } = client.place;
  let ownLogin: string | undefined;

  return {
    ofOthers: (commit, besides) => readChecksOfOthers(client, commit, besides),
    notes: (check) => readCheckNotes(client, check),
    listOwn: (ref) =>
      client.attempt({ doing: 'list the check runs of a commit', permission: 'checks: read' }, async (octokit) => {
        const query = { owner, repo, ref, check_name: name, per_page: 100 };
        const found = await octokit.paginate(octokit.rest.checks.listForRef, query);
        ownLogin ??= await readOwnLogin(client);
        return found.flatMap((value) => {
          const { id, external_id, app } = Check.parse(value);
          return `${app?.slug}[bot]` === ownLogin ? [{ id, externalId: external_id ?? '' }] : [];
        });
      }),
    create: ({ commit, externalId, ...content }) =>
      client.attempt({ doing: 'make a check run', permission }, async (octokit) => {
        const check = { owner, repo, head_sha: commit, external_id: externalId, ...toFields(content) };
        const made = await orRefused(octokit.rest.checks.create(check));
        return made && Check.parse(made.data).id;
      }),
    update: (check_run_id, content) =>
      client.attempt({ doing: 'change a check run', permission }, async (octokit) => {
        const fields = toFields(content);
        return (await orRefused(octokit.rest.checks.update({ owner, repo, check_run_id, ...fields }))) !== undefined;
      }),
  };
}

export function readPullRequest(client: Client, pull_number: number): Promise<PullRequest | undefined> {
  const { owner, repo } = client.place;
  const doing = { doing: `read pull request #${pull_number}`, permission: 'pull-requests: read' };
  return client.attempt(doing, async (octokit) => {
    try {
      const { state, head } = Pull.parse((await octokit.rest.pulls.get({ owner, repo, pull_number })).data);
      return { head: head.sha, isOpen: state === 'open' };
    } catch (error) {
      if (understandFailure(error)?.status === 404) return undefined;
      throw error;
    }
  });
}

/** Only apps with the permission make check runs, each its own. A limit is no refusal: `withRetry` has dealt with it. */
async function orRefused<Answer>(answer: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    const { status, message = '' } = understandFailure(error) ?? {};
    if (status === 404 || (status === 403 && !/rate limit/i.test(message))) return undefined;
    throw error;
  }
}
