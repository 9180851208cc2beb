import { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import { type AskedBy, type CommandRequest, type OrderedRequest, parseRequest } from './request.ts';
import type { Trigger } from './trigger.ts';
import { type DashboardEdit, understandDashboardEdit } from './understand-dashboard-edit.ts';
import { type IssueEvent, understandRepositoryEvent } from './understand-delivery.ts';

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
  | { kind: 'resume'; trigger: Trigger; session: string; asked?: AskedBy | undefined }
  | { kind: 'answer-session'; trigger: Trigger; session: string }
  /** A run's pull request was merged. */
  | { kind: 'verify'; trigger: Trigger; issue: number }
  /** A command in a comment that a workflow was started for. */
  | { kind: 'request'; trigger: Trigger; request: CommandRequest }
  /** A run that no command of its own asks for. */
  | { kind: 'order'; trigger: Trigger; order: OrderedRequest }
  /** Somebody wrote what may be a command, clicked on what may be a panel of questions, or did something to an issue. */
  | { kind: 'issue'; trigger: Trigger; event: IssueEvent }
  /** The event is none of our business: most comments are none. `why`: a sentence. */
  | { kind: 'nothing'; trigger: Trigger; why: string }
  /** Boxes of the dashboard may have been ticked. */
  | { kind: 'ticks'; trigger: Trigger; edit: DashboardEdit };

const commandEvents: readonly string[] = [
  'issue_comment',
  'pull_request_review_comment',
  'pull_request_review',
  'issues',
];
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
 * @throws UserError for an event that Courier refuses, for one that is not the mode's, and for a request that cannot be read.
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
  if (mode !== 'request' && commandEvents.includes(event.name)) return understandPeople(event, trigger);
  if (mode === 'command')
    throw new UserError(`mode: command works on ${commandEvents.join(', ')}, not on ${event.name || '(none)'}.`);
  if (request) return understandRequest(request, trigger);
  if (scanEvents.includes(event.name)) return { kind: 'scan', trigger };
  throw new UserError(
    `Courier does not know what to do on the event ${event.name || '(none)'}: set the input mode to scan to scan on it.`,
  );
}

/** What people wrote or ticked. Whether it is a command, and by whom, is read anew from GitHub: the payload may be late. */
function understandPeople({ name, payload }: WorkflowEvent, trigger: Trigger): StepRequest {
  const edit = name === 'issues' ? understandDashboardEdit(payload) : undefined;
  if (edit) return { kind: 'ticks', trigger: { ...trigger, actor: edit.sender }, edit };
  const event = understandRepositoryEvent(name, payload);
  if (event?.kind === 'comments' || event?.kind === 'acts' || event?.kind === 'panel')
    return { kind: 'issue', trigger, event };
  return { kind: 'nothing', trigger, why: 'There is nothing for Courier in this event: nothing was done.' };
}

/** Only who may start workflows writes one; a pull request's workflow file is its author's. */
function understandRequest(text: string, trigger: Trigger): StepRequest {
  const request = parseRequest(text);
  if (trigger.name !== 'workflow_dispatch' && trigger.name !== 'repository_dispatch')
    throw new UserError(`A request is answered on workflow_dispatch, not on ${trigger.name}.`);
  if (request.kind === 'command') return { kind: 'request', trigger, request };
  if (request.kind === 'run') return { kind: 'order', trigger, order: request };
  if (request.kind === 'answer-session') return { kind: 'answer-session', trigger, session: request.session };
  if (request.kind === 'verify') return { kind: 'verify', trigger, issue: request.issue };
  // Answers are in the session's record by then, put there on the word of who may answer; a session that still waits is refused.
  const asked = request.kind === 'resume' ? request.asked : undefined;
  return { kind: 'resume', trigger, session: request.session, ...(asked && { asked }) };
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
