import { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import { parseRequest } from './request.ts';
import type { Trigger } from './trigger.ts';
import { type DashboardEdit, understandDashboardEdit } from './understand-dashboard-edit.ts';

export const modes = ['auto', 'scan', 'command', 'request', 'publish'] as const;
export type Mode = (typeof modes)[number];

export type WorkflowEvent = {
  /** `GITHUB_EVENT_NAME`. */
  name: string;
  /** The parsed file at `GITHUB_EVENT_PATH`. */
  payload: unknown;
  actor: string | undefined;
  ref: string | undefined;
  /** Address of the workflow's run. */
  run?: string | undefined;
  /** Which try of that run it is, from 1. */
  attempt?: number | undefined;
};

/** What a step of a workflow is asked to do. */
export type StepRequest =
  | { kind: 'scan' | 'publish'; trigger: Trigger }
  | { kind: 'resume'; trigger: Trigger; session: string }
  /** Boxes of the dashboard may have been ticked. */
  | { kind: 'ticks'; trigger: Trigger; edit: DashboardEdit };

const commandEvents = ['issue_comment', 'pull_request_review_comment', 'pull_request_review', 'issues'];
const scanEvents = [
  'schedule',
  'workflow_dispatch',
  'push',
  'pull_request',
  'workflow_call',
  'merge_group',
  'repository_dispatch',
];
// They run with the repository's secrets on code that anybody may have written.
const refusedEvents = ['pull_request_target', 'workflow_run'];

/**
 * Says what the step does, from the input `mode` and the event (contract section 3).
 * @throws UserError for an event that Courier refuses, and for a mode that this version does not offer.
 */
export function understandEvent(mode: Mode, event: WorkflowEvent, request: string | undefined): StepRequest {
  if (refusedEvents.includes(event.name)) {
    throw new UserError(
      `Courier does not run on ${event.name}: such a workflow has the repository's secrets while it handles code that anybody may have written. Use pull_request or schedule.`,
    );
  }
  const trigger = toTrigger(event);
  if (mode === 'publish') return { kind: 'publish', trigger };
  if (mode === 'scan') return { kind: 'scan', trigger };
  if (mode === 'command') throw notOffered(`mode: ${mode}`);
  if (request) return understandRequest(request, trigger);
  const edit = event.name === 'issues' ? understandDashboardEdit(event.payload) : undefined;
  if (edit) return { kind: 'ticks', trigger: { ...trigger, actor: edit.sender }, edit };
  if (commandEvents.includes(event.name)) throw notOffered(`Commands on ${event.name}`);
  if (scanEvents.includes(event.name)) return { kind: 'scan', trigger };
  throw new UserError(
    `Courier does not know what to do on the event ${event.name || '(none)'}: set the input mode to scan to scan on it.`,
  );
}

/** Only who may start workflows writes one; a pull request's workflow file is its author's. */
function understandRequest(text: string, trigger: Trigger): StepRequest {
  const request = parseRequest(text);
  if (request.kind !== 'resume') throw notOffered(`A request of the kind ${request.kind}`);
  if (trigger.name !== 'workflow_dispatch' && trigger.name !== 'repository_dispatch')
    throw new UserError(`A session is resumed on workflow_dispatch, not on ${trigger.name}.`);
  return { kind: 'resume', trigger, session: request.session };
}

function notOffered(what: string): UserError {
  return new UserError(
    `${what} is not offered by this version of Courier: it scans and publishes. Start the step on schedule, workflow_dispatch, push or pull_request.`,
  );
}

// Lenient: GitHub adds fields as it likes; only these matter here.
const PullRequestPayload = z.object({
  pull_request: z.object({
    number: z.number(),
    head: z.object({ repo: z.object({ full_name: z.string() }).nullish() }),
    base: z.object({ ref: z.string(), sha: z.string(), repo: z.object({ full_name: z.string() }) }),
  }),
});

function toTrigger(event: WorkflowEvent): Trigger {
  const { name, actor, ref, run, attempt } = event;
  const plain = { name, actor, ref, pullRequest: undefined, ...(run ? { run } : {}), ...(attempt ? { attempt } : {}) };
  if (event.name !== 'pull_request') return plain;
  const parsed = PullRequestPayload.safeParse(event.payload);
  if (!parsed.success) {
    throw new UserError(
      'The event file of this pull_request run does not describe a pull request: Courier cannot tell whether it comes from a fork.',
    );
  }
  const { number, head, base } = parsed.data.pull_request;
  // A deleted head repository cannot be told from a fork: treated as one.
  const fork = head.repo?.full_name !== base.repo.full_name;
  return { ...plain, pullRequest: { number, baseRef: base.ref, baseCommit: base.sha, fork } };
}
