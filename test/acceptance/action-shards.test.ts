import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Discovery } from '../../src/sessions/discovery.ts';
import type { AcceptedRequest } from '../fakes/anthropic/check-request.ts';
import type { ScriptedReply } from '../fakes/anthropic/script.ts';
import { aBed, agentStep, type Bed, leftOut, sandboxed } from './bed.ts';
import type { StepResult } from './run-step.ts';
import { temporaryFolder } from './temporary-folder.ts';

const budgetUsd = 6;
const files = {
  ...Object.fromEntries(
    ['one', 'two', 'three'].map((name) => [
      `${name}/a.js`,
      `export const ${name} = (text) => eval(text);\n`.repeat(40),
    ]),
  ),
  '.github/courier.yml': [
    'presets: none',
    `issueAgent: { budgetUsd: ${budgetUsd} }`,
    'checks:\n  lint: { run: "true" }',
    'scans:\n  injection: { prompt: Find injection flaws. }\n',
  ].join('\n'),
};
const id = 'S20261121-181500-ab3d';
const call = (name: string, input: object): ScriptedReply => ({ toolUses: [{ name, input }] });
const finish = call('finish', { verdict: 'complete', summary: 'Looked at my part.' });
const told = (name: string, title: string) =>
  call('report_finding', {
    title,
    description: 'Text of users is run as code.',
    priority: 'high',
    category: 'bug',
    location: { path: `${name}/a.js`, startLine: 1 },
    evidence: [{ path: `${name}/a.js`, startLine: 1, quote: `export const ${name} = (text) => eval(text);` }],
  });

/** Each agent reports the one in its part; the third one also sees what the first one saw, in its own words. */
const found: Record<number, ScriptedReply[]> = {
  1: [told('one', 'eval runs text of users')],
  2: [told('two', 'two() is an injection flaw')],
  3: [told('three', 'three() evaluates its argument'), told('one', 'Code injection through eval of user text')],
};
function script(request: AcceptedRequest): ScriptedReply {
  const number = Number(/You are number (\d)/.exec(JSON.stringify(request.messages[0]))?.[1] ?? 0);
  return found[number]?.[(request.messages.length - 1) / 2] ?? finish;
}

type Jobs = {
  folder: string;
  results: Record<number, StepResult>;
  run: (number: number, attempt?: number) => Promise<StepResult>;
};

/** The jobs of the matrix, each with its artifact in a folder of its own. */
async function startJobs(bed: Bed): Promise<Jobs> {
  const model = await bed.model(script);
  const folder = temporaryFolder('parts');
  const results: Record<number, StepResult> = {};
  const run = async (number: number, attempt = 1) => {
    const step = agentStep(model, { prompt: '', publish: 'none', mode: 'scan' });
    const split = { COURIER_PART: `${number}/3`, COURIER_SESSION: id };
    const env = { ...step.env, ...split, GITHUB_RUN_ID: '77', GITHUB_RUN_ATTEMPT: String(attempt) };
    const result = await bed.run({ ...step, env });
    results[number] = result;
    if (result.outputs['session-path']) {
      cpSync(result.outputs['session-path'], path.join(folder, `courier-session-${id}-${number}`), { recursive: true });
    }
    return result;
  };
  return { folder, results, run };
}

const publish = (bed: Bed, folder: string) => bed.run({ inputs: { mode: 'publish', 'session-path': folder } });
const left = (result: StepResult | undefined) =>
  Discovery.parse(JSON.parse(readFileSync(path.join(result?.outputs['session-path'] ?? '', 'session.json'), 'utf8')));
const titles = (bed: Bed) =>
  bed.github
    .repository()
    .issues.map(({ title }) => title)
    .toSorted();

describe.skipIf(!sandboxed)(`a session over the jobs of a matrix${leftOut}`, { timeout: 400_000 }, () => {
  it('is published as one: each problem once, within one budget, the checks run once', async () => {
    const bed = await aBed(files);
    const { run, folder, results } = await startJobs(bed);
    for (const number of [3, 1, 2]) await run(number);
    for (const result of Object.values(results))
      expect(result.outputs, result.log).toMatchObject({ 'session-id': id, result: 'complete' });
    expect(bed.github.writes()).toEqual({});
    const parts = [1, 2, 3].map((number) => left(results[number]));
    expect(parts.map(({ session }) => session.checks.length)).toEqual([1, 0, 0]);
    expect(parts.map(({ raised }) => raised.length)).toEqual([1, 1, 2]);

    const published = await publish(bed, folder);
    expect(published.outputs, published.log).toMatchObject({ 'session-id': id, result: 'complete', created: '3' });
    expect(titles(bed)).toHaveLength(3);
    const spent = parts.reduce((sum, { session }) => sum + (session.costUsd ?? Number.NaN), 0);
    expect(Number(published.outputs['cost-usd'])).toBeCloseTo(spent, 3);
    expect(spent).toBeLessThanOrEqual(budgetUsd);
    const ledger = Object.keys(bed.github.files('acme/shop', 'courier-ledger'));
    // In the folder of the month in which it began.
    const [first] = parts.map(({ session }) => session.startedAt.slice(0, 7)).toSorted();
    expect(ledger.filter((name) => name.startsWith('sessions/'))).toEqual([`sessions/${first}/${id}.json`]);

    const again = await publish(bed, folder);
    expect(again.outputs).toMatchObject({ created: '0', updated: '0' });
    expect(bed.github.violations).toEqual([]);
  });

  it('is partial where a job left nothing, closes nothing, and is whole once that job was run again', async () => {
    const bed = await aBed(files);
    const { run, folder } = await startJobs(bed);
    await run(1);
    await run(3);
    const published = await publish(bed, folder);
    expect(published.outputs, published.log).toMatchObject({ result: 'partial', created: '2', resolved: '0' });
    expect(published.log).toMatch(/::warning::.*Job 2 of 3 left nothing/);
    await run(2, 2);
    const whole = await publish(bed, folder);
    expect(whole.outputs, whole.log).toMatchObject({ result: 'complete', created: '1', resolved: '0' });
    expect(whole.outputs['session-id']).not.toBe(id);
    expect(titles(bed)).toHaveLength(3);
  });

  it('is refused where a job looked at another commit, or somebody forged what one left', async () => {
    const bed = await aBed(files);
    const { run, folder } = await startJobs(bed);
    await run(1);
    bed.push({ 'README.md': 'More.\n' });
    await run(2);
    const published = await publish(bed, folder);
    expect(published.code).toBe(1);
    expect(published.log).toContain('Jobs 1 and 2 are not of the same commit.');
    const file = path.join(folder, `courier-session-${id}-2`, 'session.json');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"two/a.js"', '"../../etc/passwd"'));
    const forged = await publish(bed, folder);
    expect(forged.code).toBe(1);
    expect(forged.log).toMatch(
      /::error::courier-session-\S+-2\/session\.json in session-path .*not inside the repository/,
    );
    expect(bed.github.writes()).toEqual({});
  });

  it('tells a job that it may not publish by itself', async () => {
    const bed = await aBed(files);
    const step = agentStep(await bed.model(script), { prompt: '' });
    const env = { ...step.env, COURIER_PART: '1/3', COURIER_SESSION: id };
    const { code, log } = await bed.run({ ...step, env });
    expect(code).toBe(1);
    expect(log).toContain('set publish to none');
  });
});
