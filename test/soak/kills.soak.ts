import { describe, expect, it } from 'vitest';
import { aBed, agentStep, type Bed, leftOut, sandboxed } from '../acceptance/bed.ts';
import { aLongTime, expectNothingLeft, killWhen } from '../acceptance/killed-step.ts';
import type { Step } from '../acceptance/run-step.ts';
import { createRandom } from '../bench/random.ts';
import type { AnthropicDouble } from '../fakes/anthropic/start-anthropic.ts';
import { pick, seeds } from './rounds.ts';

const files = { 'src/a.js': 'export const a = 1;\n', '.github/courier.yml': 'presets: none\n' };
const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const report = call('report_finding', {
  title: 'A is constant',
  description: 'It never changes.',
  evidence: [{ path: 'src/a.js', quote: 'export const a = 1;' }],
});

/** At any time after the start, or at any turn of the agent: with a call of the model or a command under way, or while it is recorded. */
function killAnywhere(random: () => number, model: AnthropicDouble): NonNullable<Step['onSpawn']> {
  const signal = pick(random, ['SIGINT', 'SIGTERM', 'SIGKILL'] as const);
  const turn = pick(random, [0, 1, 2, 3, 4]);
  if (turn > 0) return killWhen(model, turn, signal, { delay: random() * 600 });
  const delay = 30 + random() * 3000;
  return (child) => void setTimeout(() => child.kill(signal), delay).unref();
}

const ledgerOf = ({ github }: Bed) => Object.entries(github.files('acme/shop', 'courier-ledger'));

/** Finding and end of each session, as the ledger has them. */
function recorded(bed: Bed): { findings: string; phases: string[] } {
  const under = (folder: string) => ledgerOf(bed).flatMap(([path, text]) => (path.startsWith(folder) ? [text] : []));
  const phases = under('sessions/').map((text) => String(JSON.parse(text).phase));
  return { findings: under('findings/').join('\n'), phases };
}

describe.skipIf(!sandboxed)(`a step that is killed at any moment${leftOut}`, () => {
  it.each(seeds(50))(
    'loses no finding that was reported, and leaves no process, no sandbox and no open record (seed %i)',
    async (seed) => {
      const random = createRandom(seed);
      const bed = await aBed(files);
      const mark = aLongTime();
      const daemon = `(setsid nohup sleep ${mark} >/dev/null 2>&1 &); (trap '' TERM INT HUP; sleep ${mark} & disown); sleep 0.2`;
      const script = [report, call('bash', { command: daemon }), report, call('finish', { summary: 'done' })];
      const model = await bed.model(script);
      const { runnerTemp } = await bed.run({ ...agentStep(model), onSpawn: killAnywhere(random, model) });
      const post = await bed.run({ runnerTemp, post: true });
      expect(post.code).toBe(0);
      await expectNothingLeft(mark, runnerTemp);
      // The second call of the model has the answer to the first report.
      const left = recorded(bed);
      if (model.requests.length >= 2) expect(left.findings).toContain('A is constant');
      expect(left.phases.filter((phase) => !['completed', 'killed', 'cancelled', 'failed'].includes(phase))).toEqual(
        [],
      );
      const again = await bed.run(agentStep(await bed.model(script)));
      expect(again.outputs).toMatchObject({ result: 'complete', findings: '1' });
      expect(bed.github.repository().issues).toHaveLength(1);
    },
    180_000,
  );
});
