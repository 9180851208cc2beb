import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseLines } from '../../src/lib/ndjson.ts';
import { type SessionEvent, understandEvent } from '../../src/sessions/session-event.ts';
import type { Script } from '../fakes/anthropic/script.ts';
import { aBed, agentStep, leftOut, sandboxed } from './bed.ts';
import type { StepResult } from './run-step.ts';
import { temporaryFolder } from './temporary-folder.ts';

const files = {
  'src/total.js': 'export const total = (items) => items.reduce((sum, item) => sum + item.price, 1);\n',
  '.github/courier.yml': 'presets: none\nchecks: { tests: { run: exit 1, title: The tests fail } }\n',
};
const offByOne = {
  title: 'Totals start at 1',
  description: 'Every total is one too high.',
  priority: 'high',
  category: 'bug',
  evidence: [{ path: 'src/total.js', quote: 'sum + item.price, 1)' }],
};
const script: Script = [
  {
    thinking: 'I have to read it.',
    text: 'Reading.',
    toolUses: [{ name: 'bash', input: { command: 'cat src/total.js' } }],
  },
  { toolUses: [{ name: 'report_finding', input: offByOne }] },
  { toolUses: [{ name: 'finish', input: { summary: 'Read it.' } }] },
];

function textOf({ outputs }: StepResult): string {
  return readFileSync(path.join(outputs['session-path'] ?? '', 'events.ndjson'), 'utf8');
}

function eventsOf(step: StepResult): SessionEvent[] {
  const { values, damaged, torn } = parseLines(textOf(step), understandEvent);
  expect([damaged, torn]).toEqual([0, false]);
  return values;
}

describe.skipIf(!sandboxed)(`the events of a session${leftOut}`, () => {
  it('tell of every turn, tool, model call, check and write, in their order', async () => {
    const bed = await aBed(files);
    const step = await bed.run(agentStep(await bed.model(script)));
    expect(step.log).not.toContain('::error');
    const events = eventsOf(step);
    expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
    expect(new Set(events.map(({ session }) => session))).toEqual(new Set([step.outputs['session-id']]));
    const of = (type: SessionEvent['type']) => events.filter((event) => event.type === type);
    expect(of('iteration')).toHaveLength(3);
    expect(of('model-call')).toHaveLength(3);
    expect(of('thinking')).toMatchObject([{ text: 'I have to read it.', scan: 'prompt' }]);
    expect(of('check')).toMatchObject([{ check: 'tests', state: 'findings', findings: 1 }]);
    expect(of('tool-use').map((event) => 'tool' in event && event.tool)).toEqual(['bash', 'report_finding', 'finish']);
    expect(of('tool-result')).toMatchObject([{ ok: true, output: expect.stringContaining('item.price') }, {}, {}]);
    expect(of('wrote')).toContainEqual(expect.objectContaining({ action: 'create-issue', actor: 'octocat' }));
    expect(events.at(-1)).toMatchObject({ type: 'session-ended', result: 'complete', raised: 2, confirmed: 1 });
  });

  it('tell names, counts and cost on a public repository, and nothing that was read', async () => {
    const bed = await aBed(files, { visibility: 'public' });
    const step = await bed.run(agentStep(await bed.model(script)));
    expect(textOf(step)).not.toMatch(/Totals|item\.price|read it|Reading|cat src/i);
    const tools = eventsOf(step).flatMap((event) => (event.type === 'tool-use' ? [event.tool] : []));
    expect(tools).toEqual(['bash', 'report_finding', 'finish']);
  });

  it('are there when the job is killed in the middle of a turn', async () => {
    const bed = await aBed(files);
    const model = await bed.model([
      ...script.slice(0, 2),
      { toolUses: [{ name: 'bash', input: { command: 'sleep 300' } }] },
    ]);
    const runnerTemp = temporaryFolder('runner');
    const file = path.join(runnerTemp, 'courier/session/events.ndjson');
    // No turn waits for the log of events, which is written as soon as it can be.
    const isWritten = () =>
      model.requests.length === 3 && existsSync(file) && readFileSync(file, 'utf8').includes('Totals start at 1');
    const { code } = await bed.run({
      ...{ ...agentStep(model), runnerTemp },
      onSpawn: (child) => {
        const watch = setInterval(() => {
          if (isWritten()) child.kill('SIGKILL');
        }, 50);
        child.on('exit', () => clearInterval(watch));
      },
    });
    expect(code).toBeNull();
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('Totals start at 1');
    expect(parseLines(text, understandEvent).damaged).toBe(0);
  });
});
