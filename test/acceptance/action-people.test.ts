import { expect, it } from 'vitest';
import { patience } from '../app/app-bed.ts';
import { leftOut, sandboxed } from './bed.ts';
import { killWhen } from './killed-step.ts';
import { aPeopleBed } from './people-bed.ts';

const files = {
  'a.js': 'export const run = (text) => eval(text);\n',
  '.github/courier.yml':
    'presets: none\nscans:\n  injection:\n    prompt: Find injection flaws.\n    questions: block\n',
};
const question = (text: string, labels: readonly string[]) => ({
  name: 'ask_question',
  input: { question: text, blocking: true, options: labels.map((label) => ({ label })) },
});
const ask = {
  toolUses: [
    question('Is run() called with text of users?', ['Yes', 'Only at build time']),
    question('Is eval meant to stay?', ['For now', 'No']),
  ],
};
const finish = { toolUses: [{ name: 'finish', input: { verdict: 'complete', summary: 'Looked at all of it.' } }] };

it.skipIf(!sandboxed)(
  `two people answer a scan that waits, one by a click and one by a command, and it goes on to its end${leftOut}`,
  { timeout: 400_000 },
  async () => {
    const bed = await aPeopleBed(files);
    const model = await bed.model([ask, finish]);
    const parked = await bed.runner(undefined, { model });
    expect(parked.outputs, JSON.stringify(parked)).toMatchObject({ phase: 'stopped', questions: '2' });
    const issue = await bed.issue('Questions of Courier');
    const [panel = expect.fail('no panel')] = issue.comments;
    expect(issue.labels.toSorted()).toEqual(['courier', 'courier: awaiting-answer']);
    expect(panel.body).toContain('### 0 of 2 answered');

    bed.tick('rita', panel, 'Yes');
    await expect.poll(() => issue.comments.length, patience).toBe(2);
    expect(panel.body).toContain('### 0 of 2 answered');
    bed.tick('wanda', panel, 'Only at build time');
    await expect.poll(() => panel.body, patience).toContain('### 1 of 2 answered');
    expect(await bed.dispatched(0)).toEqual([]);
    await bed.say('tom', issue, '/courier answer Q2 b');
    const [run] = await bed.dispatched(1);
    await expect.poll(() => panel.body, patience).toContain('### 2 of 2 answered');
    expect(issue.labels).toEqual(['courier']);

    // The machine is gone before the session was taken up, and somebody runs the run again.
    const step = { model, inputs: { 'session-path': parked.outputs['session-path'] ?? '' } };
    const asked = model.requests.length;
    const lost = await bed.runner(run, { ...step, onSpawn: (child) => child.kill('SIGKILL') });
    expect(lost.code).toBeNull();
    const resumed = await bed.runner(run, { ...step, attempt: 2 });
    expect(resumed.outputs, JSON.stringify(resumed)).toMatchObject({
      ...{ 'session-id': parked.outputs['session-id'], phase: 'completed', result: 'complete' },
    });
    const heard = JSON.stringify(model.requests.slice(asked).map(({ raw }) => raw));
    expect(heard).toContain('Only at build time');
    await expect.poll(() => issue.state, patience).toBe('closed');
    expect(issue.labels).toEqual(['courier']);
    expect(bed.github.violations).toEqual([]);
    expect(await bed.app.end('SIGTERM')).toBe(0);
  },
);

it.skipIf(!sandboxed)(
  `a session whose machine dies while it goes on has ended; what was answered stays on record, and the next scan begins${leftOut}`,
  { timeout: 400_000 },
  async () => {
    const bed = await aPeopleBed(files);
    const model = await bed.model([ask, { toolUses: [{ name: 'bash', input: { command: 'sleep 60' } }] }, ask]);
    const parked = await bed.runner(undefined, { model });
    const issue = await bed.issue('Questions of Courier');
    const [panel = expect.fail('no panel')] = issue.comments;
    await bed.say('wanda', issue, '/courier answer Q1 b\n/courier answer Q2 a');
    const [run] = await bed.dispatched(1);
    const step = { model, inputs: { 'session-path': parked.outputs['session-path'] ?? '' } };
    const killed = await bed.runner(run, { ...step, onSpawn: killWhen(model, 2, 'SIGKILL') });
    expect(killed.code).toBeNull();
    const again = await bed.runner(run, { ...step, attempt: 2 });
    expect(again.code).toBe(1);
    expect(again.log).toMatch(/::error::.*cannot go on\. The job or process .* courier clone S\d/);
    // The next scan brings the panel up to date, as does the app.
    await bed.runner(undefined, { model });
    expect(panel.body).toContain('### 2 of 2 answered');
    expect(panel.body).toContain('The session has ended.');
    expect(panel.body).toContain('_Answered by wanda');
    expect(bed.github.violations).toEqual([]);
  },
);
