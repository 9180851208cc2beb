import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../../src/checks/check.ts';
import { checkFolder, readerOf, sampleApp, sampleFiles } from './sample-app.ts';

type Planted = { check: string; rule: string; path: string; line: number };

const planted: Planted[] = JSON.parse(readFileSync(path.join(sampleApp, 'planted.json'), 'utf8'));
const hasShellcheck = (process.env.PATH ?? '').split(':').some((folder) => existsSync(path.join(folder, 'shellcheck')));

describe('the presets on the sample application', () => {
  let outcomes: CheckOutcome[];
  beforeAll(async () => {
    outcomes = await checkFolder(sampleApp, sampleFiles());
  });
  const listed = (check: string) =>
    outcomes
      .filter((outcome) => outcome.check === check)
      .flatMap((outcome) => ('findings' in outcome ? outcome.findings : []))
      .flatMap(({ rule, candidate }) =>
        candidate.evidence.map((place) => ({ check, rule, path: place.path, line: place.startLine })),
      );
  const sorted = (list: readonly unknown[]) => list.map((item) => JSON.stringify(item)).toSorted();

  it.each(['secretlint', 'ast-grep', 'oxlint'])(
    '%s finds every planted problem in its place, and nothing else',
    (check) => {
      const expected = planted.filter((problem) => problem.check === check);
      expect(expected.length).toBeGreaterThan(0);
      expect(sorted(listed(check))).toEqual(sorted(expected));
    },
  );

  it.skipIf(!hasShellcheck)(
    'shellcheck finds every planted problem in its place (left out where it is not installed)',
    () => {
      expect(sorted(listed('shellcheck'))).toEqual(sorted(planted.filter(({ check }) => check === 'shellcheck')));
    },
  );

  it('lists the outcomes in one order and holds nothing back', () => {
    expect(outcomes.map(({ check }) => check)).toEqual([
      'secretlint',
      'ast-grep',
      'oxlint',
      'tsc',
      'shellcheck',
      'audit',
    ]);
    for (const outcome of outcomes) if ('held' in outcome) expect(outcome.held).toEqual({ findings: 0, rules: [] });
  });

  it('says why a preset has nothing to do', () => {
    expect(outcomes.filter(({ state }) => state === 'not-applicable')).toMatchObject([
      { check: 'tsc', reason: expect.stringContaining('tsconfig.json') },
      { check: 'audit', reason: expect.stringContaining('package-lock.json') },
    ]);
  });

  it('quotes code as it stands in the file, and secrets never', async () => {
    const readText = readerOf(sampleApp);
    const evidence = outcomes.flatMap((outcome) =>
      'findings' in outcome ? outcome.findings.flatMap(({ candidate }) => candidate.evidence) : [],
    );
    for (const { path: file, quote, masked } of evidence) {
      if (!masked) expect(await readText(file)).toContain(quote);
      else expect(quote).toContain('***');
    }
    expect(evidence.filter(({ masked }) => masked)).toHaveLength(2);
    expect(JSON.stringify(outcomes)).not.toMatch(/NotARealSecret|shop-signing-key/);
  });
});
