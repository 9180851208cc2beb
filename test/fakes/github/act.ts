import { createPullPeople } from './act-pulls.ts';
import { addRun, moveRun } from './actions-api.ts';
import { checkRunJson, suiteJson, suitesOf } from './checks-api.ts';
import type { Json } from './json.ts';
import { addComment, closeIssue, editComment, labelIssue, now, reopenIssue, unlabelIssue } from './people.ts';
import {
  addLabel,
  nextId,
  type Person,
  type RepositoryState,
  type StoredCheckRun,
  type StoredComment,
  type StoredIssue,
  type StoredRun,
} from './state.ts';
import type { Webhooks } from './webhooks.ts';

type World = {
  findRepository: (fullName: string) => RepositoryState | undefined;
  webhooks: Webhooks;
  apiUrl: string;
  serverUrl: string;
};

/** People in the web interface, and GitHub's own runners. `repository` is `acme/shop` unless told. */
export function createPeople({ findRepository, webhooks, apiUrl, serverUrl }: World) {
  function at(repository = 'acme/shop'): Json {
    const found = findRepository(repository);
    if (!found) throw new Error(`the double has no repository ${repository}`);
    return { repository: found, apiUrl, serverUrl };
  }
  function find({ repository }: Json, number: number): StoredIssue {
    const issue = repository.issues.find((each) => each.number === number);
    if (!issue) throw new Error(`there is no issue ${number}`);
    return issue;
  }
  const person = (login: string): Person => ({ login, type: login.endsWith('[bot]') ? 'Bot' : 'User' });

  return {
    ...createPullPeople({ at, find, webhooks }),
    comment(
      login: string,
      body: string,
      { issue = 1, repository, ...more }: { issue?: number; repository?: string; at?: string; viaApp?: string } = {},
    ): StoredComment {
      const place = at(repository);
      const comment = addComment(find(place, issue), person(login), body, more);
      webhooks.comment('created', { ...place, who: person(login), issue: find(place, issue), comment });
      return comment;
    },
    editComment(
      login: string,
      { id }: { id: number },
      body: string,
      { repository, at: when }: { repository?: string; at?: string } = {},
    ): void {
      const place = at(repository);
      const issue = place.repository.issues.find(({ comments }) => comments.some((each) => each.id === id));
      const comment = issue?.comments.find((each) => each.id === id);
      if (!issue || !comment) throw new Error(`there is no comment ${id}`);
      const from = comment.body;
      editComment(comment, body, when);
      webhooks.comment('edited', { ...place, who: person(login), issue, comment, from });
    },
    close(
      login: string,
      {
        issue = 1,
        repository,
        reason,
      }: { issue?: number; repository?: string; reason?: 'completed' | 'not_planned' } = {},
    ): void {
      const place = at(repository);
      closeIssue(find(place, issue), person(login), reason === undefined ? {} : { reason });
      webhooks.issue('closed', { ...place, who: person(login), issue: find(place, issue) });
    },
    reopen(login: string, { issue = 1, repository }: { issue?: number; repository?: string } = {}): void {
      const place = at(repository);
      reopenIssue(find(place, issue), person(login));
      webhooks.issue('reopened', { ...place, who: person(login), issue: find(place, issue) });
    },
    label(login: string, label: string, { issue = 1, repository }: { issue?: number; repository?: string } = {}): void {
      const place = at(repository);
      labelIssue(find(place, issue), addLabel(place.repository, label).name, person(login));
      webhooks.issue('labeled', { ...place, who: person(login), issue: find(place, issue), label });
    },
    unlabel(
      login: string,
      label: string,
      { issue = 1, repository }: { issue?: number; repository?: string } = {},
    ): void {
      const place = at(repository);
      unlabelIssue(find(place, issue), label);
      webhooks.issue('unlabeled', { ...place, who: person(login), issue: find(place, issue), label });
    },
    delete(login: string, { issue = 1, repository }: { issue?: number; repository?: string } = {}): void {
      const place = at(repository);
      const found = find(place, issue);
      found.deleted = true;
      webhooks.issue('deleted', { ...place, who: person(login), issue: found });
    },
    assign(
      login: string,
      to: readonly string[],
      { issue = 1, repository }: { issue?: number; repository?: string } = {},
    ): void {
      const place = at(repository);
      const found = find(place, issue);
      const action = to.length < found.assignees.length ? 'unassigned' : 'assigned';
      found.assignees = [...to];
      webhooks.issue(action, { ...place, who: person(login), issue: found });
    },
    lock(login: string, { issue = 1, repository }: { issue?: number; repository?: string } = {}): void {
      const place = at(repository);
      const found = find(place, issue);
      found.locked = true;
      webhooks.issue('locked', { ...place, who: person(login), issue: found });
    },
    transfer(login: string, to: string, { issue = 1, repository }: { issue?: number; repository?: string } = {}): void {
      const place = at(repository);
      const found = find(place, issue);
      webhooks.issue('transferred', { ...place, who: person(login), issue: found });
      found.transferredTo = to;
    },
    retitle(
      login: string,
      title: string,
      { issue = 1, repository }: { issue?: number; repository?: string } = {},
    ): void {
      const place = at(repository);
      const found = find(place, issue);
      const changes = { title: { from: found.title } };
      found.title = title;
      found.events.push({ kind: 'renamed', at: now(), actor: person(login) });
      webhooks.issue('edited', { ...place, who: person(login), issue: found, changes });
    },
    /** Writes the text of an issue anew, as GitHub does when a box is ticked. */
    rewrite(
      login: string,
      body: string,
      { issue = 1, repository }: { issue?: number; repository?: string } = {},
    ): void {
      const place = at(repository);
      const found = find(place, issue);
      const changes = { body: { from: found.body } };
      found.body = body;
      found.editedAt = now();
      webhooks.issue('edited', { ...place, who: person(login), issue: found, changes });
    },
    /** A button of a check run. */
    click(login: string, { checkRun, button }: { checkRun: number; button: string }, repository?: string): void {
      const place = at(repository);
      const found = place.repository.checkRuns.find(({ id }) => id === checkRun);
      if (!found) throw new Error(`there is no check run ${checkRun}`);
      const happening = { ...place, who: person(login), checkRun: checkRunJson(place, found) };
      webhooks.checkRun('requested_action', { ...happening, requested: button });
    },
    /**
     * A check of a commit begins (`conclusion: null`) or ends; of one suite with others of the same `suite`. When all of a suite have ended, the
     * suite has.
     */
    check(
      { name, commit, ...more }: Pick<StoredCheckRun, 'name' | 'commit'> & Partial<StoredCheckRun>,
      repository?: string,
    ): StoredCheckRun {
      const place = at(repository);
      const { checkRuns } = place.repository;
      const known = checkRuns.find((run) => run.name === name && run.commit === commit && run.suite === more.suite);
      const fresh = { id: nextId(), name, commit, externalId: '', output: null, actions: [], app: 'github-actions' };
      const run: StoredCheckRun = known ?? { ...fresh, status: 'in_progress', conclusion: null };
      const { conclusion = 'failure' } = more;
      Object.assign(run, more, { conclusion, status: conclusion === null ? 'in_progress' : 'completed' });
      if (!known) checkRuns.push(run);
      const happening = { ...place, who: person('wanda') };
      if (conclusion !== null) webhooks.checkRun('completed', { ...happening, checkRun: checkRunJson(place, run) });
      const suite = suitesOf(place, commit).find(({ runs }) => runs.includes(run));
      if (suite?.status === 'completed')
        webhooks.checkSuite('completed', { ...happening, suite: suiteJson(commit, suite) });
      return run;
    },
    install(login: string, repositories: readonly string[] = ['acme/shop']): void {
      webhooks.installation('created', { who: person(login), repositories: repositories.map((each) => at(each)) });
    },
    /** Starts a run without a dispatch, as a schedule does. */
    startRun(run: { workflow: string; event: string; login: string }, repository?: string): StoredRun {
      const place = at(repository);
      const started = addRun(place.repository, { ...run, actor: person(run.login) });
      webhooks.run('requested', { ...place, who: person(run.login), run: started });
      return started;
    },
    /** A runner takes it, or it ends. */
    moveRun(run: StoredRun, to: 'in_progress' | { conclusion: string }, repository?: string): void {
      moveRun({ ...at(repository), webhooks }, run, to);
    },
  };
}
