import { describe, expect, it } from 'vitest';
import { aBed, agentStep, leftOut, sandboxed } from '../acceptance/bed.ts';
import { expectNothingLeft } from '../acceptance/killed-step.ts';
import { createRandom } from '../bench/random.ts';
import { pick, seeds } from './rounds.ts';

const files = { 'src/a.js': 'export const a = 1;\n', '.github/courier.yml': 'presets: none\n' };
const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const report = call('report_finding', {
  title: 'A is constant',
  description: 'It never changes.',
  evidence: [{ path: 'src/a.js', quote: 'export const a = 1;' }],
});

describe.skipIf(!sandboxed)(`a step that is killed at any moment${leftOut}`, () => {
  it.each(seeds(50))(
    'leaves no process and no sandbox after its post step, nor twice an issue (seed %i)',
    async (seed) => {
      const random = createRandom(seed);
      const bed = await aBed(files);
      const mark = `8${process.pid}${seed}`;
      const daemon = `(setsid nohup sleep ${mark} >/dev/null 2>&1 &); (trap '' TERM INT HUP; sleep ${mark} & disown); sleep 0.2`;
      const script = [report, call('bash', { command: daemon }), report, call('finish', { summary: 'done' })];
      const signal = pick(random, ['SIGINT', 'SIGTERM', 'SIGKILL'] as const);
      const delay = 30 + random() * 1100;
      const { runnerTemp } = await bed.run({
        ...agentStep(await bed.model(script)),
        onSpawn: (child) => void setTimeout(() => child.kill(signal), delay).unref(),
      });
      const post = await bed.run({ runnerTemp, post: true });
      expect(post.code).toBe(0);
      await expectNothingLeft(mark, runnerTemp);
      const again = await bed.run(agentStep(await bed.model(script)));
      expect(again.outputs).toMatchObject({ result: 'complete', findings: '1' });
      expect(bed.github.repository().issues).toHaveLength(1);
    },
  );
});
