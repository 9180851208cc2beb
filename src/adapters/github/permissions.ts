import type { GitHub } from '../../flows/github-ports.ts';
import { ExternalError, UserError } from '../../lib/errors.ts';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';

type Need = Parameters<GitHub['checkPermissions']>[0][number];

/**
 * Tries what can be tried without anybody seeing it.
 *
 * `contents: write`: a blob that nothing refers to; git drops it in time. `issues: write` cannot be tried without a visible write, so only
 * reading is; the first real one is the creation of the labels, before any issue, and its refusal names the permission too.
 */
export async function checkPermissions(client: Client, needs: readonly Need[]): Promise<void> {
  for (const need of needs) {
    try {
      await (need === 'contents: write' ? tryBlob(client) : tryIssues(client));
    } catch (error) {
      throw toUserError(error, need, client);
    }
  }
}

function tryBlob(client: Client): Promise<void> {
  const { owner, repo } = client.place;
  return client.attempt({ doing: 'write contents', permission: 'contents: write' }, async (octokit) => {
    await octokit.rest.git.createBlob({ owner, repo, content: 'courier', encoding: 'utf-8' });
  });
}

async function tryIssues(client: Client): Promise<void> {
  const { owner, repo } = client.place;
  if (client.told.issuesAreReadable) return;
  return client.attempt({ doing: 'read issues', permission: 'issues: write' }, async (octokit) => {
    await octokit.rest.issues.listForRepo({ owner, repo, state: 'all', per_page: 1 });
  });
}

function toUserError(error: unknown, need: Need, client: Client): unknown {
  const { owner, repo } = client.place;
  if (!(error instanceof ExternalError)) return error;
  const status = understandFailure(error.cause)?.status;
  if (status === 403 && error.hint?.includes('permissions:'))
    return new UserError(
      `This token lacks a permission in ${owner}/${repo}: add \`${need}\` under \`permissions:\` of the workflow's job.`,
      { cause: error },
    );
  return error;
}
