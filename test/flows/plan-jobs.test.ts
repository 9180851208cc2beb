import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Configuration } from '../../src/config/schema.ts';
import type { FileFacts } from '../../src/coverage/file-facts.ts';
import { planJob } from '../../src/flows/plan-jobs.ts';
import { resolveSettings } from '../../src/sessions/settings.ts';
import { jobOf, parseSplit, toSplitSettings } from '../../src/sessions/split.ts';
import { aKnown } from '../findings/builders.ts';

const session = 'S20261121-181500-ab3d';

function settingsOf(number: number, of: number, { budgetUsd = 8, scans = 1 } = {}) {
  const named = Object.fromEntries(Array.from({ length: scans }, (_, index) => [`scan-${index}`, { prompt: 'Look.' }]));
  const config = Configuration.parse({ scans: named, issueAgent: { budgetUsd }, presets: ['secretlint'] });
  const settings = resolveSettings(config, { publish: 'none' }, { hasModelKey: true, strict: true });
  return toSplitSettings(settings, { session, number, of });
}

const aFile = (path: string, lines = 100): FileFacts => ({ path, lines, blob: 'a'.repeat(12), kind: 'code' });
const attentionOf = (files: FileFacts[]) => ({ files, coverage: new Map(), marked: new Set<string>() });
const numbers = (of: number) => Array.from({ length: of }, (_, index) => index + 1);

const paths = fc
  .uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c/d', 'c/e', ''), fc.integer({ min: 0, max: 30 })), {
    minLength: 1,
    selector: String,
  })
  .map((all) => all.map(([folder, number]) => `${folder ? `${folder}/` : ''}f${number}.ts`));

describe('the jobs of a split session', () => {
  it('look at every file once, of one plan, and never have more money than the session', () => {
    const shapes = fc.record({
      paths,
      lines: fc.constantFrom(1, 100, 30_000),
      of: fc.integer({ min: 2, max: 16 }),
      budgetUsd: fc.integer({ min: 1, max: 40 }),
      scans: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(shapes, ({ paths: all, lines, of, ...over }) => {
        const files = all.map((path) => aFile(path, lines));
        const jobs = numbers(of).map((number) =>
          planJob({ settings: settingsOf(number, of, over), known: [] }, attentionOf(files)),
        );
        expect(new Set(jobs.map((job) => job.markOf([]).split?.plan)).size).toBe(1);
        const total = jobs.reduce((sum, { settings }) => sum + settings.agent.budgetUsd, 0);
        expect(total).toBeLessThanOrEqual(over.budgetUsd + 1e-9);
        expect(total).toBeCloseTo(over.budgetUsd);
        for (const scan of numbers(over.scans)) {
          const parts = jobs.flatMap((job) => job.parts?.get(`scan-${scan - 1}`)?.own ?? []);
          const looked =
            parts.length === 1 && !parts[0]?.part ? all : parts.flatMap(({ part }) => [...(part?.files ?? [])]);
          expect(looked.toSorted()).toEqual(all.toSorted());
        }
      }),
      { numRuns: 60 },
    );
  });

  it('share the known findings that are looked for again, each by its place', () => {
    const files = numbers(4).map((number) => aFile(`p${number}/a.ts`));
    const known = [
      ...numbers(4).map((number) => aKnown({ location: { path: `p${number}/a.ts` } })),
      aKnown({ location: { path: 'gone.ts' } }),
    ];
    const own = numbers(4).map(
      (number) => planJob({ settings: settingsOf(number, 4), known }, attentionOf(files)).known,
    );
    expect(own.map((some) => some.map(({ location }) => location?.path))).toEqual([
      ['p1/a.ts', 'gone.ts'],
      ['p2/a.ts'],
      ['p3/a.ts'],
      ['p4/a.ts'],
    ]);
  });

  it('leave all to the first one where nobody took stock, and the checks in any case', () => {
    const [first, second] = numbers(2).map((number) =>
      planJob({ settings: settingsOf(number, 2), known: [] }, undefined),
    );
    expect(first?.parts?.get('scan-0')?.own).toHaveLength(1);
    expect(second?.parts?.get('scan-0')?.own).toEqual([]);
    expect([first, second].map((job) => job?.settings.agent.budgetUsd)).toEqual([8, 0]);
    expect([first, second].map((job) => job?.settings.presets)).toEqual([['secretlint'], 'none']);
  });

  it('divide another plan as soon as a file moves to another part', () => {
    const plan = (files: FileFacts[]) =>
      planJob({ settings: settingsOf(1, 2), known: [] }, attentionOf(files)).markOf([]).split?.plan;
    const files = [aFile('a/1.ts'), aFile('b/1.ts')];
    expect(plan(files)).toBe(plan(files));
    expect(plan(files)).not.toBe(plan([...files, aFile('c/1.ts', 5000)]));
  });

  it('publish nothing themselves, and wait for no answer', () => {
    const config = Configuration.parse({ scans: { bugs: { prompt: 'Look.', questions: 'block' } } });
    const resolve = (publish: 'none' | 'issues') =>
      resolveSettings(config, { publish }, { hasModelKey: true, strict: true });
    expect(() => toSplitSettings(resolve('issues'), { session, number: 1, of: 2 })).toThrow(/set publish to none/);
    const { scans, notes } = toSplitSettings(resolve('none'), { session, number: 1, of: 2 });
    expect(scans.map(({ questions }) => questions)).toEqual(['record']);
    expect(notes.join()).toContain('no question blocks');
  });
});

it('every part has a job, as evenly as it goes', () => {
  const jobs = fc.integer({ min: 1, max: 16 });
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 64 }), jobs, (parts, of) => {
      const counts = numbers(of).map(
        (job) => numbers(parts).filter((part) => jobOf(part - 1, { parts, jobs: of }) === job).length,
      );
      expect(counts.reduce((sum, one) => sum + one, 0)).toBe(parts);
      expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    }),
  );
});

it.each([
  ['3/2', session],
  ['0/2', session],
  ['2', session],
  ['1/17', session],
  ['/', session],
  ['1/2', ''],
  ['1/2', '../S20261121-181500-ab3d'],
])('refuses %s of the session "%s"', (part, id) => {
  expect(() => parseSplit(part, id)).toThrow(/COURIER_PART/);
});

it('is not split without a part, or as the only one', () => {
  expect(parseSplit(undefined, session)).toBeUndefined();
  expect(parseSplit('', '')).toBeUndefined();
  expect(parseSplit('1/1', '')).toBeUndefined();
  expect(parseSplit('2/4', session)).toEqual({ number: 2, of: 4, session });
});
