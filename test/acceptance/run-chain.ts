import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { onTestFinished } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import type { LedgerChanges } from '../../src/ledger/ledger.ts';
import { IssueRuns } from '../../src/ledger/runs-record.ts';
import { renderWorkflow } from '../../src/setup/render-workflow.ts';
import { type AppGitHub, aGitHubWithApp, allIdle, anApp } from '../app/app-bed.ts';
import { seedLedger } from '../app/ledger-bed.ts';
import type { Script } from '../fakes/anthropic/script.ts';
import { startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import { checkOut } from '../fakes/github/check-out.ts';
import { workflowToken } from '../fakes/github/github.ts';
import { addIssue, type RepositorySeed, type StoredIssue, type StoredRun } from '../fakes/github/state.ts';
import { project } from '../flows/runs-bed.ts';
import { runStep, type Step, type StepResult } from './run-step.ts';
import { temporaryFolder } from './temporary-folder.ts';

const workflow = renderWorkflow({ uses: 'acme/courier@v1', name: 'acme/shop' });
const Level = z.enum(['read', 'write']);
const Workflow = z.object({ jobs: z.object({ courier: z.object({ permissions: z.record(z.string(), Level) }) }) });

export const people = { rita: 'read', tom: 'triage', wanda: 'write', max: 'maintain' } as const;

type Over = {
  files?: Readonly<Record<string, string>>;
  /** Of the configuration, besides that there are no presets and no dashboard. */
  config?: string;
  title?: string;
  body?: string;
  seed?: Partial<RepositorySeed>;
  /** How many of the app, to which GitHub tells what happens in turn. */
  replicas?: number;
};

export type RunChain = Awaited<ReturnType<typeof aRunChain>>;

/**
 * All of it, as it stands around a repository: GitHub, the app that GitHub tells what happens, and runners that do what the app dispatches, with the
 * committed bundle in a checkout of what is asked for and the workflow's own token. Issue 1 is about a bug that the test suite does not see.
 */
export async function aRunChain({ files = {}, config = '', title, body, seed = {}, replicas = 1 }: Over = {}) {
  const github = await aGitHubWithApp({
    repositories: [
      {
        name: 'acme/shop',
        files: {
          ...project,
          '.github/workflows/courier.yml': workflow,
          '.github/courier.yml': `presets: none\ndashboard: false\n${config}`,
          ...files,
        },
        collaborators: people,
        ...seed,
      },
    ],
  });
  const { permissions } = Workflow.parse(parse(workflow)).jobs.courier;
  const granted = Object.fromEntries(
    Object.entries(permissions).map(([name, level]) => [name.replace('-', '_'), level]),
  );
  const workflowsOwn = { login: 'github-actions[bot]', type: 'Bot', permissions: granted } as const;
  github.tokens[workflowToken] = workflowsOwn;
  const repository = github.repository();
  const issue = addIssue(repository, { title: title ?? 'sum subtracts', body: body ?? 'sum(2, 3) is -1.' });
  const apps: Awaited<ReturnType<typeof anApp>>[] = [];
  for (let at = 0; at < replicas; at++)
    apps.push(await anApp(github, { sweepEvery: 3_600_000, redeliverEvery: 3_600_000 }));
  github.webhooks.sendTo(apps.map(({ url }) => `${url}/api/github/webhooks`));
  const settled = () => allIdle(github, apps);
  const artifacts = aFolder('courier-artifacts-');
  return {
    ...{ github, repository, issue, artifacts },
    /** When the app has done all that it was told of. */
    settled,
    /** What an earlier session left in the ledger. */
    async seed(changes: LedgerChanges) {
      await seedLedger(github, changes);
      github.tokens[workflowToken] = workflowsOwn;
    },
    /** Says it, and waits until the app has dealt with it. @returns the workflow runs that it started. */
    async say(login: string, text: string, at: number = issue.number): Promise<StoredRun[]> {
      const before = new Set(repository.runs);
      github.act.comment(login, text, { issue: at });
      await settled();
      return repository.runs.filter((run) => !before.has(run));
    },
    /** A runner takes the run, and does it. The app hears of its end. */
    async work(run: StoredRun | undefined, script: Script, over: Runner = {}) {
      if (!run) throw new Error('nothing was dispatched');
      github.act.moveRun(run, 'in_progress');
      // What the app does about that is not to be told from what the job does.
      await settled();
      const model = await startAnthropic({ script });
      onTestFinished(() => model.close());
      const step = await takeRun(run, { github, model, artifacts }, over);
      github.act.moveRun(run, { conclusion: step.code === 0 ? 'success' : 'failure' });
      await settled();
      return { ...step, model };
    },
    runs: (): IssueRuns =>
      IssueRuns.parse(JSON.parse(github.files('acme/shop', 'courier-ledger')['runs/1.json'] ?? '{}')),
    /** Of a branch, newest first, along the first parents. */
    commits(branch: string) {
      const found: { sha: string; message: string; parents: string[] }[] = [];
      for (let sha = repository.refs.get(`refs/heads/${branch}`); sha !== undefined; sha = found.at(-1)?.parents[0]) {
        const object = repository.objects.get(sha);
        if (object?.type !== 'commit') break;
        found.push({ sha, message: object.message, parents: object.parents });
      }
      return found;
    },
    /** Requests that would write over what is there, or make a commit in somebody's name: then GitHub does not sign it. */
    forced: () =>
      github.requests.filter(({ body: sent }) => typeof sent === 'object' && sent !== null && isForced({ ...sent })),
    pulls: (): StoredIssue[] => repository.issues.filter(({ pullRequest }) => pullRequest),
    /** Those of runs. */
    branches: (): string[] =>
      [...repository.refs.keys()].flatMap((ref) => (ref.startsWith('refs/heads/courier/') ? [ref.slice(11)] : [])),
    /** What Courier wrote under an issue: its app, or its jobs. */
    told: (number: number = issue.number): string[] =>
      (repository.issues.find((one) => one.number === number)?.comments ?? [])
        .filter(({ author }) => ['courier[bot]', 'github-actions[bot]'].includes(author.login))
        .map(({ body: text }) => text),
  };
}

const isForced = (sent: Readonly<Record<string, unknown>>) =>
  sent.force === true || sent.author !== undefined || sent.committer !== undefined;

const whole = { recursive: true } as const;

function aFolder(prefix: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), prefix));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** What becomes of the machine that does the job. */
type Runner = {
  onSpawn?: NonNullable<Step['onSpawn']>;
  /** Looks at what the step left behind, once the job's post step has cleaned up; without it that step does not follow, as on a machine that is gone. */
  after?: (runnerTemp: string) => Promise<void>;
};

