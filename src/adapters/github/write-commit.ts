import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import type { FileChanges } from '../../flows/pull-request-ports.ts';
import type { SafeText } from '../../publishing/safe-text.ts';
import type { Client } from './client.ts';
import { readTree } from './read-commit.ts';

const Named = z.object({ sha: z.string() });
const Commit = z.object({ tree: Named });

type Writing = { base: string; files: FileChanges; message: SafeText };

/** @returns the new commit, which no branch has yet: `base` where the files are so already. */
export async function writeCommit(
  octokit: Octokit,
  client: Client,
  { base, files, message }: Writing,
): Promise<string> {
  const { owner, repo } = client.place;
  const { tree: before } = Commit.parse((await octokit.rest.git.getCommit({ owner, repo, commit_sha: base })).data);
  const tree = await writeFiles(octokit, client, { tree: before.sha, files });
  if (tree === before.sha) return base;
  const request = { owner, repo, message, tree, parents: [base] };
  return Named.parse((await octokit.rest.git.createCommit(request)).data).sha;
}

const modes = { file: '100644', executable: '100755', link: '120000' } as const;

/** @returns the tree's name: the one that was there where nothing changes. */
async function writeFiles(
  octokit: Octokit,
  client: Client,
  { tree, files }: { tree: string; files: FileChanges },
): Promise<string> {
  const { owner, repo } = client.place;
  const wanted = await withoutMissing(client, { tree, files });
  if (wanted.length === 0) return tree;
  const entries = await Promise.all(
    wanted.map(async ([path, change]) => {
      if (change === null) return { path, mode: '100644', type: 'blob', sha: null } as const;
      const { mode, text } = typeof change === 'string' ? { mode: 'file' as const, text: change } : change;
      const file = { path, mode: modes[mode], type: 'blob' } as const;
      if (!text.includes('\0')) return { ...file, content: text };
      // Inline content is text to GitHub; what it might take for something else goes as bytes.
      const content = Buffer.from(text).toString('base64');
      const { data } = await octokit.rest.git.createBlob({ owner, repo, content, encoding: 'base64' });
      return { ...file, sha: Named.parse(data).sha };
    }),
  );
  const request = { owner, repo, base_tree: tree, tree: entries };
  return Named.parse((await octokit.rest.git.createTree(request)).data).sha;
}

/** GitHub takes the removal of a file that is not there for a mistake. */
async function withoutMissing(client: Client, { tree, files }: { tree: string; files: FileChanges }) {
  const all = [...files];
  if (all.every(([, text]) => text !== null)) return all;
  const there = await readTree(client, tree);
  return all.filter(([path, text]) => text !== null || there.has(path));
}
