import { z } from 'zod';
import type { RecentComment } from '../../flows/github-ports.ts';
import type { Client } from './client.ts';
import { toSnapshot } from './comment-snapshot.ts';

const Place = z.object({ issue_url: z.string(), html_url: z.string() });

// Of a repository that writes more than this, the newest are looked at: the others were written longest ago.
const mostPages = 10;
const pageSize = 100;

/** The newest first. */
export function readRecentComments(client: Client, since: string): Promise<RecentComment[]> {
  const { owner, repo } = client.place;
  return client.attempt({ doing: 'read the newest comments', permission: 'issues: read' }, async (octokit) => {
    const found: RecentComment[] = [];
    for (let page = 1; page <= mostPages; page++) {
      const query = { owner, repo, since, sort: 'updated', direction: 'desc', per_page: pageSize, page } as const;
      const { data } = await octokit.rest.issues.listCommentsForRepo(query);
      found.push(...data.map(toRecent));
      if (data.length < pageSize) break;
    }
    return found;
  });
}

function toRecent(value: unknown): RecentComment {
  const { issue_url, html_url } = Place.parse(value);
  const [, issue] = /\/issues\/(\d+)$/.exec(issue_url) ?? [];
  return {
    comment: toSnapshot(value),
    issue: Number(issue),
    // What GitHub says of a comment itself does not tell them apart.
    pullRequest: /\/pull\/\d+#/.test(html_url),
  };
}
