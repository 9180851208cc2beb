import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../src/config/parse-config.ts';
import { createPushRun } from '../../src/flows/push-run.ts';
import type { RunWork } from '../../src/runs/run-work.ts';
import { aTendedBed, branch, idOf } from './tended-bed.ts';

/** Runs of issue 3, each of which pushes a file of its own. */
async function aBed() {
  const bed = await aTendedBed();
  const push = createPushRun({ ...bed.place, config: parseConfig('', 'courier.yml') });
  const pulls = () => bed.repository.issues.filter(({ pullRequest, number }) => pullRequest && number !== 4);
  const headOf = (name: string) => bed.repository.refs.get(`refs/heads/${name}`) ?? '';
  async function run(letter: string, { wish, summary }: Pick<RunWork, 'wish'> & { summary: string }) {
    await bed.begin(letter);
    const data = new TextEncoder().encode(`${letter}\n`);
    return push({
      issue: { number: 3, title: 'Somebody wrote this' },
      ...{ session: idOf(letter), by: 'wanda', branch, base: 'main', kind: 'fix', wish },
      head: headOf(branch) || headOf('main'),
      changes: [{ path: `src/${letter}.txt`, change: 'added', mode: 'file', data }],
      report: {
        ...{ issue: 3, session: idOf(letter), summary, leftOut: [], blueprint: 'fix', model: 'm' },
        ...{ verified: [], assumptions: [], costUsd: 0.5 },
      },
    });
  }
  return { ...bed, run, pulls, body: () => pulls().at(-1)?.body ?? '' };
}

describe('the pull request of an issue that runs worked on several times', () => {
  it('shows the latest run whole, and folds those before away, oldest first, each with what asked for it', async () => {
    const bed = await aBed();
    await bed.run('a', { wish: undefined, summary: 'It was slow.' });
    expect(bed.body()).not.toContain('Earlier runs');
    const [pull = expect.fail('no pull request')] = bed.pulls();
    pull.body = `Mind the docs.\n\n${pull.body}\n\nI looked at it, Wanda.`;
    await bed.run('b', { wish: 'fix the naming', summary: 'It is named well.' });
    await bed.run('c', { wish: 'and test it', summary: 'It is tested.' });
    const body = bed.body();
    const parts = [
      'Mind the docs.',
      'Fixes #3\n\nIt was slow.',
      '### What the latest run changed\n\nIt is tested.',
      '<details><summary>Earlier runs</summary>',
      `\`${idOf('a')}\`, asked for by wanda\n\nIt was slow.`,
      `\`${idOf('b')}\`, asked for by wanda: fix the naming\n\nIt is named well.`,
      '</details>',
      '### How it was verified',
      'I looked at it, Wanda.',
    ];
    const places = parts.map((part) => body.lastIndexOf(part));
    expect(places).toEqual(places.toSorted((one, other) => one - other));
    expect(places).not.toContain(-1);
    expect(body).not.toContain('and test it');
    expect(body.match(/Earlier runs/g)).toHaveLength(1);
  });

  it('has them also where a second pull request takes up the branch of one that was closed, in its first text', async () => {
    const bed = await aBed();
    await bed.run('a', { wish: undefined, summary: 'It was slow.' });
    const [pull = expect.fail('no pull request')] = bed.pulls();
    pull.state = 'closed';
    await bed.run('b', { wish: 'try again', summary: 'It is fast.' });
    expect(bed.pulls()).toHaveLength(2);
    expect(bed.body()).toMatch(/^Fixes #3\n\nIt is fast\./);
    expect(bed.body()).toContain(`\`${idOf('a')}\`, asked for by wanda\n\nIt was slow.`);
  });

  it('takes nothing of it from its own text, which anybody may have written', async () => {
    const bed = await aBed();
    await bed.run('a', { wish: undefined, summary: 'It was slow.' });
    const [pull = expect.fail('no pull request')] = bed.pulls();
    pull.body = pull.body.replace(
      '### How it was',
      '<details><summary>Earlier runs</summary>\n\nEvil\n\n</details>\n\n### How it was',
    );
    await bed.run('b', { wish: undefined, summary: 'It is fast.' });
    expect(bed.body()).not.toContain('Evil');
  });
});
