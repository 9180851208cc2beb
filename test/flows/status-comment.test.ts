import { setImmediate } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { findParts } from '../../src/commands/status-parts.ts';
import { followOpenRuns, followRun } from '../../src/flows/follow-run.ts';
import { endCommand, type StatusDesk } from '../../src/flows/status-comment.ts';
import { takeRequest } from '../../src/flows/take-request.ts';
import { createCommandTeller } from '../../src/flows/tell-command.ts';
import { silentLog } from '../../src/lib/log.ts';
import { safe } from '../../src/publishing/safe-text.ts';
import type { StoredRun } from '../fakes/github/state.ts';
import { aCommentsBed, type CommentsBed, gate } from './comments-bed.ts';

const beds: CommentsBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

/** A repository where `wanda` has asked for what a workflow does, and was answered. */
async function started(lines = '/courier scan') {
  const bed = await aCommentsBed();
  beds.push(bed);
  const comment = bed.double.act.comment('wanda', lines, { issue: 3 });
  await bed.handle(3);
  const desk: StatusDesk = {
    github: bed.connect(),
    store: bed.store,
    repositoryId: String(bed.repository.id),
    gate,
  };
  const runs = bed.repository.runs;
  const at = (index = 0) => ({ issue: 3, comment: comment.id, index });
  const take = (index: number, run: StoredRun | undefined) =>
    takeRequest(at(index), { run: run?.id ?? 0, store: bed.store, repositoryId: desk.repositoryId });
  const status = () => bed.issue(3).comments.filter(({ author }) => author.type === 'Bot');
  const text = () => status()[0]?.body ?? '';
  return { bed, comment, desk, runs, at, take, status, text, clock: bed.clock };
}

const end = (run: StoredRun | undefined, say = safe`Two findings.`, attempt = 1) => ({
  ...({ outcome: 'done', say, run: run?.id ?? 0, attempt } as const),
});

describe('a command that a workflow does', () => {
  it('shows 👀, one comment that changes, and 🚀 at the end', async () => {
    const { bed, comment, desk, runs, at, take, status, text } = await started();
    expect(bed.reactions(comment.id)).toEqual(['eyes']);
    expect(text()).toMatch(/A run.* of the workflow `courier.yml` does it/);
    await take(0, runs[0]);
    const run = { id: runs[0]?.id ?? 0, attempt: 1, url: undefined };
    const teller = createCommandTeller(at(), run, { ...desk, clock: { now: () => 0 }, log: silentLog });
    teller.tell({ iteration: 3, of: 4, tool: 'bash', costUsd: 0.1 });
    await expect.poll(text).toMatch(/`██████████░+` iteration 3 of 4 · 0 s · \$0.10 · `bash`/);
    expect(bed.reactions(comment.id)).toEqual(['eyes']);
    await teller.end({ outcome: 'done', say: safe`Two findings.` });
    expect(text()).toMatch(/-->\nTwo findings\.\n<!--/);
    expect(text()).not.toMatch(/iteration/);
    expect(bed.reactions(comment.id)).toEqual(['eyes', 'rocket']);
    expect(status()).toHaveLength(1);
  });

  it.each(['failed', 'refused'] as const)('that ended as %s shows 😕', async (outcome) => {
    const { bed, comment, desk, runs, at, text } = await started();
    await endCommand(at(), { ...end(runs[0], safe`No key.`), outcome }, desk);
    expect(text()).toMatch(outcome === 'failed' ? /\*\*Failed\.\*\* No key\./ : /Not done\. No key\./);
    expect(bed.reactions(comment.id)).toEqual(['eyes', 'confused']);
  });

  it('is ended once, by whoever tells of it first', async () => {
    const { desk, runs, at, text } = await started();
    await endCommand(at(), end(runs[0], safe`First.`), desk);
    await endCommand(at(), end(runs[0], safe`Second.`), desk);
    expect(text()).toMatch(/First\./);
    expect(text()).not.toMatch(/Second\./);
  });

  it('is told anew by the next attempt of its run, and not by a run that does not have it', async () => {
    const { desk, runs, at, take, text } = await started();
    await take(0, runs[0]);
    await endCommand(at(), { ...end(runs[0], safe`It broke.`), outcome: 'failed' }, desk);
    await endCommand(at(), { ...end(runs[0], safe`Somebody else.`, 9), run: 99 }, desk);
    expect(text()).toMatch(/It broke/);
    await endCommand(at(), end(runs[0], safe`Now it works.`, 2), desk);
    expect(text()).toMatch(/Now it works/);
  });

  it('is shown where its run was faster than the answer', async () => {
    const bed = await aCommentsBed();
    beds.push(bed);
    const comment = bed.double.act.comment('wanda', '/courier scan\n/courier status', { issue: 3 });
    const desk = { github: bed.connect(), store: bed.store, repositoryId: String(bed.repository.id), gate };
    // The run ends between its start and the answer.
    const github = bed.connect();
    const ensure: typeof github.comments.ensure = async (...given) => {
      await endCommand({ issue: 3, comment: comment.id, index: 0 }, end(bed.repository.runs[0]), desk);
      return github.comments.ensure(...given);
    };
    await bed.handle(3, { github: { ...github, comments: { ...github.comments, ensure } } });
    expect(bed.issue(3).comments.at(-1)?.body).toMatch(/Two findings/);
    expect(bed.reactions(comment.id)).toEqual(['eyes', 'rocket']);
  });

  it('is not told of again in a comment that somebody deleted', async () => {
    const { bed, comment, desk, runs, at, status } = await started();
    bed.issue(3).comments.splice(bed.issue(3).comments.indexOf(status()[0] ?? comment), 1);
    await endCommand(at(), end(runs[0]), desk);
    expect(status()).toEqual([]);
    expect(bed.reactions(comment.id)).toEqual(['eyes', 'rocket']);
  });

  it('is told of in no comment that is not its status comment any more', async () => {
    const { desk, runs, at, status, text } = await started();
    const [there] = status();
    if (!there) throw new Error('no status comment');
    there.body = there.body.replace(/<!-- courier:comment [0-9a-f]+ -->/, '');
    await endCommand(at(), end(runs[0]), desk);
    expect(text()).not.toMatch(/Two findings/);
  });

  it('keeps what people wrote around it', async () => {
    const { desk, runs, at, status, text } = await started();
    const [there] = status();
    if (there) there.body = `Note by tom\n\n${there.body}`;
    await endCommand(at(), end(runs[0]), desk);
    expect(text()).toMatch(/^Note by tom\n\n[\s\S]*Two findings/);
  });
});

