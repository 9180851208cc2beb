import { readFile } from 'node:fs/promises';
import type { WorkflowEvent } from '../src/events/understand-event.ts';
import { ExternalError, messageOf } from '../src/lib/errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * What started the workflow, as its runner tells it. Read here and not by the toolkit, which loads a client of GitHub with it: a comment that
 * is none of our business should cost nothing.
 *
 * @throws ExternalError for an event file that cannot be read.
 */
export async function readEvent(env: Environment): Promise<WorkflowEvent> {
  const { GITHUB_EVENT_NAME: name = '', GITHUB_ACTOR: actor, GITHUB_REF: ref, GITHUB_REPOSITORY: repository } = env;
  const server = env.GITHUB_SERVER_URL ?? 'https://github.com';
  const id = toNumber(env.GITHUB_RUN_ID);
  const attempt = toNumber(env.GITHUB_RUN_ATTEMPT);
  const run = repository && id ? `${server}/${repository}/actions/runs/${id}` : undefined;
  const payload = await readPayload(env.GITHUB_EVENT_PATH);
  return { name, payload, actor, ref, run, ...(attempt ? { attempt } : {}) };
}

async function readPayload(file: string | undefined): Promise<unknown> {
  if (!file) return {};
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw new ExternalError(`The event file at GITHUB_EVENT_PATH cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}

function toNumber(text: string | undefined): number | undefined {
  return /^[1-9]\d{0,14}$/.test(text ?? '') ? Number(text) : undefined;
}
