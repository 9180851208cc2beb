import type { Pacer } from './adapters/github/pacer.ts';
import type { WorkflowTry } from './commands/holder.ts';
import { defaultConfiguration } from './config/parse-config.ts';
import type { CommentKey } from './events/comment-key.ts';
import type { InstalledRepository, RepositoryEvent } from './events/understand-delivery.ts';
import { answerClick, answerRerunAll } from './flows/answer-click.ts';
import { answerLearningBoxes } from './flows/answer-learning-boxes.ts';
import { answerPanel } from './flows/answer-panel.ts';
import { tendQuestions } from './flows/ask-people.ts';
import { createExecutors, executorsWithout } from './flows/command-executors.ts';
import { createDuties } from './flows/duties.ts';
import { findWaiting } from './flows/find-waiting.ts';
import { followOpenRuns, followRun } from './flows/follow-run.ts';
import type { GitHub } from './flows/github-ports.ts';
import { greetComment } from './flows/greet-comment.ts';
import { handleComments } from './flows/handle-comments.ts';
import { keepSetup } from './flows/keep-setup.ts';
import { observeIssue, observeIssues } from './flows/observe-issue.ts';
import { readPublishedConfiguration } from './flows/read-configuration.ts';
import { tendPullOf, tendPulls } from './flows/tend-runs.ts';
import { sleepBy, systemClock } from './lib/clock.ts';
import { UserError } from './lib/errors.ts';
import type { Log } from './lib/log.ts';
import { courierVersion } from './lib/version.ts';
import type { Gate } from './publishing/gate.ts';
import { keepGates } from './publishing/keep-gates.ts';

/** One repository, and with what right Courier answers there. There is no checkout and no model. */
export type ResponderOptions = {
  /** The same for as long as it lasts; asked for at each event. */
  token: () => Promise<string>;
  /** `owner/name` */
  repository: string;
  apiUrl: string;
  graphqlUrl: string;
  serverUrl: string;
  /** File name of the workflow that does what takes a checkout, below `.github/workflows/`. */
  workflow: string;
  /** Of the configuration, repository-relative; `undefined`: the usual place. */
  configPath?: string | undefined;
  /** Credentials that must never leave in a text; the token comes on top. */
  secrets: readonly string[];
  log: Log;
  /** The workflow's run that it works in; absent: none. */
  at?: WorkflowTry | undefined;
  /** Milliseconds that GitHub's limits on content are waited for before an event is given up as an ExternalError; without end where it is absent. */
  longestWait?: number;
  /** Whether this process is about to end: what is begun is ended, and what waits is left to whoever comes. */
  isLeaving?: () => boolean;
  /** Told how many requests GitHub leaves of the hour, as of each answer. */
  onRateLimit?: (left: number) => void;
};

export type Received = {
  /** Milliseconds since the epoch when the same event is worth another look, as somebody who works on it may have died. */
  again?: number;
  /** What was found to do besides: to be given in like what is delivered. */
  found?: readonly RepositoryEvent[];
};

export type Responder = {
  /** @throws UserError that names a permission which the token lacks, as far as that can be tried without anybody seeing it. */
  check(): Promise<void>;
  /**
   * Deals with an event, and with all else of its kind that waits: an event that is late, lost or doubled does no harm.
   * @throws UserError for what a person has to set right, ExternalError where GitHub failed: the same event may be given in again.
   */
  receive(event: RepositoryEvent): Promise<Received>;
};

// Of all repositories: the app's own secrets are theirs in common, each has a token besides, which takes 0.6 MB (the long ones 5 MB).
const gateOf = keepGates(50);

/** The second composition root, beside `createCourier`: what is answered at once, by the app or by a step on a comment. */
export function createResponder(options: ResponderOptions): Responder {
  let connected: { token: string; github: GitHub } | undefined;
  // GitHub's limits are the repository's, whichever token is used.
  let pacer: Pacer | undefined;

  async function connect(token: string): Promise<GitHub> {
    const { createGitHub } = await import('./adapters/github/github.ts');
    const { createPacer } = await import('./adapters/github/pacer.ts');
    const { longestWait } = options;
    const patience = longestWait === undefined ? {} : { longestWait };
    const sleep = (time: number) => sleepBy(systemClock, time);
    pacer ??= createPacer({ now: systemClock.now, sleep, log: options.log, ...patience });
    const [owner = '', repo = ''] = options.repository.split('/');
    const { apiUrl, graphqlUrl, serverUrl, log, onRateLimit } = options;
    const urls = { apiUrl, graphqlUrl, serverUrl };
    const hooks = onRateLimit ? { onRateLimit } : {};
    return createGitHub(
      { ...urls, ...hooks, token, owner, repo, log, userAgent: `courier/${courierVersion}` },
      { pacer },
    );
  }

  async function reach(): Promise<{ token: string; github: GitHub }> {
    const token = await options.token();
    if (connected?.token !== token) connected = { token, github: await connect(token) };
    return connected;
  }

  return {
    async check() {
      const { github } = await reach();
      await github.checkPermissions(['contents: write', 'issues: write']);
    },
    async receive(event) {
      const { token, github } = await reach();
      const gate = gateOf([...options.secrets, token]);
      return respond(event, { github, gate, options });
    },
  };
}

