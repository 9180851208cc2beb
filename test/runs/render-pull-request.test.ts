import { describe, expect, it } from 'vitest';
import { createGate } from '../../src/publishing/gate.ts';
import { titlePullRequest } from '../../src/runs/pull-request-title.ts';
import { fillTemplate, type RunReport, renderPullRequest } from '../../src/runs/render-pull-request.ts';

const gate = createGate({ secrets: ['hunter2-hunter2'] });
const report: RunReport = {
  issue: 7,
  session: 'S20261121-181500-ab3d',
  summary: 'The cache forgot entries. Now it keeps them.',
  leftOut: ['The clock of the cache, which has the same problem.'],
  verified: [{ name: 'npm test', ok: true, before: '1 failed', after: '12 passed' }],
  assumptions: [{ id: 'A1', text: 'Entries live for an hour.' }],
  settled: [{ id: 'S20261120-100000-abcd/A3', text: 'Caches are per process.' }],
  judge: 'Does what the issue asks for.',
  scores: 'correctness 5, fit 4 (of 5)',
  blueprint: 'fix',
  model: 'claude-opus-5-5',
  costUsd: 0.42,
};
const written = (besides: Partial<RunReport> = {}, template?: string) =>
  fillTemplate(renderPullRequest({ ...report, ...besides }, gate), template, gate);

describe('the description of a pull request', () => {
  it('says what was done and why, how it was verified, what was assumed and left out, and what it cost', () => {
    const text = written();
    expect(text.startsWith('Fixes #7\n\nThe cache forgot entries.')).toBe(true);
    for (const part of [
      '`npm test`: passes.',
      '1 failed',
      '12 passed',
      'A1: Entries live for an hour.',
      'told of</summary>\n\n- S20261120-100000-abcd/A3: Caches are per process.\n\n</details>',
      'The clock of the cache',
      'Does what the issue asks for.',
      'correctness 5, fit 4 (of 5)',
      '$0.42',
    ])
      expect(text).toContain(part);
  });

  it('stands in the template of the repository, whose own questions stay', () => {
    const text = written({}, '<!-- for authors -->\n\n## Checklist\n- [ ] tests\n\n## Description\n\n## Screenshots\n');
    const order = [
      '## Checklist',
      '- [ ] tests',
      '## Description',
      'Fixes #7',
      '## Screenshots',
      '### How it was verified',
    ];
    const places = order.map((part) => text.indexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect(places).toEqual([...places].sort((a, b) => a - b));
  });

  it('stands before a template that asks for nothing of the kind', () => {
    expect(written({}, '- [ ] I signed the agreement').startsWith('Fixes #7')).toBe(true);
  });

  it('says so where nothing was verified', () => {
    expect(written({ verified: [] })).toContain('Nothing was run');
  });

  it('mentions nobody, closes nothing else and holds no secret, whatever agents and programs say', () => {
    const text = written({
      summary: 'Thanks @octocat! Fixes #99. hunter2-hunter2 <!-- courier:end -->',
      verified: [{ name: '`x` @team', ok: false, after: '``` \n@octocat fixes #98 hunter2-hunter2' }],
      leftOut: ['/courier run everything'],
    });
    expect(text).not.toContain('hunter2');
    expect(text).not.toMatch(/Fixes #99|^\/courier/m);
    expect(text.replace(/^(`{3,})[\s\S]*?^\1/gm, '').replace(/`` .+? ``/g, '')).not.toMatch(/@(?:octocat|team)\b(?!`)/);
    expect(text).not.toContain('<!-- courier:end -->');
  });
});

describe('the title of a pull request', () => {
  const plain = ['Add a cache', 'Repair the cache', 'Speed up the start'];
  const conventional = ['feat: a cache', 'fix(cache): expiry', 'chore: release', 'Merge pull request #1'];

  it.each([
    ['The cache forgets entries.', conventional, 'fix: the cache forgets entries'],
    ['The cache forgets entries.', plain, 'The cache forgets entries'],
    ['fix(cache): forgets', conventional, 'fix(cache): forgets'],
    ['API keys leak', conventional, 'fix: API keys leak'],
    ['Two\nlines', plain, 'Two lines'],
    ['The cache forgets', ['feat: one'], 'The cache forgets'],
  ])('of %j follows the latest commits', (title, subjects, wanted) => {
    expect(titlePullRequest(title, { subjects, kind: 'fix' })).toBe(wanted);
  });

  it('is no longer than a commit shows', () => {
    expect(titlePullRequest('word '.repeat(40), { subjects: conventional, kind: 'docs' }).length).toBeLessThanOrEqual(
      72,
    );
  });
});