/** The job of the workflow that `courier init` writes. */
async function takeRun(
  run: StoredRun,
  { github, model, artifacts }: { github: AppGitHub; model: { url: string; key: string }; artifacts: string },
  { onSpawn, after }: Runner,
): Promise<StepResult> {
  const request = run.inputs.request ?? '';
  const { commit, head, run: kept, session } = JSON.parse(request);
  const { root, remove } = checkOut(github.repository().objects, commit ?? head ?? run.commit);
  const runnerTemp = temporaryFolder('runner');
  // As `actions/download-artifact` and `actions/upload-artifact` do it around our step.
  const artifact = path.join(artifacts, `${kept}-${session}`);
  if (kept !== undefined && existsSync(artifact)) cpSync(artifact, path.join(runnerTemp, 'courier-resumed'), whole);
  try {
    const job: Step = {
      ...{ workspace: root, github, runnerTemp, event: { name: 'workflow_dispatch' } },
      inputs: {
        request,
        'session-path': path.join(runnerTemp, 'courier-resumed'),
        'anthropic-api-key': model.key,
      },
      env: {
        ANTHROPIC_BASE_URL: model.url,
        GITHUB_RUN_ID: String(run.id),
        GITHUB_RUN_ATTEMPT: String(run.attempt),
        GITHUB_ACTOR: run.actor.login,
        GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/courier.yml@refs/heads/main',
      },
    };
    const step = await runStep({ ...job, ...(onSpawn && { onSpawn }) });
    if (after) {
      await runStep({ ...job, post: true });
      await after(runnerTemp);
    }
    const { 'session-id': id = '', 'session-path': files = '' } = step.outputs;
    if (existsSync(files)) cpSync(files, path.join(artifacts, `${run.id}-${id}`), whole);
    return step;
  } finally {
    remove();
    rmSync(runnerTemp, { recursive: true, force: true });
  }
}