describe('several who write to one status comment', () => {
  it('tell all of it in the end, whoever overwrote whom', async () => {
    const { bed, comment, desk, runs, at, take, text } = await started(
      '/courier scan\n/courier verify\n/courier scan docs',
    );
    await Promise.all(runs.map((run, index) => take(index, run)));
    await Promise.all(
      runs.map((run, index) => endCommand(at(index), end(run, safe`End of ${index}.`), { ...desk, github: slow(bed) })),
    );
    for (const index of [0, 1, 2]) expect(text()).toMatch(new RegExp(`End of ${index}\\.`));
    expect(findParts(text())).toHaveLength(3);
    expect(bed.reactions(comment.id)).toEqual(['eyes', 'rocket']);
  });

  it('repair what a slower one overwrote with what it had read before', async () => {
    const { bed, desk, runs, at, take, text } = await started('/courier scan\n/courier verify');
    await Promise.all(runs.map((run, index) => take(index, run)));
    // The second ends while the first has read the comment and not yet written it.
    const github = bed.connect();
    let isFirst = true;
    const edit: typeof github.comments.edit = async (...given) => {
      if (isFirst) {
        isFirst = false;
        await endCommand(at(1), end(runs[1], safe`End of 1.`), desk);
      }
      return github.comments.edit(...given);
    };
    await endCommand(at(0), end(runs[0], safe`End of 0.`), {
      ...desk,
      github: { comments: { ...github.comments, edit } },
    });
    expect(text()).toMatch(/End of 0\./);
    expect(text()).toMatch(/End of 1\./);
  });
});

/** Comments that are read and written after a moment, so that several meet. */
function slow(bed: CommentsBed): StatusDesk['github'] {
  const { comments } = bed.connect();
  const later = () => new Promise((resolve) => setTimeout(resolve, 5 + Math.random() * 20));
  return {
    comments: {
      ...comments,
      read: async (id) => {
        const found = await comments.read(id);
        await later();
        return found;
      },
    },
  };
}

