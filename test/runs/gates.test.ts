import { describe, expect, it } from 'vitest';
import type { CheckOutcome } from '../../src/checks/check.ts';
import { applyPatch, testsIn, toStream, withoutSetup } from '../../src/runs/apply-patch.ts';
import { compareOutcomes, describeOutcomes } from '../../src/runs/compare-checks.ts';
import { describePatch } from '../../src/runs/describe-patch.ts';
import { feedbackOf, outputText, type RunEnd, whyNoProof } from '../../src/runs/gate-text.ts';
import type { PatchChange } from '../../src/runs/patch.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const added = (path: string, text = 'x\n'): PatchChange => ({ path, change: 'added', mode: 'file', data: bytes(text) });
const changed = (path: string, before: string, after: string): PatchChange => ({
  ...{ path, change: 'changed', mode: 'file', data: bytes(after) },
  before: { mode: 'file', data: bytes(before) },
});
const deleted = (path: string): PatchChange => ({ path, change: 'deleted', before: { mode: 'file' } });

const outcome = (
  check: string,
  findings: readonly (readonly [title: string, path?: string, line?: number])[],
): CheckOutcome => ({
  ...{ check, kind: 'configured', durationMs: 1, state: findings.length === 0 ? 'clean' : 'findings' },
  held: { findings: 0, rules: [] },
  findings: findings.map(([title, path, startLine]) => ({
    rule: 'r',
    candidate: {
      ...{ title, description: '', severity: 3, category: 'quality', evidence: [], nextSteps: [] },
      ...(path === undefined ? {} : { location: { path, ...(startLine === undefined ? {} : { startLine }) } }),
    },
  })),
});
const broken = (check: string): CheckOutcome => ({
  ...{ check, kind: 'configured', durationMs: 1, state: 'undetermined', cause: 'failed', reason: 'it timed out' },
});
const end = (over: Partial<RunEnd> = {}): RunEnd => ({
  ...{
    exitCode: 1,
    stdout: '',
    stderr: '',
    timedOut: false,
    truncated: false,
    durationMs: 1000,
    setupProblem: undefined,
  },
  ...over,
});

describe('what checks find that they did not find before', () => {
  it('is nothing where a finding only moved, and each one more of the same', () => {
    const before = [outcome('lint', [['unused', 'a.js', 3]])];
    expect(compareOutcomes(before, [outcome('lint', [['unused', 'a.js', 9]])])).toEqual([]);
    expect(
      compareOutcomes(before, [
        outcome('lint', [
          ['unused', 'a.js', 3],
          ['unused', 'a.js', 9],
        ]),
      ]),
    ).toEqual(['- lint: unused (a.js:9)']);
    expect(compareOutcomes(before, [outcome('lint', [['unused', 'b.js', 3]])])).toEqual(['- lint: unused (b.js:3)']);
  });

  it('is a check that could be run before and cannot be any more, but none that never could', () => {
    expect(compareOutcomes([outcome('types', [])], [broken('types')])).toEqual([
      '- types could not be run to its end: it timed out',
    ]);
    expect(compareOutcomes([broken('types')], [broken('types')])).toEqual([]);
    expect(compareOutcomes([broken('types')], [outcome('types', [['wrong']])])).toEqual(['- types: wrong']);
    expect(describeOutcomes([outcome('lint', [['unused']]), broken('types')])).toBe(
      'lint: 1 finding\ntypes: undetermined (it timed out)',
    );
  });

  it('is a further place of a rule in a file, whatever the words of its first one', () => {
    const found = (title: string, places: number): CheckOutcome => {
      const evidence = Array.from({ length: places }, (_, at) => ({
        path: 'a.js',
        startLine: at,
        endLine: at,
        quote: 'x',
      }));
      const candidate = { title, description: 'Why.', severity: 3, category: 'bug', evidence } as const;
      const location = { path: 'a.js' };
      return {
        ...{ check: 'lint', kind: 'configured', durationMs: 1, state: 'findings', held: { findings: 0, rules: [] } },
        findings: [{ rule: 'r', candidate: { ...candidate, location, nextSteps: [] } }],
      };
    };
    expect(compareOutcomes([found('x is unused', 2)], [found('y is unused', 1)])).toEqual([]);
    expect(compareOutcomes([found('x is unused', 1)], [found('x is unused', 2)])).toEqual([
      '- lint: x is unused (a.js)\nWhy.',
    ]);
  });

  it('is no preset that this machine does not have, unless the change took it away', () => {
    const preset = (check: string, over: object) => ({ ...broken(check), kind: 'preset' as const, ...over });
    const [missing, nothing] = [{ cause: 'unavailable' }, { state: 'not-applicable', reason: 'none' }] as const;
    const clean = (check: string): CheckOutcome => ({ ...outcome(check, []), kind: 'preset' });
    expect(compareOutcomes([clean('audit')], [preset('audit', missing)])).toEqual([]);
    expect(compareOutcomes([preset('tsc', nothing)], [preset('tsc', missing)])).toEqual([]);
    expect(compareOutcomes([clean('tsc')], [preset('tsc', missing)])).toHaveLength(1);
    expect(compareOutcomes([clean('oxlint')], [preset('oxlint', {})])).toHaveLength(1);
    expect(describeOutcomes([preset('audit', missing), preset('tsc', nothing), clean('oxlint')])).toBe(
      'oxlint: 0 findings',
    );
  });
});

