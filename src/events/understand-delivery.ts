import { z } from 'zod';
import { type CommentKey, reviewKeyOf } from './comment-key.ts';
import { mayHoldCommand } from './may-hold-command.ts';
import { type DashboardEdit, understandDashboardEdit } from './understand-dashboard-edit.ts';
import { type PanelEdit, understandPanelEdit } from './understand-panel-edit.ts';
import { type PullEvent, understandPull } from './understand-pull.ts';

/** What happened in one repository. It is a pointer: whoever deals with it reads words, people and permissions anew. */
export type RepositoryEvent =
  /** Somebody wrote something that may hold a command; `comment` says what. */
  | { kind: 'comments'; issue: number; pullRequest: boolean; comment?: CommentKey }
  /** Somebody closed, labelled, moved … an issue, which may be that of a finding. */
  | { kind: 'acts'; issue: number }
  /** Somebody edited a comment that may be a panel of questions. Unlike the others it says what was done, and by whom: nobody else tells. */
  | { kind: 'panel'; edit: PanelEdit }
  | PullEvent
  /** Somebody ticked boxes beside learnings or rules on what may be the dashboard; as with a panel, the edit says who did what. */
  | { kind: 'dashboard'; edit: DashboardEdit }
  /** Somebody wants changes of these pull requests, or checks of them ended: those of runs may have to be gone on with. */
  | { kind: 'continue'; pullRequests: readonly number[] }
  /** A run that somebody dispatched began or ended. */
  | { kind: 'run'; run: number }
  /** The app is new here, or the files that it needs may have changed. */
  | { kind: 'setup' }
  /** Nothing that is known: what is left from `since` (milliseconds since the epoch) on is looked for. */
  | { kind: 'rest'; since: number }
  /** A person clicked a button of a check run; `rerun` also stands for GitHub's own. */
  | { kind: 'click'; check: number; button: string; by: string }
  /** A person had GitHub run all checks of a commit again. */
  | { kind: 'rerun-all'; commit: string; by: string };

/** What people did at an issue: wrote, clicked, or changed it. */
export type IssueEvent = Extract<RepositoryEvent, { kind: 'comments' | 'acts' | 'panel' }>;

/** A repository that the app is installed on; `name` is `owner/name`. Its number stays when it is renamed, and is nobody else's. */
export type InstalledRepository = { id: number; name: string };

/** @param installation of the app, where the delivery is the app's. */
export type Understood = { installation: number; repository: InstalledRepository; event: RepositoryEvent };

// Lenient: GitHub adds fields as it likes, and leaves out what it has not; only these matter here.
const Id = z.number().int().positive();
const Sender = z.object({ login: z.string(), type: z.string().optional() });
const Repository = z
  .object({ id: Id, full_name: z.string().regex(/^[\w.-]+\/[\w.-]+$/) })
  .transform(({ id, full_name: name }): InstalledRepository => ({ id, name }));
const From = z.object({ installation: z.object({ id: Id }), repository: Repository });

const Written = z.object({
  body: z.string().nullish(),
  performed_via_github_app: z.object({}).nullish(),
});
const OnIssue = z.object({
  action: z.literal('created'),
  comment: Written.extend({ id: Id }),
  issue: z.object({ number: Id, pull_request: z.object({}).nullish() }),
});
const OnPullRequest = z.object({ pull_request: z.object({ number: Id }) });
const InReview = OnPullRequest.extend({ action: z.literal('created'), comment: Written.extend({ id: Id }) });
const ReviewSubmitted = OnPullRequest.extend({ action: z.literal('submitted'), review: Written.extend({ id: Id }) });
const RunMoved = z.object({
  action: z.enum(['in_progress', 'completed']),
  workflow_run: z.object({ id: Id, event: z.enum(['workflow_dispatch', 'repository_dispatch']) }),
});
const OfPulls = z.object({ pull_requests: z.array(z.object({ number: Id })).max(100) });
const SuiteEnded = z.object({ action: z.literal('completed'), check_suite: OfPulls });
const RunOfPullsEnded = z.object({ action: z.literal('completed'), workflow_run: OfPulls });
const ChangesRequested = OnPullRequest.extend({
  action: z.literal('submitted'),
  review: z.object({ state: z.string().regex(/^changes_requested$/i) }),
});
const Act = z.object({
  action: z.string(),
  issue: z.object({ number: Id }),
  changes: z.object({ title: z.object({}).nullish() }).nullish(),
});
const movingActs: ReadonlySet<string> = new Set(['closed', 'reopened', 'locked', 'unlocked', 'transferred', 'deleted']);
const acts = movingActs.union(new Set(['labeled', 'unlabeled', 'assigned', 'unassigned', 'edited']));
const OnCheck = z.object({ check_run: z.object({ id: Id }), sender: z.object({ login: z.string() }) });
const Clicked = z.discriminatedUnion('action', [
  OnCheck.extend({ action: z.literal('rerequested') }),
  OnCheck.extend({
    action: z.literal('requested_action'),
    requested_action: z.object({ identifier: z.string().max(20) }),
  }),
]);

