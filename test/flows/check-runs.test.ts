import { afterEach, describe, expect, it } from 'vitest';
import type { Executors } from '../../src/commands/executor.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { answerClick, answerRerunAll, type ClickDesk } from '../../src/flows/answer-click.ts';
import { createExecutors } from '../../src/flows/command-executors.ts';
import { followOpenRuns, followRun } from '../../src/flows/follow-run.ts';
import { endCommand } from '../../src/flows/status-comment.ts';
import { takeRequest } from '../../src/flows/take-request.ts';
import { emptyMemory, type Memory, withAssumptions } from '../../src/memory/memory.ts';
import { safe } from '../../src/publishing/safe-text.ts';
import type { StoredRun } from '../fakes/github/state.ts';
import { anAssumption } from '../memory/builders.ts';
import { aCommentsBed, type CommentsBed, gate } from './comments-bed.ts';

const beds: CommentsBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

const [head, newer] = ['a'.repeat(40), 'b'.repeat(40)] as const;

/** A pull request (4) on which `wanda` asked for what a workflow does; `run` is that workflow's. */
async function started({
  issue = 4,
  visibility = 'private' as 'private' | 'public',
  executors = {} as Executors,
  memory = emptyMemory as Memory,
} = {}) {
  const bed = await aCommentsBed({ visibility });
  beds.push(bed);
  await bed.seed({ memory });
  bed.issue(4).head = head;
  const comment = bed.double.act.comment('wanda', '/courier scan', { issue });
  await bed.handle(issue);
  const [run] = bed.repository.runs;
  if (!run) throw new Error('no run');
  const at = { issue, comment: comment.id, index: 0 };
  const repositoryId = String(bed.repository.id);
  await takeRequest(at, { run: run.id, store: bed.store, repositoryId });
  const github = bed.connect();
  const desk: ClickDesk = {
    ...{ github, store: bed.store, repositoryId, gate, clock: bed.clock, config: parseConfig('', 'courier.yml') },
    executors: { ...createExecutors({ github, workflow: 'courier.yml' }), ...executors },
    remote: await github.repository(),
  };
  const move = async (to: 'in_progress' | { conclusion: string }) => {
    bed.double.act.moveRun(run, to);
    await followRun(run.id, desk);
  };
  const checks = () => bed.repository.checkRuns;
  const shown = () => checks().map(({ status, conclusion }) => conclusion ?? status);
  const buttons = (index: number) => JSON.stringify(checks()[index]?.actions);
  const click = (by: string, button: string, index = 0) =>
    answerClick({ check: checks()[index]?.id ?? 0, button, by }, desk);
  return { bed, comment, desk, run, at, move, checks, shown, buttons, click };
}

