import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import type { IssueSnapshot, Issues, IssueUpdate, NewIssue } from '../../flows/github-ports.ts';
import type { SafeText } from '../../publishing/safe-text.ts';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';
import { readOwnLogin } from './identity.ts';
import { createLabels } from './labels.ts';
import { fromRest, labelNames, RestIssue, readIssues } from './read-issues.ts';

const Created = z.object({
  number: z.number().int().positive(),
  html_url: z.string(),
  labels: RestIssue.shape.labels.default([]),
});
const Changed = z.object({ number: z.number(), updated_at: z.string(), comments: z.number().default(0) });
const Comment = z.object({ body: z.string().nullish(), user: z.object({ login: z.string() }).nullish() });
const permission = 'issues: write';

export function createIssues(client: Client): Issues {
  const { owner, repo } = client.place;
  const labels = createLabels(client);
  let ownLogin: string | undefined;

  async function readLogin(): Promise<string> {
    ownLogin ??= await readOwnLogin(client);
    return ownLogin.toLowerCase();
  }

  async function listOwn(label: string): Promise<IssueSnapshot[]> {
    const login = await readLogin();
    const octokit = await client.octokit();
    const query = { owner, repo, labels: label, state: 'all', per_page: 100 } as const;
    const listed = await octokit.paginate(octokit.rest.issues.listForRepo, query);
    return listed
      .map((issue) => RestIssue.parse(issue))
      .filter((issue) => issue.pull_request === undefined && issue.user?.login.toLowerCase() === login)
      .map(fromRest);
  }

  async function newestChange(octokit: Octokit, label: string): Promise<string> {
    const query = {
      owner,
      repo,
      labels: label,
      state: 'all',
      sort: 'updated',
      direction: 'desc',
      per_page: 1,
    } as const;
    const { data } = await octokit.rest.issues.listForRepo(query);
    return data.map((issue) => Object.values(Changed.parse(issue)).join(' ')).join();
  }

  async function isThere(octokit: Octokit, issue_number: number, mark: SafeText): Promise<boolean> {
    const query = { owner, repo, issue_number, per_page: 100 };
    const comments = await octokit.paginate(octokit.rest.issues.listComments, query);
    const marked = comments.map((comment) => Comment.parse(comment)).filter(({ body }) => body?.includes(mark));
    if (marked.length === 0) return false;
    const login = await readLogin();
    return marked.some(({ user }) => user?.login.toLowerCase() === login);
  }

  async function comment(octokit: Octokit, issue_number: number, body: SafeText, mark?: SafeText): Promise<boolean> {
    if (mark !== undefined && (await isThere(octokit, issue_number, mark))) return false;
    await octokit.rest.issues.createComment({ owner, repo, issue_number, body });
    return true;
  }

  return {
    read: (numbers) =>
      client.attempt({ doing: 'read the known issues', permission: 'issues: read' }, () => readIssues(client, numbers)),
    listOwn: (label) => client.attempt({ doing: 'list issues', permission: 'issues: read' }, () => listOwn(label)),
    create: (issue) => create(client, issue),
    update: (number, change) => update(client, number, change),
    newestChange: (label) =>
      client.attempt({ doing: 'list issues', permission: 'issues: read' }, (octokit) => newestChange(octokit, label)),
    comment: (issue, body, mark) =>
      client.attempt({ doing: `comment on #${issue}`, permission, issue }, (octokit) =>
        comment(octokit, issue, body, mark),
      ),
    ensureLabels: labels.ensure,
  };
}

function create(client: Client, { title, body, labels, assignees }: NewIssue) {
  const { owner, repo } = client.place;
  return client.attempt({ doing: 'create an issue', permission }, async (octokit) => {
    const request = { owner, repo, title, body, labels: [...labels], assignees: [...assignees] };
    const { data } = await octokit.rest.issues.create(request);
    const created = Created.parse(data);
    return { number: created.number, url: created.html_url, labels: labelNames(created.labels) };
  });
}

/** The fields of a PATCH; labels are never among them, because it would set the whole list and with it drop people's own. */
function patchOf({ title, body, state }: IssueUpdate) {
  const moved = state && {
    state: state.to,
    state_reason: state.to === 'closed' ? state.reason : ('reopened' as const),
  };
  return { ...(title !== undefined && { title }), ...(body !== undefined && { body }), ...moved };
}

function update(client: Client, issue_number: number, change: IssueUpdate): Promise<void> {
  const { owner, repo } = client.place;
  const target = { owner, repo, issue_number };
  const attempt = { doing: `update #${issue_number}`, permission, issue: issue_number };
  return client.attempt(attempt, async (octokit) => {
    const added = [...(change.addLabels ?? [])];
    if (added.length > 0) await octokit.rest.issues.addLabels({ ...target, labels: added });
    for (const name of change.removeLabels ?? []) await removeLabel(octokit, { ...target, name });
    const patch = patchOf(change);
    if (Object.keys(patch).length > 0) await octokit.rest.issues.update({ ...target, ...patch });
  });
}

async function removeLabel(
  octokit: Octokit,
  label: { owner: string; repo: string; issue_number: number; name: string },
): Promise<void> {
  try {
    await octokit.rest.issues.removeLabel(label);
  } catch (error) {
    // Somebody took it off already.
    const failure = understandFailure(error);
    if (!(failure?.status === 404 && /label/i.test(failure.message))) throw error;
  }
}
