import { paginate, type Reply, type RepositoryCall, text } from './http.ts';
import { HttpError, invalid } from './http-error.ts';
import { headOf } from './pull-json.ts';
import { nextId, type StoredCheckRun } from './state.ts';

export function checkRunJson(
  { apiUrl, serverUrl, repository }: Pick<RepositoryCall, 'apiUrl' | 'serverUrl' | 'repository'>,
  run: StoredCheckRun,
) {
  return {
    id: run.id,
    name: run.name,
    head_sha: run.commit,
    status: run.status,
    conclusion: run.conclusion,
    external_id: run.externalId,
    output: run.output,
    app: { slug: run.app },
    check_suite: { id: suiteOf(run) },
    url: `${apiUrl}/repos/${repository.fullName}/check-runs/${run.id}`,
    html_url: `${serverUrl}/${repository.fullName}/runs/${run.id}`,
  };
}

const suiteOf = ({ suite, id }: StoredCheckRun) => suite ?? id;

/** The suites of a commit; `pulls`: the open pull requests that it is the head of. */
export function suitesOf(
  { repository }: Pick<RepositoryCall, 'repository'>,
  commit: string,
): { id: number; runs: StoredCheckRun[]; status: string; conclusion: string | null; pulls: { number: number }[] }[] {
  const runs = repository.checkRuns.filter((run) => run.commit === commit);
  const pulls = repository.issues.filter(
    (issue) => issue.pullRequest && issue.state === 'open' && !issue.pull?.fork && headOf(repository, issue) === commit,
  );
  return [...Map.groupBy(runs, suiteOf)].map(([id, each]) => {
    const ended = each.every(({ status }) => status === 'completed');
    const worst = each.find(({ conclusion }) => conclusion !== 'success')?.conclusion ?? 'success';
    const conclusion = ended ? worst : null;
    return {
      ...{ id, runs: each, status: ended ? 'completed' : 'in_progress', conclusion },
      pulls: pulls.map(({ number }) => ({ number })),
    };
  });
}

export function suiteJson(
  commit: string,
  { id, runs, status, conclusion, pulls }: ReturnType<typeof suitesOf>[number],
) {
  const app = { slug: runs[0]?.app ?? '' };
  return { id, head_sha: commit, status, conclusion, app, latest_check_runs_count: runs.length, pull_requests: pulls };
}

/** Each app that may write checks has a suite for each push, which nothing ever ends where it makes no check run. */
function listSuites(call: RepositoryCall): Reply {
  const ref = call.params.ref ?? '';
  const commit = call.repository.refs.get(`refs/heads/${ref}`) ?? ref;
  const idle = { id: 1, runs: [], status: 'queued', conclusion: null, pulls: [] };
  const found = [idle, ...suitesOf(call, commit)];
  const { page, headers } = paginate(found, call);
  const check_suites = page.map((suite) => suiteJson(commit, suite));
  return { status: 200, headers, body: { total_count: found.length, check_suites } };
}

function requireCheckRun(call: RepositoryCall): StoredCheckRun {
  const found = call.repository.checkRuns.find(({ id }) => String(id) === call.params.check_run_id);
  if (!found) throw new HttpError(404, 'Not Found');
  return found;
}

const longest = { label: 20, description: 40, identifier: 20 } as const;

function checkActions(actions: unknown): void {
  for (const action of Array.isArray(actions) ? actions : [])
    for (const [field, most] of Object.entries(longest))
      if (String(action[field] ?? '').length > most) throw invalid('CheckRun', `actions.${field}`, 'too_long');
}

/** GitHub ends a run that gets a conclusion, and takes three buttons at most. */
function write(run: StoredCheckRun, { body }: RepositoryCall): void {
  if (Array.isArray(body.actions) && body.actions.length > 3)
    throw invalid('CheckRun', 'actions', 'custom', 'at most 3');
  const conclusion = text(body.conclusion);
  checkActions(body.actions);
  run.name = text(body.name) ?? run.name;
  run.status = conclusion === undefined ? (text(body.status) ?? run.status) : 'completed';
  run.conclusion = conclusion ?? run.conclusion;
  run.externalId = text(body.external_id) ?? run.externalId;
  run.output = body.output ?? run.output;
  run.actions = Array.isArray(body.actions) ? body.actions : run.actions;
}

function create(call: RepositoryCall): Reply {
  if (!call.who.permissions) throw new HttpError(403, 'You must authenticate via a GitHub App.');
  const commit = text(call.body.head_sha) ?? '';
  const app = call.who.login.replace(/\[bot\]$/, '');
  const state = { status: 'queued', conclusion: null, externalId: '', output: null, actions: [], app };
  const run: StoredCheckRun = { id: nextId(), name: '', commit, ...state };
  write(run, call);
  call.repository.checkRuns.push(run);
  call.webhooks.checkRun('created', { ...call, checkRun: checkRunJson(call, run) });
  return { status: 201, body: checkRunJson(call, run) };
}

function update(call: RepositoryCall): Reply {
  const run = requireCheckRun(call);
  const before = run.status;
  write(run, call);
  if (run.status === 'completed' && before !== 'completed')
    call.webhooks.checkRun('completed', { ...call, checkRun: checkRunJson(call, run) });
  return { status: 200, body: checkRunJson(call, run) };
}

export const checkOperations: Readonly<Record<string, (call: RepositoryCall) => Reply>> = {
  'checks/create': create,
  'checks/update': update,
  'checks/list-suites-for-ref': listSuites,
  'checks/list-annotations': (call) => {
    const { page, headers } = paginate([...(requireCheckRun(call).annotations ?? [])], call);
    return { status: 200, headers, body: page };
  },
  'checks/get': (call) => ({ status: 200, body: checkRunJson(call, requireCheckRun(call)) }),
  'checks/list-for-ref': (call) => {
    const ref = call.params.ref ?? '';
    const commit = call.repository.refs.get(`refs/heads/${ref}`) ?? ref;
    const found = call.repository.checkRuns.filter((run) => run.commit === commit);
    const { page, headers } = paginate(found, call);
    const check_runs = page.map((run) => checkRunJson(call, run));
    return { status: 200, headers, body: { total_count: found.length, check_runs } };
  },
};
