import { expect, it } from 'vitest';
import { costOf } from '../../src/agents/prices.ts';
import { createFakeSandbox } from '../fakes/sandbox.ts';
import { bash, finish, runScripted } from './scripted-session.ts';

const listing = (lines: number) =>
  Array.from({ length: lines }, (_, line) => `${line + 1}: const value${line} = read('${line}');`).join('\n');

it('reads at least 90 % of the input of a session of 30 turns from the cache, parallel calls included', async () => {
  const sandbox = createFakeSandbox({ commands: { 'sed -n 1,60p src/app.ts': { stdout: listing(60) } } });
  const { result, api } = await runScripted(
    (_request, index) => {
      if (index === 29) return finish();
      const one = bash('sed -n 1,60p src/app.ts').toolUses ?? [];
      // Every tenth turn calls more tools at once than the cache's look-back reaches over.
      return { thinking: 'What does it do with the value?', toolUses: index % 10 === 5 ? Array(12).fill(one[0]) : one };
    },
    { sandbox, task: { files: Array.from({ length: 2000 }, (_, file) => `src/module${file % 40}/file${file}.ts`) } },
  );
  expect(result.ending).toBe('finished');
  expect(api.requests).toHaveLength(30);
  expect(api.refused).toEqual([]);
  const { inputTokens, cacheReadTokens, cacheWriteTokens } = result.usage;
  expect(cacheReadTokens / (inputTokens + cacheReadTokens + cacheWriteTokens)).toBeGreaterThan(0.9);
  // Nothing is ever paid at the full rate: what is not read is written.
  expect(inputTokens).toBe(0);
  const uncached = costOf('claude-opus-5-5', {
    ...result.usage,
    inputTokens: inputTokens + cacheReadTokens + cacheWriteTokens,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
  });
  expect(result.costUsd).toBeLessThan((uncached ?? 0) / 3);
});

it('sends the same system prompt and tools in every turn, to the byte', async () => {
  const { api } = await runScripted((_request, index) => (index === 4 ? finish() : bash('ls')), {
    sandbox: createFakeSandbox({ commands: { ls: { stdout: 'src\n' } } }),
  });
  const heads = api.requests.map(({ body: { system, tools, model, thinking, output_config } }) =>
    JSON.stringify({ system, tools, model, thinking, output_config }),
  );
  expect(new Set(heads).size).toBe(1);
});
