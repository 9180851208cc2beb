import type { Octokit } from '@octokit/rest';
import { z } from 'zod';
import type { CheckNote, Checks, FailedCheck } from '../../flows/github-ports.ts';
import type { Client } from './client.ts';
import { readOwnLogin } from './identity.ts';

const App = z.object({ slug: z.string().nullish() }).nullish();
const Suite = z.object({
  id: z.number(),
  status: z.string().nullish(),
  app: App,
  latest_check_runs_count: z.number().default(0),
});
const Run = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  conclusion: z.string().nullish(),
  app: App,
  check_suite: z.object({ id: z.number() }).nullish(),
  output: z.object({ title: z.string().nullish(), summary: z.string().nullish() }).nullish(),
});
const WorkflowRuns = z.object({
  workflow_runs: z.array(z.object({ path: z.string().nullish(), check_suite_id: z.number().nullish() })),
});
const Note = z.object({ path: z.string(), start_line: z.number().nullish(), message: z.string().nullish() });

const permission = 'checks: read';
const actions = 'github-actions';

/** What was cancelled, skipped or is neutral has not failed; what asks for an action waits for a person. */
const failures: Readonly<Record<string, FailedCheck['how']>> = { failure: 'failed', timed_out: 'timed-out' };

export function readChecksOfOthers(client: Client, commit: string, besides: string): ReturnType<Checks['ofOthers']> {
  const { owner, repo } = client.place;
  return client.attempt({ doing: 'read the checks of a commit', permission }, async (octokit) => {
    const query = { owner, repo, ref: commit, per_page: 100 };
    const listed = await octokit.paginate(octokit.rest.checks.listSuitesForRef, query);
    // Each app that may make checks has a suite on each push; one that makes none never ends it.
    const used = listed.map((value) => Suite.parse(value)).filter((suite) => suite.latest_check_runs_count > 0);
    const isOwnApp = ownApp(await readOwnLogin(client));
    const suites = used.filter(({ app }) => !isOwnApp(app?.slug));
    const ours = suites.length === 0 ? new Set<number>() : await suitesOfWorkflow(octokit, client, { commit, besides });
    const others = suites.filter(({ id }) => !ours.has(id));
    const settled = others.length > 0 && others.every(({ status }) => status === 'completed');
    if (!settled) return { settled, failed: [] };
    const counted = new Set(others.map(({ id }) => id));
    const runs = await octokit.paginate(octokit.rest.checks.listForRef, query);
    return { settled, failed: runs.flatMap((value) => toFailed(Run.parse(value), counted)) };
  });
}

/** A workflow's own token writes under a name that all workflows have. */
function ownApp(login: string): (slug: string | null | undefined) => boolean {
  const own = login.replace(/\[bot\]$/, '');
  return (slug) => slug === own && own !== actions;
}

async function suitesOfWorkflow(
  octokit: Octokit,
  { place: { owner, repo } }: Client,
  { commit, besides }: { commit: string; besides: string },
): Promise<Set<number>> {
  const query = { owner, repo, head_sha: commit, per_page: 100 };
  const { data } = await octokit.rest.actions.listWorkflowRunsForRepo(query);
  const isOurs = (path: string | null | undefined) => path?.replace(/@.*$/, '') === `.github/workflows/${besides}`;
  return new Set(
    WorkflowRuns.parse(data).workflow_runs.flatMap(({ path, check_suite_id }) =>
      isOurs(path) && check_suite_id ? [check_suite_id] : [],
    ),
  );
}

function toFailed(
  { id, name, conclusion, app, check_suite, output }: z.infer<typeof Run>,
  suites: ReadonlySet<number>,
): FailedCheck[] {
  const how = failures[conclusion ?? ''];
  // Of Courier's app, seen by a workflow's token.
  const isCouriers = name === 'Courier' && app?.slug !== actions;
  if (how === undefined || isCouriers || (check_suite && !suites.has(check_suite.id))) return [];
  return [{ id, name, how, title: output?.title ?? '', summary: output?.summary ?? '' }];
}

export function readCheckNotes(client: Client, check_run_id: number): Promise<readonly CheckNote[]> {
  const { owner, repo } = client.place;
  return client.attempt({ doing: 'read the remarks of a check', permission }, async (octokit) => {
    const { data } = await octokit.rest.checks.listAnnotations({ owner, repo, check_run_id, per_page: 50 });
    return data.map((value) => {
      const { path, start_line, message } = Note.parse(value);
      return { path, line: start_line ?? undefined, text: message ?? '' };
    });
  });
}
