import { describe, expect, it } from 'vitest';
import { runSetup } from '../../src/sandboxes/run-setup.ts';
import { createFakeSandbox } from '../fakes/sandbox.ts';

const problemOf = (command: object) =>
  runSetup(createFakeSandbox({ commands: { 'npm ci': command } }), { command: 'npm ci', hosts: [], timeoutMs: 1000 });

describe('the setup of a sandbox', () => {
  it('tells the exit code and the last lines, whole ones, of a long output', async () => {
    const stderr = Array.from({ length: 500 }, (_, index) => `line ${index} of the log`).join('\n');
    const problem = await problemOf({ exitCode: 4, stderr: `${stderr}\n` });
    expect(problem).toMatch(/ended with 4: line \d+ of the log .*line 499 of the log\. The session goes on/);
    expect(problem?.length).toBeLessThan(700);
  });

  it('bounds a line without an end, and says what was said elsewhere where there are no errors', async () => {
    const problem = await problemOf({ exitCode: 1, stdout: 'x'.repeat(10_000) });
    expect(problem).toContain('ended with 1: xxx');
    expect(problem?.length).toBeLessThan(500);
  });

  it('tells that it took too long, and nothing of one that went well', async () => {
    expect(await problemOf({ takesMs: 5000 })).toContain('took longer than 1 s');
    expect(await problemOf({})).toBeUndefined();
  });
});
