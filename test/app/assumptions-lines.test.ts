import { describe, expect, it } from 'vitest';
import { type AppGitHub, patience } from './app-bed.ts';
import { edit, file, fileOf, opened, recordsOf, saidOn, states, texts } from './assumptions-bed.ts';

/** The line of the file, from 1, on which words stand. */
const lineOf = (github: AppGitHub, words = '') =>
  1 +
  fileOf(github)
    .split('\n')
    .findIndex((text) => text.includes(words));

type Place = { line?: number; startLine?: number; side?: 'LEFT'; path?: string };

/** A comment on a line of the file in a review; by default on that of the first text. */
function onLine(github: AppGitHub, body: string, place: Place = {}, login = 'wanda') {
  const comments = [{ path: file, line: lineOf(github, texts[0]), body, ...place }];
  return github.act.review(login, 'COMMENTED', { issue: 2, comments });
}

describe('a comment on the lines of an assumption', () => {
  it('is about that one, and need not name it', async () => {
    const github = await opened();
    onLine(github, '/courier approve');
    onLine(github, '/courier decline they are archived', { line: lineOf(github, texts[1]) });
    onLine(github, '/courier correct There are two warehouses.', { line: lineOf(github, texts[2]) });
    await expect.poll(() => states(github), patience).toEqual(['A1 approved', 'A2 declined', 'A3 corrected']);
    const [first, second, third] = recordsOf(github);
    expect(first?.history.at(-1)).toMatchObject({ by: 'wanda', from: expect.stringContaining('/pull/2#discussion_r') });
    expect(second?.reason).toBe('they are archived');
    expect(third?.correctedText).toBe('There are two warehouses.');
    await expect
      .poll(() => saidOn(github, 2).filter((text) => /Approved: A1|Declined: A2|Corrected: A3/.test(text)), patience)
      .toHaveLength(3);
    await github.idle();
    expect(github.violations).toEqual([]);
  });

  it('is bound to the text that stood on the lines: what has another one by now is not decided', async () => {
    const github = await opened();
    const before = lineOf(github, texts[0]);
    const seen = github.repository().refs.get('refs/heads/courier/assumptions') ?? '';
    github.act.comment('wanda', '/courier correct A1: Prices are in pounds.', { issue: 2 });
    await expect.poll(() => fileOf(github), patience).toContain('text: Prices are in pounds.');
    const comments = [{ path: file, line: before, body: '/courier approve' }];
    github.act.review('ada', 'COMMENTED', { issue: 2, comments, commit: seen });
    await expect.poll(() => saidOn(github, 2).join(), patience).toContain('has another text by now');
    await github.idle();
    const [first] = recordsOf(github);
    expect(first?.history.some(({ by }) => by === 'ada')).toBe(false);
    // The same on the text that is there.
    onLine(github, '/courier approve', { line: lineOf(github, 'in pounds') }, 'ada');
    await expect
      .poll(() => recordsOf(github)[0]?.history.at(-1), patience)
      .toMatchObject({ what: 'approved', by: 'ada' });
  });

  it('approves no words that somebody else wrote into the file', async () => {
    const github = await opened();
    edit(github, 'in cents', 'in euros');
    onLine(github, '/courier approve', { line: lineOf(github, 'in euros') });
    onLine(github, '/courier approve A1', { line: lineOf(github, 'in euros') });
    await expect
      .poll(() => saidOn(github, 2).filter((text) => text.includes('was edited in the file')), patience)
      .toHaveLength(2);
    await github.idle();
    expect(states(github)).toEqual(['A1 proposed', 'A2 proposed', 'A3 proposed']);
  });

  it.each([
    ['that holds several', { startLine: 4, line: 40 }, 'Several assumptions stand on these lines'],
    ['that holds none', { line: 1 }, 'No assumption stands on these lines'],
    ['of the older file', { side: 'LEFT' }, 'stands on no line that is in'],
    ['of another file', { path: 'src/price.ts' }, 'or assumptions follow, as'],
  ] as const)('is refused on a place %s, with what to do', async (_, place, said) => {
    const github = await opened();
    onLine(github, '/courier approve', place);
    await expect.poll(() => saidOn(github, 2).join(), patience).toContain(said);
    await github.idle();
    expect(states(github)).toEqual(['A1 proposed', 'A2 proposed', 'A3 proposed']);
  });

  it('counts from nobody without the role', async () => {
    const github = await opened();
    onLine(github, '/courier approve', {}, 'tom');
    await expect.poll(() => saidOn(github, 2).join(), patience).toContain('Refused');
    await github.idle();
    expect(states(github)).toEqual(['A1 proposed', 'A2 proposed', 'A3 proposed']);
  });

  it.each([
    ['/courier approve', '`all` or assumptions follow, as `A1 A2`'],
    ['/courier decline they are archived', 'an assumption follows, as `A3`'],
    ['/courier correct There are two.', 'an assumption and your words follow, as `A4: text`'],
  ])('is needed for %s: elsewhere the ids are', async (text, said) => {
    const github = await opened();
    github.act.comment('wanda', text, { issue: 2 });
    github.act.comment('wanda', text, { issue: 1 });
    for (const issue of [1, 2])
      await expect.poll(() => saidOn(github, issue).join().replaceAll('\\', ''), patience).toContain(said);
    await github.idle();
    expect(states(github)).toEqual(['A1 proposed', 'A2 proposed', 'A3 proposed']);
  });
});
