import { afterEach, describe, expect, it } from 'vitest';
import { keepPanel } from '../../src/flows/keep-panel.ts';
import { tellLate } from '../../src/flows/tell-late.ts';
import { IssueRuns } from '../../src/ledger/runs-record.ts';
import { addIssue } from '../fakes/github/state.ts';
import { aReviewBed, assumed, id } from './review-bed.ts';

type Bed = Awaited<ReturnType<typeof aReviewBed>>;
const beds: Bed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

const branch = 'courier/issue-3-x';

/** The pull request of issue 3 is open, made by a run that took A1 and A2 to hold, A3 not to, and that asked Q1. */
async function aBed({ claimed = false, state = 'open' as 'open' | 'merged' } = {}) {
  const bed = await aReviewBed({ records: ['A1', 'A2'].map((number) => assumed(number)) });
  beds.push(bed);
  await keepPanel(id, bed.place());
  bed.double.act.push('wanda', { branch, files: { 'a.txt': 'a\n' } });
  const pull = addIssue(bed.repository, {
    ...{ title: 'It', body: 'Fixes #3', pullRequest: true, pull: { branch, base: 'main' } },
  });
  const used = [
    { ref: `${id}/A1`, took: 'holds', revision: 1 },
    { ref: `${id}/A2`, took: 'holds', revision: 1 },
    { ref: `${id}/Q1`, took: 'answer' },
  ];
  const claim = { session: 'S20261122-100000-bbbb', run: '', until: '2099-01-01T00:00:00Z' };
  const runs = IssueRuns.parse({
    ...{ version: 1, issue: 3, branch, base: 'main', made: true, used },
    pullRequest: { number: pull.number, url: 'https://github.test/acme/shop/pull/5', state },
    ...(claimed ? { claim } : {}),
  });
  await bed.seed({ runs });
  const said = (number: number) => bed.replies(number).filter((text) => text.includes('takes it up'));
  const runsNow = async () => (await bed.ledger()).readRuns(3);
  return { ...bed, pull, said, runsNow };
}

describe('a word of a person after a run has ended', () => {
  it('is told on its pull request and on its issue where it goes against it, once, and not where it approves', async () => {
    const bed = await aBed();
    await bed.say('wanda', '/courier approve A1');
    expect([bed.said(3), bed.said(bed.pull.number)]).toEqual([[], []]);
    await bed.say('wanda', '/courier decline A2 not here', { at: '2026-11-22T10:31:00Z' });
    const text = `\`${id}/A2\` was declined by wanda after the change of #${bed.pull.number} was made: \`/courier run\` takes it up.`;
    for (const number of [3, bed.pull.number]) expect(bed.said(number)).toEqual([expect.stringContaining(text)]);
    await Promise.all([tellLate(bed.place()), tellLate(bed.place())]);
    await bed.say('wanda', '/courier approve A1', { at: '2026-11-22T10:32:00Z' });
    expect(bed.said(3)).toHaveLength(1);
    expect((await bed.runsNow())?.telling).toBeUndefined();
  });

  it('is told of a click and of an answer, too', async () => {
    const bed = await aBed();
    await bed.click('wanda', 'assumption A1 1 decline');
    expect(bed.said(3)).toHaveLength(1);
    await bed.say('tom', '/courier answer Q1: the new one');
    expect(bed.said(3).at(-1)).toContain(`\`${id}/Q1\` was answered by tom`);
    expect(bed.said(bed.pull.number)).toHaveLength(2);
  });

  it('is not told while a run is at work, which may know it, and is told after that', async () => {
    const bed = await aBed({ claimed: true });
    await bed.say('wanda', '/courier correct A1: otherwise');
    expect(bed.said(3)).toEqual([]);
    const runs = await bed.runsNow();
    if (!runs) throw new Error('no runs');
    const { claim: _, ...rest } = runs;
    await bed.seed({ runs: rest });
    await tellLate(bed.place());
    expect(bed.said(3)).toEqual([expect.stringContaining('was put right by wanda')]);
  });

  it('is told nobody where its pull request is merged or closed by then', async () => {
    const bed = await aBed({ state: 'merged' });
    await bed.say('wanda', '/courier decline A1');
    expect(bed.said(3)).toEqual([]);
    const other = await aBed();
    other.double.act.closePull('max', { issue: other.pull.number });
    await other.say('wanda', '/courier decline A1');
    expect([other.said(3), other.said(other.pull.number)]).toEqual([[], []]);
  });

  it('is on record where GitHub fails, and told by whoever looks next', async () => {
    const bed = await aBed();
    bed.double.fail({ operation: 'pulls/get', status: 503, times: 99 });
    await bed.say('wanda', '/courier decline A1');
    bed.double.heal();
    expect(bed.said(3)).toEqual([]);
    await tellLate(bed.place());
    expect(bed.said(3)).toHaveLength(1);
  });
});