const SuiteRerequested = z.object({
  action: z.literal('rerequested'),
  check_suite: z.object({ head_sha: z.string().regex(/^[0-9a-f]{40,64}$/) }),
  sender: z.object({ login: z.string() }),
});

/** What a delivery of the event `name` is about; nothing for most of them, and for what apps and Courier itself do. */
export function understandDelivery(name: string, payload: unknown): Understood[] {
  if (name === 'installation' || name === 'installation_repositories') return onInstallation(payload);
  const from = From.safeParse(payload).data;
  const event = from && understandRepositoryEvent(name, payload);
  return event ? [{ installation: from.installation.id, repository: from.repository, event }] : [];
}

/** The same of an event that a workflow was started with, which tells of no installation. */
export function understandRepositoryEvent(name: string, payload: unknown): RepositoryEvent | undefined {
  const { sender } = z.object({ sender: Sender }).safeParse(payload).data ?? {};
  if (!sender) return undefined;
  return isApp(sender) ? readActOfApp(name, payload) : readAny(name, payload);
}

function readAny(name: string, payload: unknown): RepositoryEvent | undefined {
  return Object.hasOwn(readers, name) ? readers[name]?.(payload) : undefined;
}

/** Runs are started by apps, Courier among them. A stale bot's closing changes what a finding is; all else that apps do to issues waits for a scan. */
function readActOfApp(name: string, payload: unknown): RepositoryEvent | undefined {
  if (name === 'issues') return readAct(payload, movingActs);
  if (name === 'check_suite') return onSuiteEnded(payload);
  // A queue that merges is an app.
  return name === 'workflow_run' || name === 'pull_request' ? readAny(name, payload) : undefined;
}

const readers: Readonly<Record<string, ((payload: unknown) => RepositoryEvent | undefined) | undefined>> = {
  issues(payload) {
    const edit = understandDashboardEdit(payload);
    return edit && edit.learned.length > 0 ? { kind: 'dashboard', edit } : readAct(payload, acts);
  },
  issue_comment(payload) {
    const edit = understandPanelEdit(payload);
    if (edit) return { kind: 'panel', edit };
    const { comment, issue } = OnIssue.safeParse(payload).data ?? {};
    if (!issue || !mayCommand(comment)) return undefined;
    const said = { issue: issue.number, pullRequest: Boolean(issue.pull_request) };
    return { kind: 'comments', ...said, ...(comment && { comment: comment.id }) };
  },
  workflow_run(payload) {
    const run = RunMoved.safeParse(payload).data?.workflow_run;
    if (run) return { kind: 'run', run: run.id };
    return toContinue(RunOfPullsEnded.safeParse(payload).data?.workflow_run);
  },
  check_run(payload) {
    const clicked = Clicked.safeParse(payload).data;
    if (!clicked) return undefined;
    const button = clicked.action === 'rerequested' ? 'rerun' : clicked.requested_action.identifier;
    return { kind: 'click', check: clicked.check_run.id, button, by: clicked.sender.login };
  },
  check_suite(payload) {
    const { check_suite: suite, sender } = SuiteRerequested.safeParse(payload).data ?? {};
    if (!suite || !sender) return onSuiteEnded(payload);
    return { kind: 'rerun-all', commit: suite.head_sha, by: sender.login };
  },
  pull_request_review_comment(payload) {
    const { pull_request: pull, comment } = InReview.safeParse(payload).data ?? {};
    return pull && comment && onPullRequest(pull.number, 'review-comment', comment);
  },
  pull_request: understandPull,
  push: onPush,
  pull_request_review(payload) {
    const { pull_request: pull, review } = ReviewSubmitted.safeParse(payload).data ?? {};
    // Commands in it are followed first; what it approves is read after them.
    const said = (pull && review && onPullRequest(pull.number, 'review', review)) ?? understandPull(payload);
    const asking = ChangesRequested.safeParse(payload).data?.pull_request;
    return said ?? toContinue(asking && { pull_requests: [asking] });
  },
};

