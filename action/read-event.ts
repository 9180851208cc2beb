import type { WorkflowEvent } from '../src/events/understand-event.ts';
import { ExternalError, messageOf } from '../src/lib/errors.ts';

/** What started the workflow, as its runner tells it. @throws ExternalError for an event file that cannot be read. */
export async function readEvent(): Promise<WorkflowEvent> {
  const { eventName: name, payload, actor, ref, serverUrl, runId, runAttempt } = await readContext();
  const repository = process.env.GITHUB_REPOSITORY;
  const run = repository && runId ? `${serverUrl}/${repository}/actions/runs/${runId}` : undefined;
  return { name, payload, actor, ref, run, ...(runAttempt > 0 ? { attempt: runAttempt } : {}) };
}

/** The workflow's context; the toolkit reads the event file while it is imported. */
async function readContext() {
  try {
    return (await import('@actions/github')).context;
  } catch (error) {
    throw new ExternalError(`The event file at GITHUB_EVENT_PATH cannot be read: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
