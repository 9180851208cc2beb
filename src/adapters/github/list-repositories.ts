import { z } from 'zod';
import { createClient, type GitHubOptions } from './client.ts';

const Repository = z.object({ full_name: z.string(), archived: z.boolean().optional() });

/** `owner/name` of what an installation's token sees, without archived ones. */
export function listRepositories(options: Omit<GitHubOptions, 'owner' | 'repo'>): Promise<string[]> {
  const client = createClient({ ...options, owner: '', repo: '' });
  const attempt = { doing: 'list the repositories of the installation', permission: 'metadata: read' };
  return client.attempt(attempt, async (octokit) => {
    const listed = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, { per_page: 100 });
    const repositories = listed.map((each) => Repository.parse(each));
    return repositories.filter(({ archived }) => !archived).map(({ full_name }) => full_name);
  });
}