/** GitHub names the open pull requests of this repository whose head it is; all others are none of ours. */
function toContinue(of: z.infer<typeof OfPulls> | undefined): RepositoryEvent | undefined {
  const pullRequests = of?.pull_requests.map(({ number }) => number) ?? [];
  return pullRequests.length > 0 ? { kind: 'continue', pullRequests } : undefined;
}

function onSuiteEnded(payload: unknown): RepositoryEvent | undefined {
  return toContinue(SuiteEnded.safeParse(payload).data?.check_suite);
}

function readAct(payload: unknown, among: ReadonlySet<string>): RepositoryEvent | undefined {
  const { action, issue, changes } = Act.safeParse(payload).data ?? {};
  if (action === undefined || issue === undefined || !among.has(action)) return undefined;
  // Of edits only a new title is of interest; the text of an issue is nobody's word.
  return action === 'edited' && !changes?.title ? undefined : { kind: 'acts', issue: issue.number };
}

// Whoever installs an app on all repositories of an organisation does not want an issue in each.
export const mostAtOnce = 30;

const Installed = z.object({
  action: z.enum(['created', 'added']),
  installation: z.object({ id: Id }),
  repositories: z.array(Repository).optional(),
  repositories_added: z.array(Repository).optional(),
});

function onInstallation(payload: unknown): Understood[] {
  const installed = Installed.safeParse(payload).data;
  const named = installed?.repositories_added ?? installed?.repositories ?? [];
  if (!installed || named.length > mostAtOnce) return [];
  return named.map((repository) => ({
    installation: installed.installation.id,
    repository,
    event: { kind: 'setup' },
  }));
}

const Pushed = z.object({
  ref: z.string(),
  repository: z.object({ default_branch: z.string() }),
  commits: z.array(z.object({ added: z.array(z.string()).default([]), removed: z.array(z.string()).default([]) })),
});

/** Only the files of ours matter, and only on the default branch. */
function onPush(payload: unknown): RepositoryEvent | undefined {
  const pushed = Pushed.safeParse(payload).data;
  if (!pushed || pushed.ref !== `refs/heads/${pushed.repository.default_branch}`) return undefined;
  const changed = pushed.commits.flatMap(({ added, removed }) => [...added, ...removed]);
  const isOurs = changed.some((path) => path === '.github/courier.yml' || /^\.github\/workflows\/[^/]+$/.test(path));
  return isOurs ? { kind: 'setup' } : undefined;
}

function onPullRequest(
  issue: number,
  lane: 'review-comment' | 'review',
  written: z.infer<typeof Written> & { id: number },
): RepositoryEvent | undefined {
  if (!mayCommand(written)) return undefined;
  return { kind: 'comments', issue, pullRequest: true, comment: reviewKeyOf(lane, issue, written.id) };
}

/** Most comments are none of our business, which is seen without a look at GitHub. */
function mayCommand(written: z.infer<typeof Written> | undefined): boolean {
  return written !== undefined && !written.performed_via_github_app && mayHoldCommand(written.body ?? '');
}

function isApp({ login, type }: z.infer<typeof Sender>): boolean {
  return type === 'Bot' || login.endsWith('[bot]');
}
