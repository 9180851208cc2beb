import { expect, it } from 'vitest';
import { workflowToken } from '../fakes/github/github.ts';
import { aBed, agentStep, leftOut, sandboxed } from './bed.ts';
import { runCourier } from './run-courier.ts';

const files = {
  'a.js': 'export const run = (text) => eval(text);\n',
  '.github/courier.yml':
    'presets: none\nscans:\n  injection:\n    prompt: Find injection flaws.\n    questions: block\n',
};
const ask = {
  toolUses: [{ name: 'ask_question', input: { question: 'Is run() called with text of users?', blocking: true } }],
};
const finish = {
  toolUses: [{ name: 'finish', input: { verdict: 'complete', summary: 'Looked at all of it.' } }],
};

it.skipIf(!sandboxed)(
  `a session that waits ends its job, and the request to resume goes on in another one${leftOut}`,
  { timeout: 400_000 },
  async () => {
    const bed = await aBed(files);
    const model = await bed.model([ask, finish]);
    const step = agentStep(model, { prompt: '' });
    const parked = await bed.run(step);
    expect(parked.outputs.phase, JSON.stringify(parked)).toBe('stopped');
    expect(parked.outputs).toMatchObject({ result: 'partial', questions: '1' });
    const session = parked.outputs['session-id'] ?? '';
    const request = JSON.stringify({ version: 1, kind: 'resume', session });
    const resume = () =>
      bed.run({
        ...step,
        event: { name: 'workflow_dispatch' },
        inputs: { ...step.inputs, request, 'session-path': parked.outputs['session-path'] ?? '' },
      });

    const early = await resume();
    expect(early.code).toBe(1);
    expect(JSON.stringify(early)).toContain('waits for Q1');

    const answered = await runCourier(['answer', session, 'Q1', 'Only at build time.', '--repo', 'acme/shop'], {
      cwd: bed.repository.root,
      env: { GITHUB_TOKEN: workflowToken, GITHUB_API_URL: bed.github.url, GITHUB_GRAPHQL_URL: bed.github.graphqlUrl },
    });
    expect(answered.code, answered.stderr).toBe(0);
    const resumed = await resume();
    expect(resumed.outputs, JSON.stringify(resumed)).toMatchObject({
      'session-id': session,
      phase: 'completed',
      result: 'complete',
    });
    expect(JSON.stringify(model.requests.at(-1)?.raw)).toContain('Only at build time.');
    expect(JSON.stringify(resumed)).toContain('where it was, from its files');
  },
);
