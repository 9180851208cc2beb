import { parse } from 'yaml';
import { flatten, treeOf } from './git-objects.ts';
import { paginate, type Reply, type RepositoryCall, text } from './http.ts';
import { HttpError } from './http-error.ts';
import { runJson } from './json.ts';
import { nextId, type Person, type RepositoryState, type StoredRun } from './state.ts';

type Workflow = { file: string; inputs: readonly string[] | undefined };

const record = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};

/** The workflows of a commit, and what a dispatch of each may say; `undefined`: it cannot be dispatched. */
function workflowsAt(repository: RepositoryState, commit: string | undefined): Workflow[] {
  const tree = commit === undefined ? undefined : treeOf(repository.objects, commit);
  if (tree === undefined) return [];
  return [...flatten(repository.objects, tree)].flatMap(([path, { sha }]) => {
    const [, file] = /^\.github\/workflows\/([^/]+\.ya?ml)$/.exec(path) ?? [];
    const blob = repository.objects.get(sha);
    if (file === undefined || blob?.type !== 'blob') return [];
    return [{ file, inputs: inputsOf(parse(blob.content.toString('utf8'))) }];
  });
}

function inputsOf(workflow: unknown): string[] | undefined {
  const { on } = record(workflow);
  const events = typeof on === 'string' || Array.isArray(on) ? [on].flat() : Object.keys(record(on));
  if (!events.includes('workflow_dispatch')) return undefined;
  return Object.keys(record(record(record(on).workflow_dispatch).inputs));
}

const fileId = (file: string) =>
  [...file].reduce((sum, character) => sum * 31 + character.charCodeAt(0), 7) % 1_000_000;

function requireWorkflow(call: RepositoryCall): Workflow {
  const { repository, params } = call;
  const head = repository.refs.get(`refs/heads/${repository.defaultBranch}`);
  const found = workflowsAt(repository, head).find(
    ({ file }) => file === params.workflow_id || String(fileId(file)) === params.workflow_id,
  );
  if (!found) throw new HttpError(404, 'Not Found');
  return found;
}

function workflowJson({ apiUrl, serverUrl, repository }: RepositoryCall, { file }: Workflow) {
  const path = `.github/workflows/${file}`;
  const at = { url: `${apiUrl}/repos/${repository.fullName}/actions/workflows/${fileId(file)}` };
  return {
    id: fileId(file),
    name: file,
    path,
    state: 'active',
    ...at,
    html_url: `${serverUrl}/${repository.fullName}`,
  };
}

/** A run that begins: queued, as GitHub's are. */
export function addRun(
  repository: RepositoryState,
  run: Pick<StoredRun, 'workflow' | 'event'> & Partial<StoredRun> & { actor: Person },
): StoredRun {
  const branch = run.branch ?? repository.defaultBranch;
  const now = new Date().toISOString();
  const { login, type } = run.actor;
  const queued: StoredRun = {
    ...{ id: nextId(), branch, commit: repository.refs.get(`refs/heads/${branch}`) ?? '0'.repeat(40), inputs: {} },
    ...{ status: 'queued', conclusion: null, attempt: 1, createdAt: now, updatedAt: now },
    ...{ attemptBy: { login, type }, ...run, actor: { login, type } },
  };
  repository.runs.push(queued);
  return queued;
}

