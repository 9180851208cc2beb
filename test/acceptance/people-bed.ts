import { expect } from 'vitest';
import { type AppGitHub, installed, patience, shop } from '../app/app-bed.ts';
import { type AppProcess, startProcess } from '../app/app-process.ts';
import type { AnthropicDouble } from '../fakes/anthropic/start-anthropic.ts';
import type { StoredComment, StoredIssue, StoredRun } from '../fakes/github/state.ts';
import { freePort } from '../free-port.ts';
import { aBed, agentStep, type Bed } from './bed.ts';
import type { Step, StepResult } from './run-step.ts';

/** What surrounds one session that people take part in: GitHub, a runner with the real bundle, and the real app as a process. */
export type PeopleBed = Bed & {
  app: AppProcess;
  /** The issue whose title begins with the words; it is waited for. */
  issue: (title: string) => Promise<StoredIssue>;
  /** Somebody ticks a box in a comment, as a browser does; the app hears of it. */
  tick: (login: string, comment: StoredComment, label: string) => void;
  /** Somebody writes a comment, and its work is done, with 🚀, as is all that was delivered before. */
  say: (login: string, issue: StoredIssue, text: string) => Promise<StoredComment>;
  /** The workflow runs that were dispatched; so many are waited for. */
  dispatched: (count: number) => Promise<StoredRun[]>;
  /** A runner does a run; with `kill`, its process is killed at some time, and the run is over as such. */
  runner: (run: StoredRun | undefined, over: RunnerStep) => Promise<StepResult>;
};

type RunnerStep = Partial<Step> & { model: AnthropicDouble; attempt?: number };

/** `acme/shop` with people of each role, and the app installed. */
export async function aPeopleBed(files: Readonly<Record<string, string>>): Promise<PeopleBed> {
  const { collaborators } = shop;
  const bed = await aBed({ ...shop.files, ...files }, { ...(collaborators && { collaborators }) }, installed);
  const { github } = bed;
  const appGitHub: AppGitHub = { ...github, privateKey: github.app?.privateKey ?? '' };
  const port = await freePort();
  const app = await startProcess(appGitHub, port);
  github.webhooks.sendTo(`http://127.0.0.1:${port}/api/github/webhooks`);
  const titled = (title: string) => github.repository().issues.find((issue) => issue.title.startsWith(title));

  /** No work of the app is under way any more, with all that was delivered, also of what that work did. */
  async function idle(): Promise<void> {
    const { webhooks } = github;
    for (let known = -1; known !== webhooks.deliveries.length; ) {
      known = webhooks.deliveries.length;
      await webhooks.settled();
      await expect.poll(app.busy, patience).toBe(0);
    }
  }

  return {
    ...bed,
    app,
    async issue(title) {
      await expect.poll(() => titled(title)?.number, patience).toBeDefined();
      return titled(title) ?? expect.fail(title);
    },
    tick(login, comment, label) {
      const line = comment.body.split('\n').find((each) => /^\s*- \[ \] /.test(each) && each.includes(label));
      if (line === undefined) throw new Error(`there is no open box ${label} in:\n${comment.body}`);
      github.act.editComment(login, comment, comment.body.replace(line, line.replace('[ ]', '[x]')));
    },
    async say(login, issue, text) {
      const comment = github.act.comment(login, text, { issue: issue.number });
      await expect.poll(() => comment.reactions.map(({ content }) => content), patience).toEqual(['eyes', 'rocket']);
      await idle();
      return comment;
    },
    async dispatched(count) {
      const runs = () => github.repository().runs.filter(({ event }) => event === 'workflow_dispatch');
      await expect.poll(() => runs().length, patience).toBe(count);
      // No job is as fast as the lines in the ledger that say which workflow run it is.
      await idle();
      return runs();
    },
    async runner(run, { model, attempt = 1, ...step }) {
      if (run) {
        run.attempt = attempt;
        github.act.moveRun(run, 'in_progress');
      }
      const { inputs, env } = agentStep(model, { prompt: '' });
      const result = await bed.run({
        ...(run && { event: { name: 'workflow_dispatch' } }),
        ...step,
        inputs: { ...inputs, ...(run && { request: run.inputs.request ?? '' }), ...step.inputs },
        env: { ...env, ...envOf(run, attempt), ...step.env },
      });
      if (run) github.act.moveRun(run, { conclusion: result.code === 0 ? 'success' : 'failure' });
      return result;
    },
  };
}

function envOf(run: StoredRun | undefined, attempt: number): Record<string, string> {
  if (!run) return {};
  return {
    GITHUB_RUN_ID: String(run.id),
    GITHUB_RUN_ATTEMPT: String(attempt),
    GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/courier.yml@refs/heads/main',
  };
}
