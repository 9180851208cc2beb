import { expect, it } from 'vitest';
import type { AgentResult } from '../../src/agents/agent.ts';
import { noUsage } from '../../src/agents/usage.ts';
import { readOutput } from '../../src/flows/scan-output.ts';
import { ExternalError } from '../../src/lib/errors.ts';
import { createFakeSandbox } from '../fakes/sandbox.ts';

const unreadable = {
  ...createFakeSandbox(),
  readFile: () => Promise.reject(new ExternalError('issues.json has more than 50000000 bytes.')),
};
const ended: AgentResult = {
  ...{ ending: 'finished', iterations: 2, usage: noUsage, costUsd: 0, model: 'm', finalText: '' },
};
const nothing = { file: 'issues.json', line: { issues: [] } } as const;
const finding = { file: 'issues.json', line: { id: 'r1', title: 'A is constant' }, use: 't1' } as const;

it('an output that cannot be read is no empty one, though the agent ended with nothing to report', async () => {
  const result = { ...ended, handedOver: [nothing] };
  await expect(readOutput(unreadable, 'issues.json', result)).rejects.toThrow('more than 50000000 bytes');
});

it('what was handed over is kept where the file cannot be read', async () => {
  const kept = await readOutput(unreadable, 'issues.json', { ...ended, handedOver: [finding, nothing] });
  expect(new TextDecoder().decode(kept)).toContain('A is constant');
});
