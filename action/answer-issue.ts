import { setTimeout as sleep } from 'node:timers/promises';
import type { IssueEvent } from '../src/events/understand-delivery.ts';
import { workflowFile } from '../src/events/workflow-file.ts';
import type { Log } from '../src/lib/log.ts';
import { createResponder } from '../src/responder.ts';
import { credentialsIn, type Inputs } from './inputs.ts';
import { githubFrom } from './start-courier.ts';

type Environment = Readonly<Record<string, string | undefined>>;

// Whoever holds the comments of an issue renews the claim or lets it go within five minutes.
const longestWait = 12 * 60_000;
const wait = { first: 2_000, most: 15_000 };

/**
 * Works off the comments of an issue, takes what somebody clicked on its panel, or looks at what people did to it. Where somebody else works off
 * the comments, this job stays until they are done, as they may die: nobody else would be woken.
 */
export async function answerIssue(
  event: IssueEvent,
  { env, inputs, log, stop }: { env: Environment; inputs: Inputs; log: Log; stop: AbortSignal },
): Promise<void> {
  const { token, ...place } = githubFrom(inputs, env);
  const responder = createResponder({
    ...place,
    token: async () => token,
    workflow: workflowFile(env),
    configPath: inputs.config,
    secrets: credentialsIn(env),
    log,
    at: tryOf(env),
  });
  await responder.check();
  const end = Date.now() + longestWait;
  for (let pause = wait.first; ; pause = Math.min(2 * pause, wait.most)) {
    const { again } = await responder.receive(event);
    if (again === undefined) return;
    if (stop.aborted || Date.now() > end) break;
    log.info('Somebody else works on the comments of this issue.');
    await sleep(Math.max(1_000, Math.min(pause, again + 1_000 - Date.now())));
  }
  log.warn('Somebody else still works on the comments of this issue: they answer what is left.');
}

function tryOf({ GITHUB_RUN_ID: run, GITHUB_RUN_ATTEMPT: attempt = '1' }: Environment) {
  return run && /^\d{1,15}$/.test(run) ? { run: Number(run), attempt: Number(attempt) } : undefined;
}
