import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capOutput, runBash } from '../../src/agents/run-bash.ts';
import type { ExecOptions } from '../../src/sandboxes/sandbox.ts';
import { createFakeSandbox } from '../fakes/sandbox.ts';

const context = (sandbox: ReturnType<typeof createFakeSandbox>, timeLeftMs = 3_600_000) => ({
  sandbox,
  signal: new AbortController().signal,
  timeLeftMs,
});

describe('a command', () => {
  it('is answered with its exit code and both outputs, and a failing one is no error of the tool', async () => {
    const sandbox = createFakeSandbox({ commands: { x: { exitCode: 2, stdout: 'out\n', stderr: 'err\n' } } });
    expect(await runBash({ command: 'x' }, context(sandbox))).toEqual({
      ok: true,
      text: 'exit code 2\nout\n\n--- stderr ---\nerr\n',
    });
  });

  it('without output says so', async () => {
    const sandbox = createFakeSandbox({ commands: { true: {} } });
    expect((await runBash({ command: 'true' }, context(sandbox))).text).toBe('exit code 0\n(no output)');
  });

  it('runs in the workspace, two minutes by default, never longer than the session has left', async () => {
    const seen: ExecOptions[] = [];
    const sandbox = createFakeSandbox({
      commands: {
        x: (options) => {
          seen.push(options);
          return {};
        },
      },
    });
    await runBash({ command: 'x' }, context(sandbox));
    await runBash({ command: 'x', timeoutSeconds: 600 }, context(sandbox));
    await runBash({ command: 'x', timeoutSeconds: 600 }, context(sandbox, 30_000));
    expect(seen.map(({ timeoutMs, cwd }) => [timeoutMs, cwd])).toEqual([
      [120_000, '/workspace'],
      [600_000, '/workspace'],
      [30_000, '/workspace'],
    ]);
  });

  it('that takes too long is stopped, and the model learns it', async () => {
    const sandbox = createFakeSandbox({ commands: { x: { takesMs: 60_000 } } });
    const answer = await runBash({ command: 'x', timeoutSeconds: 1 }, context(sandbox));
    expect(answer).toMatchObject({ ok: false, text: expect.stringMatching(/^Stopped after 1 s: it took too long/) });
  });
});

describe('long output', () => {
  it('keeps its first 20,000 and last 10,000 characters and says how many are missing', () => {
    const output = `${'a'.repeat(20_000)}${'b'.repeat(12_345)}${'c'.repeat(10_000)}`;
    expect(capOutput(output)).toBe(
      `${'a'.repeat(20_000)}\n[… 12345 characters cut: narrow the command …]\n${'c'.repeat(10_000)}`,
    );
  });

  it('never cuts a character in two, and loses none unsaid', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), fc.integer({ min: 0, max: 40_000 }), (unit, size) => {
        const output = `x${'🧵'.repeat(15_000)}${unit}${'é🧵'.repeat(size)}`.toWellFormed();
        const cut = capOutput(output);
        expect(cut.isWellFormed()).toBe(true);
        const missing = /\[… (\d+) characters cut/.exec(cut);
        if (!missing) expect(cut).toBe(output);
        else
          expect(cut.length - missing[0].length - ': narrow the command …]'.length - 2 + Number(missing[1])).toBe(
            output.length,
          );
      }),
      { numRuns: 20 },
    );
  });
});
