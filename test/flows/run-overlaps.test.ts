import { afterEach, describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import { openOfferedRuns } from '../../src/flows/open-offered-runs.ts';
import { tellOverlaps } from '../../src/flows/tell-overlaps.ts';
import { anOverlapBed, lines, type OverlapBed } from './overlap-bed.ts';

const beds: OverlapBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

async function aBed() {
  const bed = await anOverlapBed();
  beds.push(bed);
  return bed;
}

describe('runs of two issues that change the same file', () => {
  it('say so on both pull requests and to whoever asked, with what comes of both together', async () => {
    const bed = await aBed();
    const [first = 0, second = 0] = bed.issues;
    const one = await bed.begin(first);
    const other = await bed.begin(second);
    expect(await bed.push(first, one, { 'src/a.txt': lines({ 2: 'two' }) })).toMatchObject({
      notes: [expect.stringContaining('do not start by themselves')],
    });
    expect(await bed.others(first)).toBe('');
    const pushed = await bed.push(second, other, { 'src/a.txt': lines({ 9: 'nine' }), 'src/b.txt': lines({ 1: 'x' }) });
    const [mine, theirs] = [await bed.pullOf(second), await bed.pullOf(first)];
    const said = `Also changed by #${first}'s pull request #${theirs.number}: \`src/a.txt\`. The two merge cleanly.`;
    expect('notes' in pushed && pushed.notes).toContain(said);
    expect(await bed.others(second)).toBe(`- ${said}`);
    expect(await bed.others(first)).toBe(
      `- Also changed by #${second}'s pull request #${mine.number}: \`src/a.txt\`. The two merge cleanly.`,
    );
    expect((await bed.runsOf(second))?.changed).toMatchObject({ paths: ['src/a.txt', 'src/b.txt'], more: 0 });
  });

  it('name the files in which they conflict, and no more once one of them is closed', async () => {
    const bed = await aBed();
    const [first = 0, second = 0] = bed.issues;
    const heads = [await bed.begin(first), await bed.begin(second)];
    await bed.push(first, heads[0] ?? '', { 'src/a.txt': lines({ 2: 'two' }), 'src/b.txt': lines({ 1: 'y' }) });
    await bed.push(second, heads[1] ?? '', { 'src/a.txt': lines({ 2: 'zwei' }), 'src/b.txt': lines({ 8: 'x' }) });
    for (const issue of [first, second])
      expect(await bed.others(issue)).toMatch(
        /`src\/a\.txt`, `src\/b\.txt`\. The two conflict in `src\/a\.txt`: the one that is merged second/,
      );
    const { number, body } = await bed.pullOf(first);
    (await bed.pullOf(second)).body += '\n\nWords of a person.';
    bed.double.act.closePull('max', { issue: number });
    await bed.tend(first);
    expect(await bed.others(second)).toBe('');
    expect((await bed.pullOf(second)).body).toMatch(/^Fixes #\d+[\s\S]*npm test[\s\S]*Words of a person\.$/);
    expect((await bed.runsOf(second))?.overlaps).toBeUndefined();
    // What is closed is left as it is.
    expect((await bed.pullOf(first)).body).toBe(body);
  });

  it('are told whoever looks, once and by several at once, and after one who died in between', async () => {
    const bed = await aBed();
    const [first = 0, second = 0] = bed.issues;
    const heads = [await bed.begin(first), await bed.begin(second)];
    await Promise.all(
      [first, second].map((issue, at) => bed.push(issue, heads[at] ?? '', { 'src/a.txt': lines({ [at]: 'x' }) })),
    );
    for (const issue of [first, second]) expect(await bed.others(issue)).toContain('The two conflict in `src/a.txt`');
    // It wrote, and its word of it is lost.
    const runs = await bed.runsOf(first);
    if (!runs) throw new Error('no runs');
    const { overlaps: _, ...without } = runs;
    await bed.seed({ runs: without });
    const before = await bed.pullOf(first).then(({ body }) => body);
    const writes = () => bed.double.requests.filter(({ method }) => method === 'PATCH').length;
    const so = writes();
    await Promise.all([tellOverlaps(bed.place), tellOverlaps(bed.place)]);
    await tellOverlaps(bed.place);
    expect([(await bed.pullOf(first)).body, writes()]).toEqual([before, so]);
  });

  it('are told of work that waits for the app, by its branch, and by its pull request once there is one', async () => {
    const bed = await aBed();
    const [first = 0, second = 0] = bed.issues;
    const heads = [await bed.begin(first), await bed.begin(second, { opens: 'app' })];
    await bed.push(first, heads[0] ?? '', { 'src/a.txt': lines({ 2: 'two' }) });
    const pushed = await bed.push(second, heads[1] ?? '', { 'src/a.txt': lines({ 9: 'nine' }) });
    expect('notes' in pushed && pushed.notes[1]).toContain(`Also changed by #${first}'s pull request`);
    expect(await bed.others(first)).toContain(`Also changed by #${second}'s branch \`${bed.branchOf(second)}\``);
    await openOfferedRuns({ ...bed.place, config: parseConfig('', 'courier.yml') });
    await tellOverlaps(bed.place);
    expect(await bed.others(first)).toContain(`#${second}'s pull request #`);
    expect(await bed.others(second)).toContain(`#${first}'s pull request #`);
  });

  it('write nothing where a person took away what Courier wrote, and nothing of work for another branch', async () => {
    const bed = await aBed();
    const [first = 0, second = 0, third = 0] = bed.issues;
    const head = await bed.begin(first);
    await bed.push(first, head, { 'src/a.txt': lines({ 2: 'two' }) });
    (await bed.pullOf(first)).body = 'Mine.';
    await bed.push(second, await bed.begin(second), { 'src/a.txt': lines({ 9: 'nine' }) });
    expect((await bed.pullOf(first)).body).toBe('Mine.');
    bed.double.act.push('ada', { branch: 'next', files: { 'c.txt': '' } });
    await bed.begin(third);
    const runs = await bed.runsOf(third);
    if (runs) await bed.seed({ runs: { ...runs, base: 'next' } });
    await bed.push(third, head, { 'src/a.txt': lines({ 5: 'five' }) }, { base: 'next' } as object);
    expect(await bed.others(third)).toBe('');
  });
});

describe('what a later run says', () => {
  it('keeps what is said of other work up to date, and leaves out what its branch does not change any more', async () => {
    const bed = await aBed();
    const [first = 0, second = 0] = bed.issues;
    const heads = [await bed.begin(first), await bed.begin(second)];
    await bed.push(first, heads[0] ?? '', { 'src/a.txt': lines({ 2: 'two' }) });
    await bed.push(second, heads[1] ?? '', { 'src/a.txt': lines({ 2: 'zwei' }) });
    expect(await bed.others(first)).toContain('conflict in');
    const again = await bed.begin(second, { at: 1 });
    await bed.push(second, again, { 'src/a.txt': lines(), 'src/b.txt': lines({ 1: 'x' }) }, { at: 1 });
    expect([await bed.others(first), await bed.others(second)]).toEqual(['', '']);
    expect((await bed.runsOf(second))?.changed?.paths).toEqual(['src/b.txt']);
  });
});