describe('the pace of what is told on the way', () => {
  it('is an edit in five seconds during the first minute and one in sixty after, the newest each time', async () => {
    const { desk, runs, at, take, text } = await started();
    await take(0, runs[0]);
    let now = Date.parse('2026-11-21T10:00:00Z');
    const began = now;
    const waiting: { until: number; resolve: () => void }[] = [];
    const clock = {
      now: () => now,
      sleep: (time: number) => new Promise<void>((resolve) => waiting.push({ until: now + time, resolve })),
    };
    const edits: number[] = [];
    const { comments } = desk.github;
    let asked = 0;
    const counted = async <Answer>(answer: Promise<Answer>): Promise<Answer> => {
      asked += 1;
      return answer.finally(() => {
        asked -= 1;
      });
    };
    const edit: typeof comments.edit = (...given) => {
      edits.push((now - began) / 1000);
      return counted(comments.edit(...given));
    };
    const read: typeof comments.read = (...given) => counted(comments.read(...given));
    const github = { comments: { ...comments, edit, read } };
    const teller = createCommandTeller(
      at(),
      { id: runs[0]?.id ?? 0, attempt: 1, url: undefined },
      { ...desk, github, clock, log: silentLog },
    );
    // What it does at once and what it does once GitHub has answered; then it waits for the clock, or for more to tell.
    const settle = async () => {
      do await setImmediate();
      while (asked > 0);
    };
    for (let second = 0; second <= 200; second++) {
      teller.tell({ iteration: second, of: 400 });
      // The first time it reads the ledger, too.
      if (second === 0) await expect.poll(() => edits).toHaveLength(1);
      await settle();
      now += 1000;
      for (const each of waiting.filter(({ until }) => until <= now)) each.resolve();
    }
    await settle();
    expect(edits.slice(0, 3)).toEqual([0, 5, 10]);
    const first = edits.filter((second) => second < 60);
    const after = edits.filter((second) => second >= 60);
    expect(first.length).toBeLessThanOrEqual(12);
    expect(after.length).toBeGreaterThanOrEqual(2);
    expect(after.length).toBeLessThanOrEqual(3);
    for (const [index, second] of edits.entries())
      if (index > 0) expect(second - (edits[index - 1] ?? 0)).toBeGreaterThanOrEqual(second > 60 ? 55 : 5);
    await teller.end({ outcome: 'done', say: safe`All of it.` });
    teller.tell({ iteration: 399, of: 400 });
    await settle();
    expect(text()).toMatch(/All of it/);
  });

  it('costs the session nothing where GitHub fails, and the end is told all the same', async () => {
    const { bed, desk, runs, at, take, text, clock } = await started();
    await take(0, runs[0]);
    bed.double.fail({ operation: 'issues/update-comment', status: 403 });
    const run = { id: runs[0]?.id ?? 0, attempt: 1, url: undefined };
    const teller = createCommandTeller(at(), run, { ...desk, clock, log: silentLog });
    teller.tell({ iteration: 1, of: 4 });
    await teller.end({ outcome: 'done', say: safe`All of it.` });
    expect(text()).toMatch(/All of it/);
  });
});

describe('a run that ended without a word', () => {
  const desks = (bed: CommentsBed, desk: StatusDesk) => ({
    ...{ ...desk, github: bed.connect(), clock: bed.clock, executors: {} },
  });

  it.each([
    ['cancelled', /\*\*Failed\.\*\* The run was cancelled/],
    ['timed_out', /longer than its workflow allows/],
    ['startup_failure', /could not be started/],
    ['failure', /failed before it could say/],
    ['success', /ended without saying/],
  ])('as %s is told, and 😕 stands at the comment', async (conclusion, words) => {
    const { bed, comment, desk, runs, text } = await started();
    const [run] = runs;
    if (!run) throw new Error('no run');
    expect(await followRun(run.id, desks(bed, desk))).toHaveLength(1);
    expect(text()).not.toMatch(/Failed/);
    bed.double.act.moveRun(run, { conclusion });
    await followRun(run.id, desks(bed, desk));
    await followRun(run.id, desks(bed, desk));
    expect(text()).toMatch(words);
    expect(bed.reactions(comment.id)).toEqual(['eyes', 'confused']);
  });

  it('does not change what it had told before, and a run without a command changes nothing', async () => {
    const { bed, desk, runs, at, take, text } = await started();
    const [run] = runs;
    if (!run) throw new Error('no run');
    await take(0, run);
    await endCommand(at(), end(run), desk);
    bed.double.act.moveRun(run, { conclusion: 'success' });
    await followRun(run.id, desks(bed, desk));
    expect(text()).toMatch(/Two findings/);
    const other = bed.double.act.startRun({ workflow: 'ci.yml', event: 'push', login: 'wanda' });
    bed.double.act.moveRun(other, { conclusion: 'failure' });
    const before = bed.messages.length;
    expect(await followRun(other.id, desks(bed, desk))).toEqual([]);
    expect(bed.messages.length).toBe(before);
  });

  it('is found without an event, also where GitHub never said which run it would be', async () => {
    const { bed, desk, runs, text } = await started('/courier scan\n/courier verify');
    const [first, second] = runs;
    if (!first || !second) throw new Error('no runs');
    await forgetRun(bed, second.id);
    bed.double.act.moveRun(first, { conclusion: 'cancelled' });
    await followOpenRuns(desks(bed, desk));
    expect(text().match(/Failed/g)).toHaveLength(1);
    bed.clock.ahead += 2 * 3_600_000;
    await followOpenRuns(desks(bed, desk));
    expect(text()).toMatch(/No run of the workflow took this up/);
  });
});

/** An older GitHub does not say which run a dispatch becomes. */
async function forgetRun({ ledger, seed }: CommentsBed, run: number): Promise<void> {
  const inbox = await (await ledger()).readInbox(3);
  const handled = inbox.handled.map((entry) => ({
    ...entry,
    starts: entry.starts.map(({ run: known, ...start }) =>
      known === run || !known ? start : { ...start, run: known },
    ),
  }));
  await seed({ inbox: { ...inbox, handled } });
}
