import { describe, expect, it } from 'vitest';
import { keepPanel } from '../../src/flows/keep-panel.ts';
import { keepRunLabel } from '../../src/flows/keep-run-label.ts';
import { endCommand } from '../../src/flows/status-comment.ts';
import { tellRestEnded } from '../../src/flows/tell-rest-ended.ts';
import { tendPanels } from '../../src/flows/tend-panels.ts';
import { safe } from '../../src/publishing/safe-text.ts';
import { Session } from '../../src/sessions/session.ts';
import { aTendedBed, idOf } from './tended-bed.ts';

const id = idOf('a');

/** A run of issue 3 that somebody asked for in a comment, and that waits for an answer; whoever asked is told so. */
async function aParkedRun() {
  const bed = await aTendedBed();
  bed.clock.ahead = Date.parse('2026-11-21T09:55:00Z') - Date.now();
  const place = { ...bed.place, actor: 'courier' };
  const say = async (by: string, body: string, issue = 3) => {
    const { id: comment } = bed.act.comment(by, body, { issue, at: '2026-11-21T09:54:00Z' });
    await bed.handle(issue);
    return comment;
  };
  const comment = await say('wanda', '/courier run');
  const [asking = expect.fail('nothing was started')] = bed.repository.runs;
  await bed.begin('a');
  const found = await (await bed.ledger()).readSession(id, Session);
  if (!found || !('session' in found)) throw new Error('there is no session');
  const asked = Session.parse({
    ...found.session,
    questions: [{ id: 'Q1', scan: 'planner', ref: 'q1', question: 'Which one?', blocking: true }],
    parked: { at: '2026-11-21T10:05:00Z', questions: ['Q1'] },
  });
  await bed.seed({ session: asked });
  await bed.park('a');
  const waits = { outcome: 'done', say: safe`It waits for an answer.`, run: asking.id, attempt: 1 } as const;
  await endCommand({ issue: 3, comment, index: 0 }, waits, place);
  await keepPanel(id, place);
  await keepRunLabel(3, place);
  expect(bed.labels()).toEqual(['courier: awaiting-answer']);
  const panel = () => bed.repository.issues.find(({ title }) => title.startsWith('Questions of Courier'));
  /** The status comment of the run. */
  const status = () => bed.replies(3)[0] ?? '';
  return { ...bed, place, say, comment, status, panel };
}

/** Nobody waits for anything any more. */
async function expectFree(bed: Awaited<ReturnType<typeof aParkedRun>>) {
  const runs = await bed.runsOf();
  expect([runs?.claim, runs?.attempts.map(({ outcome }) => outcome)]).toEqual([undefined, ['stopped']]);
  expect(bed.labels()).toEqual([]);
  expect(bed.status()).not.toContain('It waits for');
  expect(bed.status()).toContain('`/courier retry` on #3 begins anew');
  expect(bed.reactions(bed.comment)).toContain('confused');
  await bed.say('wanda', '/courier run');
  expect(bed.repository.runs).toHaveLength(3);
}

describe('a run that waits for answers', () => {
  it.each(['stop', 'kill', `stop ${id}`])('is over at once for everybody with `/courier %s`', async (line) => {
    const bed = await aParkedRun();
    await bed.say('wanda', `/courier ${line}`, line.includes(id) ? 1 : 3);
    expect(bed.status()).toContain('It was ended by wanda while it rested');
    // What it asked may still be answered, for the next one.
    expect(bed.panel()?.comments[0]?.body).toContain('The session has ended');
    await expectFree(bed);
  });

  it('is over at once where its session is deleted', async () => {
    const bed = await aParkedRun();
    await bed.say('max', `/courier delete ${id} yes`, 2);
    expect(bed.status()).toContain('It was deleted by max');
    await expectFree(bed);
  });

  it('is told to be over also where whoever ended it died before it could say so', async () => {
    const bed = await aParkedRun();
    const github = bed.connect();
    const dying = { ...github, issues: { ...github.issues, update: () => Promise.reject(new TypeError('killed')) } };
    bed.act.comment('wanda', '/courier stop', { issue: 3, at: '2026-11-21T09:54:30Z' });
    await expect(bed.handle(3, { github: dying })).rejects.toThrow('killed');
    bed.clock.ahead += 600_000;
    await bed.handle(3);
    await expectFree(bed);
  });

  it('is not told of in the place of one that was asked for since', async () => {
    const bed = await aParkedRun();
    await bed.say('wanda', '/courier stop');
    bed.clock.ahead += 600_000;
    await bed.say('wanda', '/courier run');
    await tellRestEnded({ issue: 3, session: id }, bed.place);
    expect(bed.replies(3).at(-1)).toContain('does it');
    expect(bed.reactions(Number((await bed.runsOf())?.asked?.comment))).not.toContain('confused');
  });

  it('keeps its issue no longer than it is kept itself, and an answer still brings it back', async () => {
    const bed = await aParkedRun();
    bed.clock.ahead += 30 * 60_000;
    await tendPanels({ sessions: [id], inactivityMs: 60_000, salvage: async () => undefined }, bed.place);
    const runs = await bed.runsOf();
    expect(Date.parse(runs?.claim?.until ?? '')).toBeLessThanOrEqual(bed.clock.now());
    expect(runs?.attempts).toMatchObject([{ session: id, outcome: 'parked' }]);
    await bed.say('wanda', '/courier run');
    expect(bed.repository.runs).toHaveLength(3);
  });
});
