import { z } from 'zod';
import type { WorkflowArtifact, WorkflowRun, Workflows } from '../../flows/github-ports.ts';
import type { Client } from './client.ts';
import { understandFailure } from './failure.ts';

const Actor = z.object({ login: z.string() }).nullish();
const Run = z.object({
  id: z.number().int().positive(),
  html_url: z.string(),
  event: z.string(),
  display_title: z.string().nullish(),
  head_branch: z.string().nullish(),
  head_sha: z.string(),
  status: z.string().nullish(),
  conclusion: z.string().nullish(),
  created_at: z.string(),
  run_attempt: z.number().optional(),
  actor: Actor,
  triggering_actor: Actor,
});
const Artifact = z.object({
  id: z.number().int().positive(),
  name: z.string(),
  size_in_bytes: z.number().default(0),
  expired: z.boolean().default(false),
  expires_at: z.string().nullish(),
});
const Artifacts = z.object({ artifacts: z.array(Artifact) });
const Started = z.object({ workflow_run_id: z.number().int().positive() });

function toRun(value: unknown): WorkflowRun {
  const run = Run.parse(value);
  return {
    id: run.id,
    url: run.html_url,
    event: run.event,
    title: run.display_title ?? '',
    branch: run.head_branch ?? undefined,
    commit: run.head_sha,
    status: run.status ?? 'queued',
    conclusion: run.conclusion ?? undefined,
    createdAt: run.created_at,
    attempt: run.run_attempt ?? 1,
    actor: run.actor?.login,
    attemptBy: run.triggering_actor?.login,
  };
}

function toArtifact({ id, name, size_in_bytes, expires_at }: z.infer<typeof Artifact>, run: number): WorkflowArtifact {
  return { id, run, name, bytes: size_in_bytes, expiresAt: expires_at ?? undefined };
}

function toQuery(given: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(given).flatMap(([key, value]) => (value ? [[key, value]] : [])));
}

export function createWorkflows(client: Client): Workflows {
  const { owner, repo } = client.place;

  const dispatch: Workflows['dispatch'] = (workflow_id, { branch, request }) =>
    client.attempt({ doing: `start the workflow ${workflow_id}`, permission: 'actions: write' }, async (octokit) => {
      const start = { owner, repo, workflow_id, ref: branch, inputs: { request } };
      const send = (more: { return_run_details?: boolean }) =>
        octokit.rest.actions.createWorkflowDispatch({ ...start, ...more });
      try {
        const { data } = await send({ return_run_details: true }).catch((error: unknown) => {
          // GitHub Enterprise Server may be older than the parameter; it has then started nothing.
          if (!/return_run_details/.test(understandFailure(error)?.message ?? '')) throw error;
          return send({});
        });
        return { run: Started.safeParse(data).data?.workflow_run_id };
      } catch (error) {
        const failure = understandFailure(error);
        if (failure?.status === 404 || failure?.status === 422) return { missing: failure.message };
        throw error;
      }
    });

  const runs: Workflows['runs'] = (workflow_id, { event, status, branch, since } = {}) =>
    client.attempt({ doing: `list the runs of ${workflow_id}`, permission: 'actions: read' }, async (octokit) => {
      const query = toQuery({ event, branch, created: since && `>=${since}` });
      try {
        const route = 'GET /repos/{owner}/{repo}/actions/workflows/{workflow_id}/runs';
        const asked = { owner, repo, workflow_id, per_page: 100, ...query };
        const { data } = await octokit.request(route, asked);
        const listed = z
          .object({ workflow_runs: z.array(z.unknown()) })
          .parse(data)
          .workflow_runs.map(toRun);
        return listed.filter((run) => status === undefined || run.status === status);
      } catch (error) {
        if (understandFailure(error)?.status === 404) return [];
        throw error;
      }
    });

  return {
    dispatch,
    runs,
    rerun: (run_id) =>
      client.attempt({ doing: 'repeat a workflow run', permission: 'actions: write' }, (octokit) =>
        orBusy(octokit.rest.actions.reRunWorkflow({ owner, repo, run_id })),
      ),
    readRun: (run_id) =>
      client.attempt({ doing: 'read a workflow run', permission: 'actions: read' }, async (octokit) => {
        const found = await orEnded(octokit.rest.actions.getWorkflowRun({ owner, repo, run_id }), [404]);
        return found && toRun(found.data);
      }),
    cancelRun: (run_id) =>
      client.attempt({ doing: 'cancel a workflow run', permission: 'actions: write' }, async (octokit) => {
        await orEnded(octokit.rest.actions.cancelWorkflowRun({ owner, repo, run_id }), [404, 409]);
      }),
    listArtifacts: (run_id, name) =>
      client.attempt(
        { doing: 'list the artifacts of a workflow run', permission: 'actions: read' },
        async (octokit) => {
          const query = { owner, repo, run_id, name, per_page: 100 };
          const found = await orEnded(octokit.rest.actions.listWorkflowRunArtifacts(query), [404]);
          const { artifacts } = found ? Artifacts.parse(found.data) : { artifacts: [] };
          const isThere = (each: z.infer<typeof Artifact>) => each.name === name && !each.expired;
          return artifacts.filter(isThere).map((each) => toArtifact(each, run_id));
        },
      ),
    removeArtifact: (artifact_id) =>
      client.attempt({ doing: 'remove an artifact', permission: 'actions: write' }, async (octokit) => {
        await orEnded(octokit.rest.actions.deleteArtifact({ owner, repo, artifact_id }), [404, 410]);
      }),
  };
}

/** `undefined` where GitHub answers that what was asked for is gone, or over. */
async function orEnded<Answer>(answer: Promise<Answer>, statuses: readonly number[]): Promise<Answer | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (statuses.includes(understandFailure(error)?.status ?? 0)) return undefined;
    throw error;
  }
}

/** GitHub answers 403 where a run works already, or is too old, and for a missing permission as well. @returns false for the former. */
async function orBusy(answer: Promise<unknown>): Promise<boolean> {
  try {
    await answer;
    return true;
  } catch (error) {
    const { status, message = '' } = understandFailure(error) ?? {};
    if (status === 404 || status === 409 || /already running|cannot be re-?run|unable to re-?run/i.test(message))
      return false;
    throw error;
  }
}
