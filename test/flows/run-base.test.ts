import { afterEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import { openOfferedRuns } from '../../src/flows/open-offered-runs.ts';
import { anOverlapBed, lines, type OverlapBed } from './overlap-bed.ts';

const beds: OverlapBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

/** A run works on issue 3, and meanwhile `main` goes on. */
async function aBed(files: Readonly<Record<string, string>>, { opens = 'job' as 'job' | 'app' } = {}) {
  const bed = await anOverlapBed();
  beds.push(bed);
  const head = await bed.begin(3, { opens });
  const base = bed.double.act.push('ada', { branch: 'main', files });
  const branch = bed.branchOf(3);
  return {
    ...bed,
    ...{ head, base, branch },
    commits: () => bed.double.commits('acme/shop', branch),
    files: () => bed.double.files('acme/shop', branch),
  };
}

const notes = (pushed: object) => ('notes' in pushed && Array.isArray(pushed.notes) ? pushed.notes.join('\n') : '');

describe('a base that moves while a run works', () => {
  it('is what the work stands on where they changed other files, and the pull request says that nothing was tried there', async () => {
    const bed = await aBed({ 'src/b.txt': lines({ 3: 'new' }) });
    const pushed = await bed.push(3, bed.head, { 'src/a.txt': lines({ 2: 'two' }) });
    const head = bed.headOf(bed.branch);
    expect(await bed.github.branches.parent(head)).toBe(bed.base);
    expect(bed.files()).toMatchObject({ 'src/a.txt': lines({ 2: 'two' }), 'src/b.txt': lines({ 3: 'new' }) });
    expect((await bed.pullOf(3)).body).toContain(
      `What is new in \`main\` since ${bed.head.slice(0, 7)} was brought in afterwards. What was tried was tried without it.`,
    );
    expect(notes(pushed)).not.toContain('moved on');
    expect((await bed.runsOf(3))?.changed?.paths).toEqual(['src/a.txt']);
  });

  it('is merged in where the branch holds work already, and a later run begins at that', async () => {
    const bed = await aBed({});
    await bed.push(3, bed.head, { 'src/a.txt': lines({ 2: 'two' }) });
    const again = await bed.begin(3, { at: 1 });
    bed.double.act.push('ada', { branch: 'main', files: { 'src/b.txt': lines({ 3: 'new' }) } });
    await bed.push(3, again, { 'c.txt': lines({ 4: 'four' }) }, { at: 1 });
    expect(bed.commits()[0]).toMatch(/^Merge /);
    expect(bed.files()).toMatchObject({ 'src/b.txt': lines({ 3: 'new' }), 'c.txt': lines({ 4: 'four' }) });
    expect((await bed.pullOf(3)).body).toContain('was brought in afterwards');
    expect((await bed.runsOf(3))?.head).toBe(bed.headOf(bed.branch));
  });

  it('is left where the two conflict: the work is there, and who asked and the pull request are told in which files and what to do', async () => {
    const bed = await aBed({ 'src/a.txt': lines({ 2: 'zwei' }) });
    const pushed = await bed.push(3, bed.head, { 'src/a.txt': lines({ 2: 'two' }) });
    expect(bed.files()).toMatchObject({ 'src/a.txt': lines({ 2: 'two' }) });
    const what =
      /the two conflict in `src\/a\.txt`\. Merge `main` into the branch .* delete its branch and ask for `\/courier run` again/;
    expect(notes(pushed)).toMatch(what);
    const { body } = await bed.pullOf(3);
    expect(body).toMatch(what);
    expect(body).toContain(`What was tried was tried on \`main\` at ${bed.head.slice(0, 7)}.`);
  });

  it('is told with its reason where the rules let nobody bring it in', async () => {
    const bed = await aBed({ 'src/b.txt': lines({ 3: 'new' }) });
    bed.double.fail({ operation: 'repos/merge', status: 403, times: 9 });
    // The branch holds something of its own.
    bed.double.act.push('ada', { branch: bed.branch, files: { 'own.txt': 'x\n' } });
    const pushed = await bed.push(3, bed.head, { 'src/a.txt': lines({ 2: 'two' }) });
    expect(notes(pushed)).toMatch(/`main` has moved on while the run worked, and was not brought in: /);
    expect((await bed.pullOf(3)).body).toContain('### It does not hold what is new in `main`');
  });

  it('is brought in by the app, once it has looked at the work and before it opens the pull request', async () => {
    const bed = await aBed({}, { opens: 'app' });
    await bed.push(3, bed.head, { 'src/a.txt': lines({ 2: 'two' }) });
    const own = bed.headOf(bed.branch);
    bed.double.act.push('ada', { branch: 'main', files: { 'src/b.txt': lines({ 3: 'new' }) } });
    const open = () => openOfferedRuns({ ...bed.place, config: parseConfig('', 'courier.yml') });
    await open();
    await open();
    expect(await bed.github.branches.parent(bed.headOf(bed.branch))).toBe(own);
    expect((await bed.pullOf(3)).body).toContain('was brought in afterwards');
    expect(bed.replies(3)).toEqual([]);
  });

  it('is told on the issue by the app where it conflicts', async () => {
    const bed = await aBed({}, { opens: 'app' });
    await bed.push(3, bed.head, { 'src/a.txt': lines({ 2: 'two' }) });
    bed.double.act.push('ada', { branch: 'main', files: { 'src/a.txt': lines({ 2: 'zwei' }) } });
    await openOfferedRuns({ ...bed.place, config: parseConfig('', 'courier.yml') });
    expect(bed.replies(3)).toEqual([expect.stringContaining('the two conflict in `src/a.txt`')]);
    expect((await bed.pullOf(3)).body).toContain('### It conflicts with `main`');
  });

  it('is of no matter where it stays, and costs no words', async () => {
    const bed = await anOverlapBed();
    beds.push(bed);
    const head = await bed.begin(3);
    await bed.push(3, head, { 'src/a.txt': lines({ 2: 'two' }) });
    expect((await bed.pullOf(3)).body).not.toMatch(/brought in|conflicts|tried on/);
  });

  it('costs no run its work where its answer was lost', async () => {
    const bed = await aBed({ 'src/b.txt': lines({ 3: 'new' }) });
    bed.double.fail({ operation: 'pulls/create', status: 503, times: 9 });
    const push = () => bed.push(3, bed.head, { 'src/a.txt': lines({ 2: 'two' }) });
    await push().catch(() => undefined);
    bed.double.heal();
    const runs = await bed.runsOf(3);
    // Its word of the push is lost, too.
    if (!runs) throw new Error('no runs');
    const { offer: _, ...rest } = runs;
    await bed.seed({ runs: { ...rest, attempts: runs.attempts.map(({ commit: __, ...each }) => each) } });
    expect(await push()).toMatchObject({ pushed: { commit: bed.headOf(bed.branch) } });
    expect(bed.commits().filter((text) => text.startsWith('It'))).toHaveLength(1);
  });
});
