import { describe, expect, it } from 'vitest';
import { silentLog } from '../../src/lib/log.ts';
import { createResponder } from '../../src/responder.ts';
import { Session } from '../../src/sessions/session.ts';
import type { Script } from '../fakes/anthropic/script.ts';
import type { AnthropicDouble } from '../fakes/anthropic/start-anthropic.ts';
import { workflowToken } from '../fakes/github/github.ts';
import { addIssue } from '../fakes/github/state.ts';
import { aBed, agentStep, type Bed, leftOut, sandboxed } from './bed.ts';
import { aLongTime, expectNothingLeft } from './killed-step.ts';
import type { Step } from './run-step.ts';

const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const report = call('report_finding', {
  title: 'Alpha is constant',
  description: 'It never changes.',
  evidence: [{ path: 'src/a.js', quote: 'export const alpha = 1;' }],
});
const finish = call('finish', { summary: 'done' });
const files = { 'src/a.js': 'export const alpha = 1;\n', '.github/courier.yml': 'presets: none\n' };

/** A repository whose people write on an issue, which the app answers at once. */
async function aTalkingBed() {
  const bed = await aBed(files, { collaborators: { wanda: 'write' } });
  const { number: issue } = addIssue(bed.github.repository(), { title: 'What does it do?' });
  const { url: apiUrl, graphqlUrl, serverUrl } = bed.github;
  const responder = createResponder({
    ...{ token: async () => workflowToken, repository: 'acme/shop', apiUrl, graphqlUrl, serverUrl },
    ...{ workflow: 'courier.yml', secrets: [], log: silentLog },
  });
  return {
    ...bed,
    issue,
    say: async (body: string) => {
      bed.github.act.comment('wanda', body, { issue });
      await responder.receive({ kind: 'comments', issue, pullRequest: false });
    },
  };
}

/** Does something once the model was asked so often. */
function whenAsked(model: AnthropicDouble, requests: number, act: () => Promise<void>): NonNullable<Step['onSpawn']> {
  return (child) => {
    const watch = setInterval(() => {
      if (model.requests.length < requests) return;
      clearInterval(watch);
      void act();
    }, 50);
    child.on('exit', () => clearInterval(watch));
  };
}

const recordsOf = ({ github }: Bed): Session[] =>
  Object.entries(github.files('acme/shop', 'courier-ledger')).flatMap(([path, text]) =>
    path.startsWith('sessions/') ? [Session.parse(JSON.parse(text))] : [],
  );
const linesOf = (text: string, part: string) => text.split(part).length - 1;

/** Looks on and on, until it hears something; what somebody does meanwhile is done before it looks on for the first time: its turns are counted. */
const looksUntil =
  (words: string, meanwhile: () => Promise<void>, first: readonly ReturnType<typeof call>[] = []): Script =>
  (request, number) => {
    const begun = first[number];
    if (begun) return begun;
    if (JSON.stringify(request.messages).includes(words)) return finish;
    return { ...call('bash', { command: 'sleep 1' }), ...(number === first.length && { until: meanwhile() }) };
  };

describe.skipIf(!sandboxed)(`a comment to a session that a workflow runs${leftOut}`, () => {
  it('reaches its agent with the next turn, once, as data', { timeout: 400_000 }, async () => {
    const bed = await aTalkingBed();
    const model = await bed.model(looksUntil('Look at beta', () => bed.say('/courier tell Look at beta, too.')));
    const { outputs, log } = await bed.run({ ...agentStep(model), alone: true });
    expect(outputs, log).toMatchObject({ phase: 'completed', result: 'complete' });
    const last = JSON.stringify(model.requests.at(-1)?.raw);
    expect(last).toMatch(/<<<(\w+) message from wanda\\nLook at beta, too\.\\n\1>>>/);
    expect(linesOf(last, 'Look at beta')).toBe(1);
    expect(bed.github.violations).toEqual([]);
  });

  it('stops it after its step; resumed, it goes on, and can be killed at once', { timeout: 400_000 }, async () => {
    const bed = await aTalkingBed();
    const looking = await bed.model(looksUntil('never said', () => bed.say('/courier stop'), [report]));
    const stopped = await bed.run({ ...agentStep(looking), alone: true });
    expect(stopped.outputs, stopped.log).toMatchObject({ phase: 'stopped', result: 'partial', created: '1' });
    const session = stopped.outputs['session-id'] ?? '';
    expect(recordsOf(bed)).toMatchObject([{ id: session, phase: 'stopped', stopReason: 'user' }]);

    const command = `sleep ${aLongTime()}`;
    const busy = await bed.model([call('bash', { command, timeoutSeconds: 600 })]);
    const request = JSON.stringify({ version: 1, kind: 'resume', session });
    const step = agentStep(busy, { prompt: '', request, 'session-path': stopped.outputs['session-path'] ?? '' });
    const killed = await bed.run({
      ...step,
      event: { name: 'workflow_dispatch' },
      onSpawn: whenAsked(busy, 1, () => bed.say('/courier kill')),
    });
    expect(killed.outputs, killed.log).toMatchObject({ 'session-id': session, phase: 'killed', result: 'partial' });
    expect(JSON.stringify(busy.requests[0]?.raw)).toContain('Alpha is constant');
    expect(recordsOf(bed)).toMatchObject([
      { id: session, phase: 'killed', stopReason: 'user', raised: [expect.stringMatching(/^F-/)] },
    ]);
    await expectNothingLeft(command, killed.runnerTemp);
    expect(bed.github.repository().issues.filter(({ title }) => title.includes('Alpha'))).toHaveLength(1);
    expect(bed.github.violations).toEqual([]);
  });
});
