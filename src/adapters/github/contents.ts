import { z } from 'zod';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';

/** Text of a file at a branch, tag or commit; `undefined` where there is none, or a folder. */
export function readFile(client: Client, path: string, ref: string): Promise<string | undefined> {
  const { owner, repo } = client.place;
  const attempt = { doing: `read ${path}`, permission: 'contents: read' };
  return client.attempt(attempt, async (octokit) => {
    try {
      const mediaType = { format: 'raw' };
      const { data } = await octokit.rest.repos.getContent({ owner, repo, path, ref, mediaType });
      return textOf(data);
    } catch (error) {
      if (understandFailure(error)?.status === 404) return undefined;
      throw error;
    }
  });
}

/** Raw answers are bytes or text, whatever Octokit's types say; a folder is a list. */
function textOf(data: unknown): string | undefined {
  if (typeof data === 'string') return data;
  return data instanceof ArrayBuffer ? Buffer.from(data).toString('utf8') : undefined;
}

const PullFile = z.object({
  filename: z.string(),
  additions: z.number(),
  patch: z.string().optional(),
});

type Range = readonly [number, number];

/**
 * Lines that a pull request adds or changes, on its head's side, by path. Where GitHub leaves out a file's patch (too large), all lines
 * count as changed.
 */
export function readChangedLines(client: Client, pull_number: number): Promise<Map<string, readonly Range[]>> {
  const { owner, repo } = client.place;
  const attempt = { doing: `read the changes of #${pull_number}`, permission: 'pull-requests: read' };
  return client.attempt({ ...attempt, issue: pull_number }, async (octokit) => {
    const files = await octokit.paginate(octokit.rest.pulls.listFiles, { owner, repo, pull_number, per_page: 100 });
    const changed = new Map<string, readonly Range[]>();
    for (const raw of files) {
      const { filename, additions, patch } = PullFile.parse(raw);
      const ranges = patch === undefined ? [[1, Number.MAX_SAFE_INTEGER] as const] : addedLines(patch);
      if (additions > 0 && ranges.length > 0) changed.set(filename, ranges);
    }
    return changed;
  });
}

/** The added lines of a unified diff, as ranges of the new file's line numbers. */
export function addedLines(patch: string): Range[] {
  const ranges: [number, number][] = [];
  let line = 0;
  for (const text of patch.split('\n')) {
    const header = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,\d+)? @@/.exec(text);
    if (header) line = Number(header[1]);
    else if (text.startsWith('+')) {
      const last = ranges.at(-1);
      if (last?.[1] === line - 1) last[1] = line;
      else ranges.push([line, line]);
      line += 1;
    } else if (text.startsWith(' ')) line += 1;
  }
  return ranges;
}