describe('the check run of a command on a pull request', () => {
  it('is there when its run works, and ends as the command does', async () => {
    const { desk, run, at, move, checks, shown, buttons } = await started();
    await followRun(run.id, desk);
    expect(checks()).toEqual([]);
    await move('in_progress');
    expect(checks()).toMatchObject([{ name: 'Courier', commit: head, status: 'in_progress' }]);
    expect(buttons(0)).toMatch(/^\[{"identifier":"stop"[^}]*}\]$/);
    await endCommand(at, { outcome: 'done', say: safe`Two findings.`, run: run.id, attempt: 1 }, desk);
    await move({ conclusion: 'success' });
    expect(shown()).toEqual(['success']);
    expect(buttons(0)).toMatch(/^\[{"identifier":"rerun"[^}]*}\]$/);
    expect(JSON.stringify(checks()[0]?.output)).toMatch(/`\/courier scan`: done.*Two findings/);
  });

  it.each([
    ['cancelled', 'cancelled'],
    ['timed_out', 'timed_out'],
    ['failure', 'failure'],
    ['startup_failure', 'failure'],
  ])('is not left at work by a run that ended as %s', async (conclusion, ended) => {
    const { move, shown } = await started();
    await move('in_progress');
    await move({ conclusion });
    expect(shown()).toEqual([ended]);
  });

  it('is not left at work where nobody told of the end of its run', async () => {
    const { bed, desk, run, move, shown, checks } = await started();
    await move('in_progress');
    await followOpenRuns(desk);
    expect(shown()).toEqual(['in_progress']);
    bed.double.act.moveRun(run, { conclusion: 'cancelled' });
    await followOpenRuns(desk);
    expect(shown()).toEqual(['cancelled']);
    expect(JSON.stringify(checks()[0]?.output)).toMatch(/was cancelled before it was done/);
  });

  it('is not left at work where its run is gone', async () => {
    const { bed, desk, move, shown } = await started();
    await move('in_progress');
    bed.repository.runs.splice(0);
    await followOpenRuns(desk);
    expect(shown()).toEqual(['cancelled']);
  });

  it('is made once, also where several replicas are told at once', async () => {
    const { bed, desk, run, move, checks } = await started();
    bed.double.act.moveRun(run, 'in_progress');
    await Promise.all(Array.from({ length: 4 }, () => followRun(run.id, { ...desk, github: bed.connect() })));
    await move('in_progress');
    expect(checks()).toHaveLength(1);
  });

  it('is found again where the answer to its making was lost', async () => {
    const { bed, desk, run, move, checks, shown } = await started();
    bed.double.act.moveRun(run, 'in_progress');
    const { checks: real } = desk.github;
    const losing: typeof real.create = async (check) => {
      await real.create(check);
      throw new Error('killed');
    };
    const github = { ...desk.github, checks: { ...real, create: losing } };
    await expect(followRun(run.id, { ...desk, github })).rejects.toThrow('killed');
    bed.clock.ahead += 5 * 60_000;
    await move('in_progress');
    expect(checks()).toHaveLength(1);
    await move({ conclusion: 'failure' });
    expect(shown()).toEqual(['failure']);
  });

  it('is none on an issue, nor for a token that makes no check runs', async () => {
    const onIssue = await started({ issue: 3 });
    await onIssue.move('in_progress');
    expect(onIssue.checks()).toEqual([]);
    const { bed, move, checks } = await started();
    bed.double.fail({ operation: 'checks/create', status: 403 });
    await move('in_progress');
    await move({ conclusion: 'success' });
    expect(checks()).toEqual([]);
  });
});

