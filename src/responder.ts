import type { Pacer } from './adapters/github/pacer.ts';
import { defaultConfiguration } from './config/parse-config.ts';
import type { RepositoryEvent } from './events/understand-delivery.ts';
import { createExecutors, executorsWithout } from './flows/command-executors.ts';
import { followRun } from './flows/follow-run.ts';
import { greetComment } from './flows/greet-comment.ts';
import { handleComments } from './flows/handle-comments.ts';
import { observeIssue } from './flows/observe-issue.ts';
import type { GitHub } from './flows/ports.ts';
import { readPublishedConfiguration } from './flows/read-configuration.ts';
import { sleepBy, systemClock } from './lib/clock.ts';
import { UserError } from './lib/errors.ts';
import type { Log } from './lib/log.ts';
import { courierVersion } from './lib/version.ts';
import { createGate } from './publishing/gate.ts';

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
  /** Told how many requests GitHub leaves of the hour, as of each answer. */
  onRateLimit?: (left: number) => void;
};

/** `again`: milliseconds since the epoch when the same event is worth another look, as somebody who works on it may have died. */
export type Received = { again?: number };

export type Responder = {
  /**
   * Deals with an event, and with all else of its kind that waits: an event that is late, lost or doubled does no harm.
   * @throws UserError for what a person has to set right, ExternalError where GitHub failed: the same event may be given in again.
   */
  receive(event: RepositoryEvent): Promise<Received>;
};

/** The second composition root, beside `createCourier`: what is answered at once, by the app or by a step on a comment. */
export function createResponder(options: ResponderOptions): Responder {
  let connected: { token: string; github: GitHub } | undefined;
  // GitHub's limits are the repository's, whichever token is used.
  let pacer: Pacer | undefined;

  async function connect(token: string): Promise<GitHub> {
    const { createGitHub } = await import('./adapters/github/github.ts');
    const { createPacer } = await import('./adapters/github/pacer.ts');
    pacer ??= createPacer({ now: systemClock.now, sleep: (time) => sleepBy(systemClock, time), log: options.log });
    const [owner = '', repo = ''] = options.repository.split('/');
    const { apiUrl, graphqlUrl, serverUrl, log, onRateLimit } = options;
    const urls = { apiUrl, graphqlUrl, serverUrl };
    const hooks = onRateLimit ? { onRateLimit } : {};
    return createGitHub(
      { ...urls, ...hooks, token, owner, repo, log, userAgent: `courier/${courierVersion}` },
      { pacer },
    );
  }

  return {
    async receive(event) {
      const token = await options.token();
      if (connected?.token !== token) connected = { token, github: await connect(token) };
      const { github } = connected;
      const gate = createGate({ secrets: [...options.secrets, token] });
      switch (event.kind) {
        case 'comments': {
          const { comment } = event;
          const isGreeted = comment !== undefined && (await greetComment(comment, github));
          const rules = await readRules(github, options);
          const request = { ...event, greeted: isGreeted ? comment : undefined };
          const ports = { github, gate, clock: systemClock, log: options.log, ...rules };
          const handled = await handleComments(request, ports);
          return handled.kind === 'busy' ? { again: handled.until } : {};
        }
        case 'acts': {
          const { config } = await readRules(github, options);
          await observeIssue(event.issue, { github, clock: systemClock, ledgerBranch: config.ledger.branch });
          return {};
        }
        case 'run': {
          const { config, remote } = await readRules(github, options);
          const store = github.ledger(config.ledger.branch);
          await followRun(event.run, { github, gate, clock: systemClock, store, repositoryId: remote.id });
          return {};
        }
      }
    },
  };
}

/** What holds in the repository now. With a broken configuration commands are answered, and none is followed. */
async function readRules(github: GitHub, { configPath, workflow }: ResponderOptions) {
  const remote = await github.repository();
  try {
    const config = await readPublishedConfiguration(configPath, { remote, github });
    return { remote, config, executors: createExecutors({ github, workflow }) };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { remote, config: defaultConfiguration, executors: executorsWithout(error.message) };
  }
}