function dispatch(call: RepositoryCall): Reply {
  const { repository, body, webhooks } = call;
  const { file } = requireWorkflow(call);
  const branch = (text(body.ref) ?? '').replace(/^refs\/heads\//, '');
  const commit = repository.refs.get(`refs/heads/${branch}`);
  if (commit === undefined) throw new HttpError(422, `No ref found for: ${branch}`);
  const there = workflowsAt(repository, commit).find((workflow) => workflow.file === file);
  if (!there?.inputs) throw new HttpError(422, "Workflow does not have 'workflow_dispatch' trigger");
  const given = Object.entries(record(body.inputs)).map(([name, value]) => [name, String(value)] as const);
  const unexpected = given.map(([name]) => name).filter((name) => !there.inputs?.includes(name));
  if (unexpected.length > 0) throw new HttpError(422, `Unexpected inputs provided: ${JSON.stringify(unexpected)}`);
  if (given.reduce((sum, [, value]) => sum + value.length, 0) > 65_535)
    throw new HttpError(422, 'inputs are too large');
  const event = 'workflow_dispatch';
  const run = addRun(repository, { workflow: file, event, branch, inputs: Object.fromEntries(given), actor: call.who });
  webhooks.run('requested', { ...call, run });
  if (body.return_run_details !== true) return { status: 204 };
  const { url, html_url } = runJson(call, run);
  return { status: 200, body: { workflow_run_id: run.id, run_url: url, html_url } };
}

function listRuns(call: RepositoryCall, runs: readonly StoredRun[]): Reply {
  const { query } = call;
  const wanted = (name: string, value: string | null) => (query.get(name) ?? value) === value;
  const since = Date.parse(/^>=(.+)$/.exec(query.get('created') ?? '')?.[1] ?? '1970-01-01T00:00:00Z');
  const found = runs
    .filter((run) => wanted('event', run.event) && wanted('branch', run.branch))
    .filter((run) => wanted('head_sha', run.commit))
    .filter((run) => wanted('status', run.status) || wanted('status', run.conclusion))
    .filter(({ createdAt }) => Math.floor(Date.parse(createdAt) / 1000) >= Math.floor(since / 1000))
    .toSorted((a, b) => b.id - a.id);
  const { page, headers } = paginate(found, call);
  return {
    status: 200,
    headers,
    body: { total_count: found.length, workflow_runs: page.map((run) => runJson(call, run)) },
  };
}

function requireRun(call: RepositoryCall): StoredRun {
  const found = call.repository.runs.find(({ id }) => String(id) === call.params.run_id);
  if (!found) throw new HttpError(404, 'Not Found');
  return found;
}

/** What becomes of a run, told to the app. */
export function moveRun(
  call: Pick<RepositoryCall, 'apiUrl' | 'serverUrl' | 'repository' | 'webhooks'>,
  run: StoredRun,
  to: 'in_progress' | { conclusion: string },
): void {
  const status = to === 'in_progress' ? 'in_progress' : 'completed';
  Object.assign(run, {
    status,
    conclusion: to === 'in_progress' ? null : to.conclusion,
    updatedAt: new Date().toISOString(),
  });
  call.webhooks.run(status, { ...call, who: run.attemptBy, run });
}

function cancel(call: RepositoryCall): Reply {
  const run = requireRun(call);
  if (run.status === 'completed') throw new HttpError(409, 'Cannot cancel a workflow run that is completed.');
  moveRun(call, run, { conclusion: 'cancelled' });
  return { status: 202, body: {} };
}

function listArtifacts(call: RepositoryCall): Reply {
  const run = requireRun(call);
  const name = call.query.get('name');
  const found = call.repository.artifacts.filter((each) => each.run === run.id && (name ?? each.name) === each.name);
  const { page, headers } = paginate(found, call);
  const artifacts = page.map(({ id, name, bytes, expired }) => ({
    ...{ id, node_id: `A_${id}`, name, size_in_bytes: bytes, expired },
    ...{ created_at: run.createdAt, expires_at: new Date(Date.parse(run.createdAt) + 30 * 86_400_000).toISOString() },
  }));
  return { status: 200, headers, body: { total_count: found.length, artifacts } };
}

function deleteArtifact({ repository, params }: RepositoryCall): Reply {
  const found = repository.artifacts.findIndex(({ id }) => String(id) === params.artifact_id);
  if (found === -1) throw new HttpError(404, 'Not Found');
  repository.artifacts.splice(found, 1);
  return { status: 204 };
}

function rerun(call: RepositoryCall): Reply {
  const run = requireRun(call);
  if (run.status !== 'completed') throw new HttpError(403, 'This workflow is already running');
  const { login, type } = call.who;
  Object.assign(run, { status: 'queued', conclusion: null, attempt: run.attempt + 1, attemptBy: { login, type } });
  call.webhooks.run('requested', { ...call, run });
  return { status: 201, body: {} };
}

export const actionsOperations: Readonly<Record<string, (call: RepositoryCall) => Reply>> = {
  'actions/list-repo-workflows': (call) => {
    const { repository } = call;
    const found = workflowsAt(repository, repository.refs.get(`refs/heads/${repository.defaultBranch}`));
    return {
      status: 200,
      body: { total_count: found.length, workflows: found.map((each) => workflowJson(call, each)) },
    };
  },
  'actions/get-workflow': (call) => ({ status: 200, body: workflowJson(call, requireWorkflow(call)) }),
  'actions/create-workflow-dispatch': dispatch,
  'actions/list-workflow-runs': (call) => {
    const { file } = requireWorkflow(call);
    return listRuns(
      call,
      call.repository.runs.filter(({ workflow }) => workflow === file),
    );
  },
  'actions/list-workflow-runs-for-repo': (call) => listRuns(call, call.repository.runs),
  'actions/get-workflow-run': (call) => ({ status: 200, body: runJson(call, requireRun(call)) }),
  'actions/cancel-workflow-run': cancel,
  'actions/list-workflow-run-artifacts': listArtifacts,
  'actions/delete-artifact': deleteArtifact,
  'actions/re-run-workflow': rerun,
};
