import { describe, expect, it } from 'vitest';
import { removeEmptyBranch } from '../../src/flows/remove-empty-branch.ts';
import { ExternalError } from '../../src/lib/errors.ts';
import { aTendedBed, branch, idOf } from './tended-bed.ts';

/** A run of issue 3 that comes to its end on the branch that was made for it. */
async function aRun() {
  const bed = await aTendedBed();
  bed.act.comment('wanda', '/courier run', { issue: 3 });
  await bed.handle(3);
  await bed.begin('a');
  const isThere = () => bed.repository.refs.has(`refs/heads/${branch}`);
  expect(isThere()).toBe(true);
  return { ...bed, isThere, clear: (over: object = {}) => removeEmptyBranch(3, idOf('a'), { ...bed.place, ...over }) };
}

describe('the branch of a run that pushes nothing', () => {
  it('is not left behind empty, and is made anew by the next run', async () => {
    const bed = await aRun();
    await bed.clear();
    expect([bed.isThere(), (await bed.runsOf())?.made]).toEqual([false, false]);
    await bed.end('a', 'no-change');
    bed.act.push('ada', { branch: 'main', files: { 'b.txt': 'b\n' } });
    bed.act.moveRun(bed.repository.runs[0] ?? expect.fail('no run'), { conclusion: 'success' });
    bed.act.comment('wanda', '/courier retry', { issue: 3 });
    await bed.handle(3);
    expect(bed.replies(3).at(-1)).toContain('does it');
    expect(bed.repository.refs.get(`refs/heads/${branch}`)).toBe(bed.repository.refs.get('refs/heads/main'));
    expect(await bed.runsOf()).toMatchObject({ branch, made: true });
  });

  it('is empty also where its base has moved on', async () => {
    const bed = await aRun();
    bed.act.push('ada', { branch: 'main', files: { 'b.txt': 'b\n' } });
    await bed.clear();
    expect(bed.isThere()).toBe(false);
  });

  it('stays where it holds anything', async () => {
    const bed = await aRun();
    bed.act.push('ada', { branch, files: { 'b.txt': 'b\n' } });
    await bed.clear();
    expect([bed.isThere(), (await bed.runsOf())?.made]).toEqual([true, true]);
  });

  it('stays where it has a pull request, or had one', async () => {
    const bed = await aRun();
    const runs = await bed.runsOf();
    if (!runs) throw new Error('no runs');
    await bed.seed({ runs: { ...runs, pullRequest: { number: 4, url: 'https://github.test/4', state: 'closed' } } });
    await bed.clear();
    expect(bed.isThere()).toBe(true);
  });

  it('stays where no run of Courier made it', async () => {
    const bed = await aRun();
    const runs = await bed.runsOf();
    if (!runs) throw new Error('no runs');
    await bed.seed({ runs: { ...runs, made: false } });
    await bed.clear();
    expect(bed.isThere()).toBe(true);
  });

  it('stays where GitHub cannot be asked, which takes nothing from the run', async () => {
    const bed = await aRun();
    const remove = () => Promise.reject(new ExternalError('GitHub is away.'));
    await bed.clear({ github: { ...bed.github, branches: { ...bed.github.branches, remove } } });
    expect([bed.isThere(), (await bed.runsOf())?.made]).toEqual([true, true]);
  });
});
