import { expect } from 'vitest';
import { createGitHub } from '../../src/adapters/github/github.ts';
import { createPushRun } from '../../src/flows/push-run.ts';
import { IssueRuns } from '../../src/ledger/runs-record.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { beginRun, endRun } from '../../src/runs/issue-runs.ts';
import { workflowToken } from '../fakes/github/github.ts';
import { addIssue, type StoredRun } from '../fakes/github/state.ts';
import { type AppGitHub, aGitHubWithApp, anApp, patience, shop } from './app-bed.ts';

export function runsOf(github: AppGitHub, issue = 1): IssueRuns {
  return IssueRuns.parse(JSON.parse(github.files('acme/shop', 'courier-ledger')[`runs/${issue}.json`] ?? '{}'));
}

export const requestOf = (run: StoredRun | undefined) => JSON.parse(run?.inputs.request ?? '{}');

let sessions = 0;

/** What the job does that a workflow was started for: it begins, and ends as told; what it pushes goes to the branch of the issue. */
export async function work(
  github: AppGitHub,
  run: StoredRun,
  {
    files,
    outcome = 'pushed',
    of,
  }: { files?: Readonly<Record<string, string>>; outcome?: 'pushed' | 'failed'; of?: number } = {},
): Promise<void> {
  const workflow = createGitHub({
    ...{ token: workflowToken, owner: 'acme', repo: 'shop', userAgent: 'courier-test', log: silentLog },
    ...{ apiUrl: github.url, graphqlUrl: github.graphqlUrl, serverUrl: github.serverUrl },
  });
  const remote = await workflow.repository();
  const store = workflow.ledger('courier-ledger');
  const { issue: place, order, comment, index } = requestOf(run);
  // Who asks on a pull request means the issue of its runs.
  const issue = of ?? place;
  const session = `S20261121-18${String(sessions++).padStart(4, '0')}-ab3d`;
  github.act.moveRun(run, 'in_progress');
  const at = new Date().toISOString();
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await updateLedger(
    store,
    'begun',
    async (ledger) => {
      const runs = (await ledger.readRuns(issue)) ?? expect.fail('no runs');
      const { cause } = runs.asked?.order ?? {};
      const own = cause !== undefined && cause.kind !== 'chain';
      const begun = beginRun(runs, { session, run: '', at, until, by: 'wanda', own, order, blueprint: 'fix' });
      return 'refused' in begun ? expect.fail(begun.refused) : { runs: begun.runs };
    },
    { repositoryId: remote.id },
  );
  const runs = runsOf(github, issue);
  if (outcome === 'pushed') {
    const changes = Object.entries(files ?? { [`src/${session}.ts`]: 'export {};\n' }).map(
      ([path, text]) => ({ path, change: 'added', mode: 'file', data: new TextEncoder().encode(text) }) as const,
    );
    const place = { github: workflow, store, remote, gate: createGate({ secrets: [] }), clock: systemClock };
    const pushed = await createPushRun({ ...place, config: { runs: { protectedPaths: [] } } })({
      issue: { number: issue, title: 'x' },
      ...{ session, by: 'wanda', branch: runs.branch, base: 'main', head: runs.head ?? '', kind: 'fix', changes },
      report: {
        ...{ issue, session, summary: 'It is right now.', blueprint: 'fix', model: 'm', costUsd: 0.1 },
        ...{ leftOut: [], verified: [], assumptions: [] },
      },
    });
    expect(pushed).toHaveProperty('pushed');
  } else
    await updateLedger(
      store,
      'ended',
      async (ledger) => {
        const now = (await ledger.readRuns(issue)) ?? expect.fail('no runs');
        return { runs: endRun(now, { session, outcome }) };
      },
      { repositoryId: remote.id },
    );
  // What a job tells of a command at its end.
  if (comment !== undefined) {
    const end = { rank: 9, outcome: 'done', say: '' } as const;
    await updateLedger(
      store,
      'told',
      async (ledger) => {
        const inbox = await ledger.readInbox(place);
        return { inbox: { ...inbox, taken: [...inbox.taken, { comment, index, run: run.id, end }] } };
      },
      { repositoryId: remote.id },
    );
  }
  github.act.moveRun(run, { conclusion: 'success' });
}

function isRecorded(github: AppGitHub, run: StoredRun): boolean {
  const { issue, comment } = requestOf(run);
  if (comment === undefined) return runsOf(github, issue).asked?.order?.started?.run === run.id;
  const inbox = github.files('acme/shop', 'courier-ledger')[`inbox/${issue}.json`];
  const handled: { comment: number | string; answered: boolean }[] = JSON.parse(inbox ?? '{}').handled ?? [];
  return handled.some((entry) => entry.comment === comment && entry.answered);
}

export async function aRepository({ issues = ['The total is wrong'] }: { issues?: readonly string[] } = {}) {
  const github = await aGitHubWithApp({ repositories: [shop] });
  const permissions = { contents: 'write', issues: 'write', pull_requests: 'write' } as const;
  github.tokens[workflowToken] = { login: 'github-actions[bot]', type: 'Bot', permissions };
  const added = issues.map((title) => addIssue(github.repository(), { title }));
  const app = await anApp(github, { sweepEvery: 3_600_000, redeliverEvery: 3_600_000 });
  const dispatched = async (count: number): Promise<StoredRun> => {
    await expect.poll(() => github.repository().runs.length, patience).toBe(count);
    const run = github.repository().runs.at(-1) ?? expect.fail('nothing was dispatched');
    // No job is as fast as the line in the ledger that says which workflow run it is; one that ended before it would count as not begun.
    await expect.poll(() => isRecorded(github, run), patience).toBe(true);
    return run;
  };
  return { github, app, issues: added, dispatched };
}

/** Issue 1 with a run that has pushed and whose pull request the app has opened. */
export async function aPullRequest() {
  const bed = await aRepository();
  const { github, dispatched } = bed;
  github.act.comment('wanda', '/courier run', { issue: 1 });
  await work(github, await dispatched(1));
  await expect.poll(() => runsOf(github).pullRequest?.number, patience).toBe(2);
  const pull = github.repository().issues.find(({ number }) => number === 2) ?? expect.fail('no pull request');
  await expect.poll(() => runsOf(github).offer, patience).toBeUndefined();
  await bed.app.idle();
  const { branch } = runsOf(github);
  const head = () => github.repository().refs.get(`refs/heads/${branch}`) ?? '';
  const said = () => pull.comments.map(({ body }) => body);
  return { ...bed, pull, branch, head, said };
}
