import { expect, it } from 'vitest';
import { surveyFiles, watchAttention } from '../../src/flows/watch-attention.ts';

const text = Array.from({ length: 60 }, (_, line) => `export const value${line} = compute(${line});`).join('\n');
const files = new Map([
  ['src/seen.ts', text],
  ['src/other.ts', text.replaceAll('value', 'thing').replaceAll('compute', 'reckon')],
]);
const read = async (path: string) => new TextEncoder().encode(files.get(path));

it('what an agent tool of others reads by tools of its own was looked at, what it reported was not', async () => {
  const repository: Parameters<typeof watchAttention>[2]['repository'] = Object.assign(Object.create(null), { read });
  const attention = {
    files: await surveyFiles([...files.keys()], repository),
    coverage: new Map(),
    marked: new Set<string>(),
  };
  const clock = { now: () => Date.UTC(2026, 10, 22) };
  const watch = watchAttention({ name: 'security', paths: [] }, attention, { repository, clock });
  const numbered = text
    .split('\n')
    .map((line, index) => `${index + 1}\t${line}`)
    .join('\n');
  watch.onEvent({ type: 'tool-use', id: 'a', tool: 'Read', input: { file_path: '/home/user/repo/src/seen.ts' } });
  watch.onEvent({ type: 'tool-result', id: 'a', ok: true, output: numbered, durationMs: 1 });
  watch.onEvent({ type: 'tool-use', id: 'b', tool: 'report_finding', input: {} });
  watch.onEvent({ type: 'tool-result', id: 'b', ok: true, output: files.get('src/other.ts') ?? '', durationMs: 1 });
  const { looks } = await watch.settle();
  expect(looks.map(({ path }) => path)).toEqual(['src/seen.ts']);
});
