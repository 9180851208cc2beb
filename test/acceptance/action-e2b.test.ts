import { readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { whyNoMachine } from '../fakes/e2b/machine.ts';
import { type E2bDouble, startE2b } from '../fakes/e2b/start-e2b.ts';
import { workflowToken } from '../fakes/github/github.ts';
import { aBed, agentStep } from './bed.ts';
import { killWhen } from './killed-step.ts';
import { runCourier } from './run-courier.ts';
import type { Step } from './run-step.ts';

const missing = whyNoMachine();
const left = missing === undefined ? '' : ` (left out: ${missing})`;
const files = { 'src/a.js': 'export const a = 1;\n', '.github/courier.yml': 'presets: none\n' };
const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const report = call('report_finding', {
  title: 'A is constant',
  description: 'It never changes.',
  evidence: [{ path: 'src/a.js', quote: 'export const a = 1;' }],
});

describe.skipIf(missing !== undefined)(`a step with the key of E2B${left}`, () => {
  let e2b: E2bDouble;
  beforeAll(async () => {
    e2b = await startE2b();
  });
  afterAll(() => e2b?.close());
  const atE2b = (step: Pick<Step, 'inputs' | 'env'>, inputs: Readonly<Record<string, string>> = {}) => ({
    inputs: { ...step.inputs, 'e2b-api-key': e2b.key, ...inputs },
    env: { ...step.env, E2B_API_URL: e2b.url, E2B_SANDBOX_URL: e2b.url },
  });

  it('lets the agent work at E2B, in the size that was asked for, and leaves no sandbox and no key anywhere', async () => {
    const bed = await aBed(files);
    const look = call('bash', { command: 'pwd; cat src/a.js; env; cat /proc/*/environ 2>/dev/null | tr "\\0" "\\n"' });
    const model = await bed.model([look, report, call('finish', { summary: 'done' })]);
    const step = atE2b(agentStep(model), { 'memory-mb': '1024', 'cpu-count': '2' });
    const result = await bed.run(step);
    expect(result.log).not.toContain('::error');
    expect(result.outputs).toMatchObject({ result: 'complete', findings: '1' });
    const { sandboxes, requests, violations } = await e2b.look();
    expect(sandboxes).toEqual([]);
    expect(violations).toEqual([]);
    expect(requests.find(({ call: made }) => made === 'POST /v2/sandboxes')?.body).toMatchObject({
      templateID: 'courier-base-1024mb-2cpu',
      metadata: { repository: 'acme/shop' },
    });
    const seen = JSON.stringify(model.requests);
    expect(seen).toContain('/home/user/repo\\nexport const a = 1;');
    for (const text of [seen, JSON.stringify(requests), result.summary]) expect(text).not.toContain(e2b.key);
    expect(result.log.split('\n').filter((line) => line.includes(e2b.key) && !line.startsWith('::add-mask::'))).toEqual(
      [],
    );
  });

  it('sets a sandbox up once for a lock file, and brings what the configuration gives to the agent', async () => {
    const bed = await aBed({
      ...files,
      'package-lock.json': '{}',
      'skills/js/SKILL.md': '---\nname: js\ndescription: How we write it.\n---\nConstants are fine.\n',
      '.github/courier.yml': [
        'presets: none',
        "sandbox: { setup: 'mkdir -p node_modules/dep; date +%s%N > node_modules/dep/stamp' }",
        "issueAgent: { skills: [skills/*], commands: { stamp: 'echo stamp $(cat node_modules/dep/stamp)' } }",
        '',
      ].join('\n'),
    });
    const scan = async () => {
      const command = 'courier-run stamp; cat /home/user/.courier/skills/js/SKILL.md';
      const model = await bed.model([call('bash', { command }), call('finish', { summary: 'done' })]);
      const { outputs, log } = await bed.run(atE2b(agentStep(model)));
      expect([outputs.result, log]).toEqual(['complete', expect.not.stringContaining('::warning')]);
      const seen = JSON.stringify(model.requests);
      expect(seen).toContain('js: How we write it. (/home/user/.courier/skills/js/SKILL.md)');
      expect(seen).toContain('Constants are fine.');
      return /stamp (\d{10,})/.exec(seen)?.[1] ?? expect.fail('it was not set up');
    };
    expect(await scan()).toBe(await scan());
    const { snapshots, sandboxes, violations } = await e2b.look();
    expect([snapshots.length, sandboxes, violations]).toEqual([1, [], []]);
  });

  it('pauses its sandbox while the session waits, and wakes it with what the agent had made there', async () => {
    const bed = await aBed({
      ...files,
      '.github/courier.yml': 'presets: none\nscans: { a: { prompt: Find flaws., questions: block } }\n',
    });
    const ask = call('ask_question', { question: 'Is it meant to be constant?', blocking: true });
    const keep = call('bash', { command: 'echo kept-over-the-rest > /home/user/notes' });
    const model = await bed.model([
      ...[keep, report, ask],
      ...[call('bash', { command: 'cat /home/user/notes' }), call('finish', { summary: 'done' })],
    ]);
    const step = atE2b(agentStep(model, { prompt: '' }));
    const parked = await bed.run(step);
    expect(parked.outputs, parked.log).toMatchObject({ phase: 'stopped', result: 'partial', created: '1' });
    const session = parked.outputs['session-id'] ?? '';
    const [paused, ...others] = (await e2b.look()).sandboxes;
    expect([paused?.state, others]).toEqual(['paused', []]);
    const answered = await runCourier(['answer', session, 'Q1', 'Yes.', '--repo', 'acme/shop'], {
      cwd: bed.repository.root,
      env: { GITHUB_TOKEN: workflowToken, GITHUB_API_URL: bed.github.url, GITHUB_GRAPHQL_URL: bed.github.graphqlUrl },
    });
    expect(answered.code, answered.stderr).toBe(0);
    const request = JSON.stringify({ version: 1, kind: 'resume', session });
    const resumed = await bed.run({
      ...step,
      event: { name: 'workflow_dispatch' },
      inputs: { ...step.inputs, request, 'session-path': parked.outputs['session-path'] ?? '' },
    });
    expect(resumed.outputs, resumed.log).toMatchObject({ 'session-id': session, result: 'complete', created: '0' });
    expect(JSON.stringify(model.requests.at(-1)?.raw)).toContain('exit code 0\\nkept-over-the-rest');
    const { sandboxes, violations } = await e2b.look();
    expect([sandboxes, violations]).toEqual([[], []]);
  });

  it('ends its sandbox in the post step when it was killed, and keeps what the agent had reported', async () => {
    const bed = await aBed(files);
    const model = await bed.model([report, call('bash', { command: 'sleep 60' })]);
    const step = atE2b(agentStep(model));
    const { runnerTemp } = await bed.run({ ...step, onSpawn: killWhen(model, 2, 'SIGKILL') });
    expect((await e2b.look()).sandboxes).toHaveLength(1);
    const [, job = ''] =
      /courierJob<<(\S+)\n(?<job>\S+)\n/.exec(readFileSync(path.join(runnerTemp, 'state'), 'utf8')) ?? [];
    expect(job).not.toBe('');
    const post = await bed.run({ ...step, runnerTemp, post: true });
    expect(post.code).toBe(0);
    expect(post.log).toContain('1 sandbox removed');
    expect((await e2b.look()).sandboxes).toEqual([]);
    const kept = /is kept, unread: (.+issues\.json)/.exec(post.log)?.[1] ?? '';
    expect(readFileSync(kept, 'utf8')).toContain('A is constant');
  });

  it('says what to do where E2B refuses the key', async () => {
    const bed = await aBed(files);
    const model = await bed.model([]);
    const { outputs, log } = await bed.run(atE2b(agentStep(model), { 'e2b-api-key': 'e2b_wrongwrongwrong' }));
    expect(outputs.result).toBe('failed');
    expect(log).toContain('Set e2b-api-key');
  });
});

it('ends with a sentence where E2B is asked for without its key', async () => {
  const bed = await aBed(files);
  const { code, log } = await bed.run(agentStep(await bed.model([]), { sandbox: 'e2b' }));
  expect(code).toBe(1);
  expect(log).toContain('The sandbox e2b needs a key: set the input e2b-api-key');
});
