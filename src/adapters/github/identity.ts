import { z } from 'zod';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';

const Viewer = z.object({ viewer: z.object({ login: z.string() }) });
const workflowIdentity = 'github-actions[bot]';

/** The login under which our writes appear; apps end in `[bot]`. */
export async function readOwnLogin(client: Client): Promise<string> {
  const answer = await client.graphql('query OwnLogin { viewer { login } }', {});
  const viewer = Viewer.safeParse(answer?.data);
  if (!viewer.success) return readByRest(client);
  const { login } = viewer.data.viewer;
  // `ghs_` tokens are installation tokens, GITHUB_TOKEN among them.
  return client.token.startsWith('ghs_') && !login.endsWith('[bot]') ? `${login}[bot]` : login;
}

async function readByRest(client: Client): Promise<string> {
  const octokit = await client.octokit();
  try {
    return z.object({ login: z.string() }).parse((await octokit.rest.users.getAuthenticated()).data).login;
  } catch (error) {
    // An installation token is nobody in particular there; without GraphQL the workflow's own identity is the best guess.
    if (understandFailure(error)?.status === 403) return workflowIdentity;
    throw error;
  }
}
