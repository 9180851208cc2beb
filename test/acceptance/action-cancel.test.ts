import { describe, expect, it } from 'vitest';
import { Session } from '../../src/sessions/session.ts';
import { aBed, agentStep, type Bed, leftOut, sandboxed } from './bed.ts';
import { aLongTime, cancelWhen, expectNothingLeft } from './killed-step.ts';

const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const report = call('report_finding', {
  title: 'Alpha is constant',
  description: 'It never changes.',
  evidence: [{ path: 'src/a.js', quote: 'export const alpha = 1;' }],
});
const files = { 'src/a.js': 'export const alpha = 1;\n', '.github/courier.yml': 'presets: none\n' };

function inLedger({ github }: Bed, folder: string): string[] {
  return Object.entries(github.files('acme/shop', 'courier-ledger')).flatMap(([path, text]) =>
    path.startsWith(folder) ? [text] : [],
  );
}
const recordsOf = (bed: Bed) => inLedger(bed, 'sessions/').map((text) => Session.parse(JSON.parse(text)));

/** A command that wants to outlive its session, under a word of its own. */
const stubborn = (word: string) =>
  `(setsid nohup sleep ${word} >/dev/null 2>&1 &); trap '' TERM INT HUP; sleep ${word}; sleep ${word}`;

describe.skipIf(!sandboxed)(`a job that is cancelled in GitHub while an agent is at work${leftOut}`, () => {
  it.each([
    { machine: 'works', ends: 'by itself' },
    { machine: 'hangs', ends: 'in its post step' },
  ] as const)(
    'ends $ends where its machine $machine: SIGINT, SIGTERM, SIGKILL leave a salvaged record, no process and no sandbox',
    { timeout: 400_000 },
    async ({ machine }) => {
      const bed = await aBed(files);
      const word = aLongTime();
      const model = await bed.model([report, call('bash', { command: stubborn(word) })]);
      const step = agentStep(model);
      const { runnerTemp, code } = await bed.run({ ...step, onSpawn: cancelWhen(model, 2, { machine }) });
      // `null`: a signal ended it.
      expect(code === null).toBe(machine === 'hangs');
      const before = recordsOf(bed);
      expect(before).toMatchObject([{ phase: machine === 'hangs' ? 'creating' : 'killed' }]);
      const post = await bed.run({ ...step, runnerTemp, post: true });
      expect(post.code).toBe(0);
      expect(recordsOf(bed)).toMatchObject([
        { phase: 'killed', result: 'partial', raised: [expect.stringMatching(/^F-/)] },
      ]);
      expect(inLedger(bed, 'findings/').join()).toContain('Alpha is constant');
      await expectNothingLeft(word, runnerTemp);
      if (machine === 'works') expect(recordsOf(bed)).toEqual(before);
    },
  );
});
