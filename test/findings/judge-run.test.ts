import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeRun, type RunSeen } from '../../src/findings/judge-run.ts';

const aRun = (over: Partial<RunSeen> = {}): RunSeen => ({
  exitCode: 0,
  stdout: '',
  stderr: '',
  timedOut: false,
  truncated: false,
  ...over,
});

describe('the presence rule', () => {
  it.each([
    ['any failure, where it names nothing', undefined, { exitCode: 3 }, 'shows'],
    ['success is silence, where it names nothing', undefined, {}, 'silent'],
    ['its exit code', { exitCode: 2 }, { exitCode: 2 }, 'shows'],
    ['success, where that is its exit code', { exitCode: 0 }, {}, 'shows'],
    ['its pattern, whatever the exit code', { match: 'x' }, { exitCode: 9, matched: true }, 'shows'],
    ['its pattern is not there', { match: 'x' }, { matched: false }, 'silent'],
    ['both, where it names both', { exitCode: 1, match: 'x' }, { exitCode: 1, matched: true }, 'shows'],
    ['only one of both', { exitCode: 1, match: 'x' }, { exitCode: 0, matched: true }, 'silent'],
    ['a search without a hit', { exitCode: 0 }, { exitCode: 1 }, 'silent'],
    ['a crash, which may be the very problem', undefined, { exitCode: 139 }, 'shows'],
  ] as const)('%s', (_name, present, seen, run) => {
    expect(judgeRun(present, aRun(seen))).toMatchObject({ run });
  });

  it.each([
    ['a command that is not there', undefined, { exitCode: 127, stderr: 'bash: foo: command not found' }],
    ['a file that cannot be run', undefined, { exitCode: 126 }],
    ['a command that was stopped', undefined, { exitCode: 137, timedOut: true }],
    ['a command that was killed', undefined, { exitCode: 137 }],
    ['a missing module', undefined, { exitCode: 1, stderr: "Error: Cannot find module './x'" }],
    ['a missing module, with the exit code of its rule', { exitCode: 1 }, { exitCode: 1, stderr: 'No module named x' }],
    [
      'a missing file, where failing would be silence',
      { exitCode: 0 },
      { exitCode: 1, stderr: 'cat: x: No such file or directory' },
    ],
    ['a shell that finds no program within a pipe', undefined, { exitCode: 1, stderr: 'sh: 1: jq: not found' }],
    ['a failure with words, where failing would be silence', { exitCode: 0 }, { exitCode: 1, stderr: 'boom' }],
    ['another failure than that of its rule', { exitCode: 3 }, { exitCode: 4 }],
    ['a crash that looks like silence', { match: 'x' }, { exitCode: 1, matched: false, stdout: 'SyntaxError: x' }],
    ['silence in an output that was cut', { match: 'x' }, { matched: false, truncated: true }],
    ['a pattern without end', { match: '(a+)+$' }, { matched: { undetermined: 'its pattern takes too long' } }],
  ] as const)('is no verdict: %s', (_name, present, seen) => {
    expect(judgeRun(present, aRun(seen))).toMatchObject({ run: 'unknown' });
  });

  it('takes a broken harness for presence only where its pattern asks for that very output', () => {
    const broken = aRun({ exitCode: 1, stderr: "Cannot find module 'x'" });
    expect(judgeRun({ match: 'Cannot find module' }, { ...broken, matched: true })).toMatchObject({ run: 'shows' });
    expect(judgeRun(undefined, broken)).toMatchObject({ run: 'unknown', why: expect.stringContaining("module 'x'") });
  });

  it('never takes a run that was stopped, or a program that was not found, for anything', () => {
    const runs = fc.record({
      exitCode: fc.constantFrom(0, 1, 2, 126, 127, 137, 143),
      stdout: fc.string(),
      stderr: fc.string(),
      timedOut: fc.boolean(),
      truncated: fc.boolean(),
      matched: fc.boolean(),
    });
    const rules = fc.option(
      fc.record({ exitCode: fc.constantFrom(0, 1, 126, 127, 137), match: fc.constant('x') }, { requiredKeys: [] }),
      { nil: undefined },
    );
    fc.assert(
      fc.property(runs, rules, (run, rule) => {
        fc.pre(run.timedOut || run.exitCode >= 126);
        expect(judgeRun(rule, run).run).toBe('unknown');
      }),
    );
  });
});
