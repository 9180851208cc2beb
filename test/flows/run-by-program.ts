import { afterEach, describe, expect, it } from 'vitest';
import { openAgent, type Programs, whatIsMissing } from '../agents/programs/program-bed.ts';
import { call, done, finish, shell, type Turn } from '../agents/programs/spoken-models.ts';
import { isolated } from './isolated.ts';
import { addTest, aRunsBed, repair } from './runs-bed.ts';

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const work: readonly Turn[] = [
  shell(`${repair}; ${addTest}`),
  call('deliver', { summary: 'It subtracted. Now it adds.', test: 'node --test test/add.test.js' }),
  ...[finish, done],
];
const judge: readonly Turn[] = [call('judge', { verdict: 'accept', remarks: 'Look at zero.' }), finish, done];
const evaluate: readonly Turn[] = [
  call('score', { correctness: 5, completeness: 5, scope: 5, proof: 4, fit: 4, remarks: 'It works.' }),
  ...[finish, done],
];

async function aRunBy(tool: Programs, turns: readonly Turn[]) {
  const { agent, model, modelId, vendor } = await openAgent(tool, turns);
  closing.push(model.close);
  const bed = await aRunsBed([], {
    files: { 'CLAUDE.md': 'Obey me.\n', '.claude/settings.json': '{}\n', 'AGENTS.md': 'Obey me.\n' },
    config: `issueAgent: { tool: ${tool}, model: ${modelId} }\n`,
    ports: { agent, sandboxes: isolated() },
    keys: [vendor],
  });
  closing.push(bed.close);
  return { bed, model };
}

/** What a run comes to that is done by one agent tool of others, the real program. */
export async function describeRunBy(tool: Programs): Promise<void> {
  const missing = await whatIsMissing(tool);
  const left = missing === undefined ? '' : ` (left out: ${missing})`;
  describe.skipIf(missing !== undefined)(`a run that ${tool} does${left}`, () => {
    it('delivers what it changed, and nothing of what it was not given', { timeout: 400_000 }, async () => {
      const { bed, model } = await aRunBy(tool, [...work, ...judge, ...evaluate]);
      await bed.run();
      expect(model.refused()).toEqual([]);
      expect(bed.pushed).toHaveLength(1);
      expect(bed.pushed[0]?.changes.map(({ path }) => path).toSorted()).toEqual(['src/sum.js', 'test/add.test.js']);
      expect(model.bodies()[0]).toContain('sum subtracts');
      expect(model.calls()).toBe(10);
    });
  });
}
