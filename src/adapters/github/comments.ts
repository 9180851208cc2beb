import type { Octokit } from '@octokit/rest';
import { type CommentKey, compareKeys } from '../../events/comment-key.ts';
import type { CommentSnapshot, Comments, PlacedComment } from '../../flows/github-ports.ts';
import type { SafeText } from '../../publishing/safe-text.ts';
import type { Client } from './client.ts';
import { toSnapshot } from './comment-snapshot.ts';
import { readOwnLogin } from './identity.ts';
import { readRecentComments } from './recent-comments.ts';
import { listReviewed, orGone, reactToReviewed, readReviewed, recentReviewed } from './review-comments.ts';

/** GitHub tells what a comment stands on by addresses alone. */
function toPlaced(value: unknown): PlacedComment {
  const comment = toSnapshot(value);
  const [, kind, issue] = /\/(issues|pull)\/(\d+)(?:#|$)/.exec(comment.url) ?? [];
  return { ...comment, issue: Number(issue), pullRequest: kind === 'pull' };
}

const permission = 'issues: write';

export function createComments(client: Client): Comments {
  const { owner, repo } = client.place;
  let ownLogin: string | undefined;

  async function list(octokit: Octokit, issue_number: number, since?: string): Promise<CommentSnapshot[]> {
    const query = { owner, repo, issue_number, per_page: 100, ...(since === undefined ? {} : { since }) };
    const comments = await orGone(octokit.paginate(octokit.rest.issues.listComments, query));
    return (comments ?? []).map(toSnapshot).sort((a, b) => compareKeys(a.id, b.id));
  }

  async function findOwn(octokit: Octokit, issue: number, mark: SafeText): Promise<CommentKey | undefined> {
    const marked = (await list(octokit, issue)).filter(({ body }) => body.includes(mark));
    if (marked.length === 0) return undefined;
    ownLogin ??= await readOwnLogin(client);
    const login = ownLogin.toLowerCase();
    return marked.find(({ author }) => author?.toLowerCase() === login)?.id;
  }

  async function ensure(octokit: Octokit, issue_number: number, { mark, body }: { mark: SafeText; body: SafeText }) {
    const known = await findOwn(octokit, issue_number, mark);
    if (typeof known === 'number') return { id: known, written: false };
    const { data } = await octokit.rest.issues.createComment({ owner, repo, issue_number, body });
    return { id: data.id, written: true };
  }

  return {
    list: (issue, since) =>
      client.attempt({ doing: `read the comments of #${issue}`, permission: 'issues: read', issue }, (octokit) =>
        list(octokit, issue, since),
      ),
    listReviewed: (pullRequest, since) => listReviewed(client, pullRequest, since),
    recent: async (since) => [...(await readRecentComments(client, since)), ...(await recentReviewed(client, since))],
    async read(comment_id) {
      if (typeof comment_id !== 'number') return readReviewed(client, comment_id);
      return client.attempt({ doing: 'read a comment', permission: 'issues: read' }, async (octokit) => {
        const found = await orGone(octokit.rest.issues.getComment({ owner, repo, comment_id }));
        return found && toPlaced(found.data);
      });
    },
    async react(comment_id, content) {
      if (typeof comment_id !== 'number') return reactToReviewed(client, comment_id, content);
      await client.attempt({ doing: 'react to a comment', permission }, (octokit) =>
        orGone(octokit.rest.reactions.createForIssueComment({ owner, repo, comment_id, content })),
      );
    },
    ensure: (issue, mark, body) =>
      client.attempt({ doing: `comment on #${issue}`, permission, issue }, (octokit) =>
        ensure(octokit, issue, { mark, body }),
      ),
    edit: (comment_id, body) =>
      client.attempt({ doing: 'edit a comment', permission }, async (octokit) => {
        const edited = await orGone(octokit.rest.issues.updateComment({ owner, repo, comment_id, body }));
        return edited !== undefined;
      }),
  };
}