// In milliseconds. By then it is written, or whoever was to write it has died and somebody else will.
const afterCommand = 5000;

type Desk = { github: GitHub; gate: Gate; options: ResponderOptions };

async function respond(event: RepositoryEvent, { github, gate, options }: Desk): Promise<Received> {
  const { log, workflow, at } = options;
  const greeted = event.kind === 'comments' ? await greet(event.comment, github) : undefined;
  const rules = await readRules(github, options);
  const ports = { github, gate, clock: systemClock, log, ...rules };
  const store = github.ledger(rules.config.ledger.branch);
  const runDesk = { ...rules, github, gate, clock: systemClock, log, store, repositoryId: rules.remote.id };
  const fates = { ...runDesk, workflow };
  const pullPlace = { ...ports, store, permissions: rules.config.permissions };
  const { endUntold, hear, tendAllRuns, goOn, afterComments } = createDuties({
    problem: rules.problem,
    runDesk,
    pullPlace,
    workflow,
    isStep: at !== undefined,
  });
  switch (event.kind) {
    case 'comments': {
      await endUntold();
      const handled = await handleComments({ ...event, greeted }, { ...ports, at, isLeaving: options.isLeaving });
      await afterComments(event, handled);
      return handled.kind === 'busy' ? { again: handled.until } : {};
    }
    case 'acts': {
      const ledgerBranch = rules.config.ledger.branch;
      const observed = await observeIssue(event.issue, { github, clock: systemClock, ledgerBranch });
      return observed === 'busy' ? { again: systemClock.now() + afterCommand } : {};
    }
    case 'panel':
      requireReadable(rules);
      await answerPanel(event.edit, { ...ports, workflow });
      return {};
    case 'pull':
      await hear(event.pullRequest);
      await tendPullOf(event.pullRequest, fates);
      return {};
    case 'dashboard':
      requireReadable(rules);
      await answerLearningBoxes(event.edit, { ...ports, store, permissions: rules.config.permissions });
      return {};
    case 'continue':
      return soon(await goOn({ pullRequests: event.pullRequests }));
    case 'run':
      await followRun(event.run, runDesk);
      return soon(await tendAllRuns({ run: event.run }));
    case 'click':
      await answerClick(event, runDesk);
      return {};
    case 'rerun-all':
      await answerRerunAll(event, runDesk);
      return {};
    case 'setup':
      await keepSetup({ ...ports, workflow });
      return {};
    case 'rest': {
      await observeIssues({ github, clock: systemClock, ledgerBranch: rules.config.ledger.branch });
      await followOpenRuns(runDesk);
      await tendAllRuns();
      await tendPulls(fates);
      await tendQuestions({ ...ports, workflow });
      await hear();
      const waiting = await findWaiting(event.since, ports);
      return { found: waiting.map((request) => ({ kind: 'comments', ...request })) };
    }
  }
}

function soon(came: 'done' | 'soon' | undefined): Received {
  return came === 'soon' ? { again: systemClock.now() + afterCommand } : {};
}

/** Otherwise nobody knows who may answer or decide. */
function requireReadable({ problem }: { problem: string | undefined }): void {
  if (problem !== undefined) throw new UserError(problem);
}

/** 👀 before anything else is looked up. @returns the comment that has it. */
async function greet(comment: CommentKey | undefined, github: GitHub): Promise<CommentKey | undefined> {
  return comment !== undefined && (await greetComment(comment, github)) ? comment : undefined;
}

/** The repositories that an installation's token sees. */
export async function listRepositories(
  options: Pick<ResponderOptions, 'apiUrl' | 'graphqlUrl' | 'serverUrl' | 'log'> & { token: string },
): Promise<InstalledRepository[]> {
  const adapter = await import('./adapters/github/list-repositories.ts');
  return adapter.listRepositories({ ...options, userAgent: `courier/${courierVersion}` });
}

/** What holds in the repository now. With a broken configuration commands are answered, and none is followed. */
async function readRules(github: GitHub, { configPath, workflow, at }: ResponderOptions) {
  // A step in a workflow is over when the run that it started ends.
  const opens = at ? 'job' : 'app';
  const remote = await github.repository();
  try {
    const config = await readPublishedConfiguration(configPath, { remote, github });
    return { remote, config, executors: createExecutors({ github, workflow, opens }), problem: undefined };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { remote, config: defaultConfiguration, executors: executorsWithout(error.message), problem: error.message };
  }
}
