import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { programPackages } from '../../src/sandboxes/program-package.ts';
import { agents } from '../bench/agents.ts';
import { measure, median, renderRows } from '../bench/harness.ts';
import { identity } from '../bench/identity.ts';
import { ledger } from '../bench/ledger.ts';
import { removeFolders, sandboxed, scan, startUp } from '../bench/processes.ts';
import { sandboxes } from '../bench/sandboxes.ts';
import { extraction, gate, quotes } from '../bench/texts.ts';
import { read } from './markdown.ts';

afterAll(removeFolders);

describe('the benchmark', () => {
  it('measures both sides by turns, as often as the time lasts, and sets them in relation', async () => {
    const order: string[] = [];
    const clock = { time: 0 };
    const side = (name: string, ms: number) => async () => {
      order.push(name);
      clock.time += ms;
    };
    const comparison = { what: 'work', beside: 'less', repetitions: 9, courier: side('c', 40), other: side('o', 10) };
    const now = () => clock.time;
    const row = await measure(comparison, { limitMs: 100, now });
    // The third one is over at 150 ms, and has to be; the fourth would begin after the limit.
    expect(order.join('')).toBe('co'.repeat(1 + 3));
    expect(row).toEqual({ what: 'work', beside: 'less', courierMs: 40, otherMs: 10, ratio: 4, repetitions: 3 });
    expect((await measure(comparison, { limitMs: 201, now })).repetitions).toBe(5);
    expect((await measure(comparison, { limitMs: 1000, now })).repetitions).toBe(9);
    expect(renderRows([row])).toMatch(/\| work \| 40 \| less \| 10 \| 4 \| 3 \|$/);
  });

  it('takes the middle of its rounds', () => {
    expect([median([5, 1, 9]), median([1, 2, 3, 10])]).toEqual([5, 2.5]);
  });

  it('needs no test runner', async () => {
    const modules = [...read('test/bench/index.ts').matchAll(/from '(\.\/.*)'/g)].map(([, module]) => module);
    expect(modules.length).toBeGreaterThan(5);
    const script = modules.map((module) => `await import('./test/bench/${module}');`).join('');
    // As by `npm run bench`, where nothing of vitest is set.
    const env = { PATH: process.env.PATH, HOME: process.env.HOME };
    const parameters = ['--input-type=module', '-e', `${script} process.exit(0)`];
    await promisify(execFile)(process.execPath, parameters, { cwd: path.resolve(import.meta.dirname, '../..'), env });
  });

  it('has a row for each agent tool on that page', () => {
    const tools = Object.values(programPackages).map(({ title }) => title);
    const rows = [...read('docs/benchmarks.md').matchAll(/^\| ([^|]+) \| [\d.]+ s \(/gm)].map(([, tool]) => tool);
    expect(rows).toEqual(['built in', ...tools]);
  });

  it('has a page that lists what is measured', async () => {
    const loop = await agents('claude');
    loop.end();
    const others = [startUp(), await scan(), ...extraction(), ...quotes(), ...gate(), ledger(), identity()];
    const comparisons = [...others, ...loop.comparisons];
    const listed = [...read('docs/benchmarks.md').matchAll(/^\| ([^|]+) \| [\d.]+ \|/gm)].map(([, what]) => what);
    const sandbox = listed.filter((what) => what?.includes('sandbox'));
    expect(sandbox).toHaveLength(6);
    expect(listed.filter((what) => !sandbox.includes(what))).toEqual(comparisons.map(({ what }) => what));
    const real = await sandboxed();
    // Where bubblewrap cannot start, there is nothing to compare the page with.
    if ('leftOut' in real) return;
    await real.end();
    const both = await sandboxes();
    await both.end();
    expect(sandbox).toEqual([real.comparison, ...both.comparisons].map(({ what }) => what));
  });
});
