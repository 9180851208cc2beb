import { z } from 'zod';
import type { Label } from '../../flows/github-ports.ts';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';

const Named = z.object({ name: z.string() });

/** Labels of the repository. Names compare without case, as GitHub does. */
export function createLabels(client: Client) {
  const { owner, repo } = client.place;
  let known: Set<string> | undefined;

  async function list(): Promise<Set<string>> {
    const octokit = await client.octokit();
    const labels = await octokit.paginate(octokit.rest.issues.listLabelsForRepo, { owner, repo, per_page: 100 });
    return new Set(labels.map((label) => Named.parse(label).name.toLowerCase()));
  }

  async function create({ name, color, description }: Label): Promise<void> {
    const octokit = await client.octokit();
    try {
      await octokit.rest.issues.createLabel({ owner, repo, name, color: color.replace(/^#/, ''), description });
    } catch (error) {
      // Made by somebody else since the list was read, or by an earlier try whose answer was lost.
      const failure = understandFailure(error);
      if (!(failure?.status === 422 && failure.message.includes('already_exists'))) throw error;
    }
  }

  /** Creates those that are missing; the list is read once. */
  const ensure = (labels: readonly Label[]): Promise<string[]> =>
    client.attempt({ doing: 'create labels', permission: 'issues: write' }, async () => {
      known ??= await list();
      const made: string[] = [];
      for (const label of labels) {
        if (known.has(label.name.toLowerCase())) continue;
        await create(label);
        known.add(label.name.toLowerCase());
        made.push(label.name);
      }
      return made;
    });

  return { ensure };
}
