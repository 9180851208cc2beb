import { z } from 'zod';
import { createClient, type GitHubOptions } from './client.ts';

const Repository = z.object({
  id: z.number().int().positive(),
  full_name: z.string(),
  archived: z.boolean().optional(),
});

/** What an installation's token sees, without archived ones; `name` is `owner/name`. */
export function listRepositories(
  options: Omit<GitHubOptions, 'owner' | 'repo'>,
): Promise<{ id: number; name: string }[]> {
  const client = createClient({ ...options, owner: '', repo: '' });
  const attempt = { doing: 'list the repositories of the installation', permission: 'metadata: read' };
  return client.attempt(attempt, async (octokit) => {
    const listed = await octokit.paginate(octokit.rest.apps.listReposAccessibleToInstallation, { per_page: 100 });
    const repositories = listed.map((each) => Repository.parse(each));
    return repositories.filter(({ archived }) => !archived).map(({ id, full_name: name }) => ({ id, name }));
  });
}