describe('a patch on its files', () => {
  const tree = new Map([
    ['a.js', { mode: 'file' as const, data: bytes('one\n') }],
    ['b.js', { mode: 'file' as const, data: bytes('two\n') }],
    ['link', { mode: 'link' as const, data: bytes('a.js') }],
  ]);

  it('adds, changes and deletes, leaves the rest, and is told to a sandbox file by file', async () => {
    const files = [];
    for await (const file of toStream(
      applyPatch(tree, [changed('a.js', 'one\n', 'uno\n'), deleted('b.js'), added('c.js')]),
    )())
      files.push('data' in file ? [file.path, new TextDecoder().decode(file.data)] : [file.path, file.target]);
    expect(files).toEqual([
      ['a.js', 'uno\n'],
      ['link', 'a.js'],
      ['c.js', 'x\n'],
    ]);
    expect(tree.size).toBe(3);
  });

  it.each([
    'test/a.js',
    'src/a.test.ts',
    'src/__tests__/a.js',
    'pkg/a_test.go',
    'tests/test_a.py',
    'src/AppTest.java',
    'spec/a_spec.rb',
    'a.spec.js',
  ])('knows %s for a test', (path) =>
    expect(testsIn([added(path), added('src/a.js'), added('src/latest.js'), added('contest/a.js')])).toEqual([
      added(path),
    ]),
  );

  it('is without what the setup wrote, unless somebody made something else of it', () => {
    const of = (found: PatchChange[], made: PatchChange[]) => withoutSetup(found, { made, given: [] });
    const executable = { path: 'a', change: 'added', mode: 'executable', data: bytes('x\n') } as const;
    expect(of([added('a'), added('b')], [added('a')])).toEqual([added('b')]);
    for (const change of [added('a', 'y\n'), executable, deleted('a')])
      expect(of([change], [added('a')])).toEqual([change]);
    expect(of([], [added('a')])).toEqual([]);
  });

  it('keeps what it began with where nobody but the setup wrote over it, and not what was taken back', () => {
    const given = [added('a'), added('b'), added('c'), deleted('d')];
    // The setup wrote over `a`, and brought `d` back.
    const made = [added('a', 'y\n'), added('b'), added('c')];
    const found = [added('a', 'y\n'), added('b', 'z\n')];
    expect(withoutSetup(found, { made, given }).toSorted((x, y) => (x.path < y.path ? -1 : 1))).toEqual([
      added('a'),
      added('b', 'z\n'),
      deleted('d'),
    ]);
  });

  it('is shown with the lines around what differs, and names what has no room', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh\n';
    const [shown] = describePatch([changed('x.txt', before, before.replace('e\n', 'E\n'))], 10_000);
    expect(shown).toEqual({ label: 'changed x.txt', text: '@@ line 5 @@\n b\n c\n d\n-e\n+E\n f\n g\n h' });
    expect(describePatch([added('new.txt', 'one\ntwo\n')], 10_000)[0]?.text).toBe('@@ line 1 @@\n+one\n+two');
    expect(describePatch([deleted('old.txt')], 10_000)).toEqual([
      { label: 'deleted old.txt', text: 'The file is gone.' },
    ]);
    const long = describePatch([added('a.txt', 'y'.repeat(500)), added('b.txt')], 100);
    expect(long).toEqual([{ label: 'also in the change', text: 'added a.txt\nadded b.txt' }]);
  });
});

describe('what a gate says', () => {
  it('is how the command ended and its last words', () => {
    expect(outputText(end({ stdout: '1 failing\n', stderr: 'boom\n' }))).toBe('1 failing\nboom\n(exit code 1)');
    expect(outputText(end({ exitCode: 0 }))).toBe('exit code 0');
    expect(outputText(end({ timedOut: true, durationMs: 5000 }))).toBe('it did not end within 5 seconds');
    const told = feedbackOf(
      'npm test',
      'npm test',
      end({ stdout: `${'x'.repeat(20_000)}the end`, setupProblem: 'npm ci failed' }),
    );
    expect(told.length).toBeLessThan(9_000);
    expect(told).toContain('the end');
    expect(told).toContain('npm ci failed');
  });

  it('takes a test that passes, or cannot be run, for no proof', () => {
    expect(whyNoProof('npm test', end())).toBeUndefined();
    expect(whyNoProof('npm test', end({ exitCode: 0 }))).toContain('passes already');
    expect(whyNoProof('npm test', end({ exitCode: 127 }))).toContain('could not be run');
    expect(whyNoProof('npm test', end({ timedOut: true }))).toContain('could not be run');
  });
});
