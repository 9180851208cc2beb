import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import type { IssueSnapshot, Issues, IssueUpdate, NewIssue } from '../../flows/ports.ts';
import type { SafeText } from '../../publishing/safe-text.ts';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';
import { readOwnLogin } from './identity.ts';
import { createLabels } from './labels.ts';
import { fromRest, RestIssue, readIssues } from './read-issues.ts';

const Created = z.object({ number: z.number().int().positive(), html_url: z.string() });
const permission = 'issues: write';

export function createIssues(client: Client): Issues {
  const { owner, repo } = client.place;
  const labels = createLabels(client);
  let ownLogin: Promise<string> | undefined;

  async function listOwn(label: string): Promise<IssueSnapshot[]> {
    ownLogin ??= readOwnLogin(client);
    const login = (await ownLogin).toLowerCase();
    const octokit = await client.octokit();
    const query = { owner, repo, labels: label, state: 'all', per_page: 100 } as const;
    const listed = await octokit.paginate(octokit.rest.issues.listForRepo, query);
    return listed
      .map((issue) => RestIssue.parse(issue))
      .filter((issue) => issue.pull_request === undefined && issue.user?.login.toLowerCase() === login)
      .map(fromRest);
  }

  return {
    read: (numbers) =>
      client.attempt({ doing: 'read the known issues', permission: 'issues: read' }, () => readIssues(client, numbers)),
    listOwn: (label) => client.attempt({ doing: 'list issues', permission: 'issues: read' }, () => listOwn(label)),
    create: (issue) => create(client, issue),
    update: (number, change) => update(client, number, change),
    comment: (number, body) => comment(client, number, body),
    ensureLabels: labels.ensure,
  };
}

function create(client: Client, { title, body, labels, assignees }: NewIssue) {
  const { owner, repo } = client.place;
  return client.attempt({ doing: 'create an issue', permission }, async (octokit) => {
    const request = { owner, repo, title, body, labels: [...labels], assignees: [...assignees] };
    const { data } = await octokit.rest.issues.create(request);
    const { number, html_url } = Created.parse(data);
    return { number, url: html_url };
  });
}

function comment(client: Client, issue_number: number, body: SafeText): Promise<void> {
  const { owner, repo } = client.place;
  const attempt = { doing: `comment on #${issue_number}`, permission, issue: issue_number };
  return client.attempt(attempt, async (octokit) => {
    await octokit.rest.issues.createComment({ owner, repo, issue_number, body });
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
    const patch = patchOf(change);
    if (Object.keys(patch).length > 0) await octokit.rest.issues.update({ ...target, ...patch });
    const added = [...(change.addLabels ?? [])];
    if (added.length > 0) await octokit.rest.issues.addLabels({ ...target, labels: added });
    for (const name of change.removeLabels ?? []) await removeLabel(octokit, { ...target, name });
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