describe('a button', () => {
  async function ended(options: Parameters<typeof started>[0] = {}) {
    const bed = await started(options);
    await bed.move('in_progress');
    await bed.move({ conclusion: 'failure' });
    return bed;
  }
  const attempts = ({ bed }: { bed: CommentsBed }) => bed.repository.runs.map(({ attempt }: StoredRun) => attempt);

  it('repeats the run, once for each attempt, whoever clicks and however often', async () => {
    const bed = await ended();
    await Promise.all([bed.click('wanda', 'rerun'), bed.click('max', 'rerun'), bed.click('wanda', 'rerun')]);
    expect(attempts(bed)).toEqual([2]);
    await bed.move('in_progress');
    expect(bed.shown()).toEqual(['failure', 'in_progress']);
    await bed.move({ conclusion: 'failure' });
    // The old one says nothing any more.
    await bed.click('wanda', 'rerun', 0);
    expect(attempts(bed)).toEqual([2]);
    await bed.click('wanda', 'rerun', 1);
    expect(attempts(bed)).toEqual([3]);
    expect(bed.bed.audit().filter(({ action }) => action === 'rerun-run')).toHaveLength(2);
  });

  it('repeats the run, too, where a person has GitHub run all checks of the commit again, and no other', async () => {
    const { desk, run, move } = await started();
    await move('in_progress');
    await answerRerunAll({ commit: head, by: 'wanda' }, desk);
    expect(run.attempt).toBe(1);
    await move({ conclusion: 'failure' });
    await answerRerunAll({ commit: newer, by: 'wanda' }, desk);
    await answerRerunAll({ commit: head, by: 'rita' }, desk);
    expect(run.attempt).toBe(1);
    await answerRerunAll({ commit: head, by: 'wanda' }, desk);
    await answerRerunAll({ commit: head, by: 'wanda' }, desk);
    expect(run.attempt).toBe(2);
  });

  it('stops the run', async () => {
    const bed = await started();
    await bed.move('in_progress');
    await bed.click('wanda', 'stop');
    await bed.click('wanda', 'stop');
    expect(bed.run.conclusion).toBe('cancelled');
    await followRun(bed.run.id, bed.desk);
    expect(bed.shown()).toEqual(['cancelled']);
  });

  it.each([
    ['nobody', /needs the role write/],
    ['rita', /needs the role write in this repository, and yours is read/],
    ['tom', /needs the role write in this repository, and yours is triage/],
  ])('does nothing for %s, and says why in the check run', async (login, why) => {
    const bed = await ended();
    await bed.click(login, 'rerun');
    expect(attempts(bed)).toEqual([1]);
    expect(JSON.stringify(bed.checks()[0]?.output)).toMatch(why);
    expect(bed.shown()).toEqual(['failure']);
  });

  it('does nothing where the person cannot be looked up, and no word is said to strangers in public', async () => {
    const bed = await ended();
    bed.bed.double.fail({ operation: 'repos/get-collaborator-permission-level', status: 502, times: 9 });
    await bed.click('wanda', 'rerun');
    expect(attempts(bed)).toEqual([1]);
    expect(JSON.stringify(bed.checks()[0]?.output)).toMatch(/could not be looked up/);
    const open = await ended({ visibility: 'public' });
    await open.click('rita', 'rerun');
    expect(attempts(open)).toEqual([1]);
    expect(JSON.stringify(open.checks()[0]?.output)).not.toMatch(/rita/);
  });

  it('asks again where the pull request has moved on, or the comment is another', async () => {
    const bed = await ended();
    bed.bed.issue(4).head = newer;
    await bed.click('wanda', 'rerun');
    expect(JSON.stringify(bed.checks()[0]?.output)).toMatch(/has moved on from aaaaaaa: ask again/);
    bed.bed.issue(4).head = head;
    bed.bed.double.act.editComment('eve', bed.comment, '/courier scan everything');
    await bed.click('wanda', 'rerun');
    expect(JSON.stringify(bed.checks()[0]?.output)).toMatch(/edited or deleted/);
    expect(attempts(bed)).toEqual([1]);
  });

  it('of a check run that is not in the ledger, or with an unknown name, does nothing', async () => {
    const bed = await ended();
    await answerClick({ check: 4711, button: 'rerun', by: 'ada' }, bed.desk);
    await bed.click('ada', 'delete-all');
    await bed.click('ada', 'constructor');
    expect(attempts(bed)).toEqual([1]);
  });

  it('approves once, as that person, bound to the head, where this version can approve', async () => {
    const asked: unknown[] = [];
    const executors: Executors = {
      approve: {
        kind: 'change',
        change: ({ assumptions }, { by, mandate, issue }) => {
          asked.push([assumptions, by, mandate.head, issue]);
          return { answer: { outcome: 'done', say: safe`2 assumptions are approved.` } };
        },
      },
    };
    const memory = withAssumptions(emptyMemory, [anAssumption({ pullRequest: 4 })]);
    const bed = await ended({ executors, memory });
    expect(bed.buttons(0)).toMatch(/"rerun".*"approve"/);
    await bed.click('tom', 'approve');
    expect(asked).toEqual([]);
    await bed.click('wanda', 'approve');
    await bed.click('wanda', 'approve');
    expect(asked).toEqual([['all', 'wanda', head, 4]]);
    expect(JSON.stringify(bed.checks()[0]?.output)).toMatch(/wanda: 2 assumptions are approved/);
  });
});
