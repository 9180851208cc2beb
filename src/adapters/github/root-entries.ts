import { z } from 'zod';
import type { Client } from './client.ts';

const Tree = z.object({ tree: z.array(z.object({ path: z.string(), type: z.string() })) });

/** What stands in the repository's root at a commit. */
export function readRoot(
  client: Client,
  commit: string,
): Promise<{ files: readonly string[]; folders: readonly string[] }> {
  const { owner, repo } = client.place;
  return client.attempt({ doing: 'list the files of the root', permission: 'contents: read' }, async (octokit) => {
    const { tree } = Tree.parse((await octokit.rest.git.getTree({ owner, repo, tree_sha: commit })).data);
    const named = (type: string) => tree.filter((entry) => entry.type === type).map(({ path }) => path);
    return { files: named('blob'), folders: named('tree') };
  });
}
