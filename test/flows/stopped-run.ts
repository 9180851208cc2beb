import { expect, onTestFinished } from 'vitest';
import type { Ports } from '../../src/flows/ports.ts';
import { accept, addTest, aRunsBed, bash, deliver, finish, repair, score } from './runs-bed.ts';

const config =
  'blueprints: { fix: { steps: [{ role: implementer }, { run: "sleep 600" }, { role: judge }, { role: evaluator }] } }\n';
const quick = config.replace('sleep 600', 'true');
export const turns = [bash(`${repair}; ${addTest}`), deliver(), finish(), accept(), finish(), score(), finish()];

export type Way = 'cancel' | 'stop';
/** At a turn of the model, when a gate runs, or when the work is pushed. */
export type Stage = { turn: number } | 'gate' | 'push';

/** A run that somebody stops by a comment, or cancels in GitHub, at a stage. */
async function runEndedAt(stage: Stage, way: Way) {
  const cancelled = new AbortController();
  const said = Promise.withResolvers<void>();
  let asked = false;
  const strike = () => {
    if (way === 'cancel') cancelled.abort();
    asked = way === 'stop';
  };
  const letter = { id: 'x', at: new Date().toISOString(), from: 'wanda', kind: 'stop', text: '' } as const;
  const mailbox: Ports['mailbox'] = () => ({
    async read() {
      if (!asked) return [];
      said.resolve();
      return [letter];
    },
  });
  const ports: Partial<Ports> = {
    mailbox,
    progress: ({ step }) => {
      if (stage === 'gate' && step === 'sleep 600') strike();
    },
  };
  const bed = await aRunsBed(
    (_, index) => {
      const turn = turns[index] ?? finish();
      if (typeof stage !== 'object' || index !== stage.turn) return turn;
      strike();
      // Letters are looked for every two seconds, and after the last turn by nobody.
      return way === 'stop' && index === turns.length - 1 ? { ...turn, until: said.promise } : turn;
    },
    { config: stage === 'gate' ? config : quick, ports },
  );
  onTestFinished(() => bed.close());
  const outcome = await bed.run(undefined, {
    signal: cancelled.signal,
    pushing: async () => {
      if (stage !== 'push') return;
      strike();
      if (way === 'stop') await said.promise;
    },
  });
  return { bed, outcome, runs: await bed.runs() };
}

export async function expectStopped(stage: Exclude<Stage, 'push'>, way: Way): Promise<void> {
  const { bed, outcome, runs } = await runEndedAt(stage, way);
  expect(bed.pushed).toEqual([]);
  expect(outcome.session).toMatchObject({ phase: 'killed', stopReason: 'user', issueRun: { outcome: 'stopped' } });
  expect([runs?.claim, runs?.attempts]).toMatchObject([undefined, [{ outcome: 'stopped' }]]);
  expect([bed.issue.labels, runs?.label]).toEqual([[], undefined]);
}

/** What was under way to GitHub is there, and said to be there. */
export async function expectPushed(way: Way): Promise<void> {
  const { bed, outcome, runs } = await runEndedAt('push', way);
  expect(bed.pushed).toHaveLength(1);
  expect(outcome.session).toMatchObject({ phase: 'completed', result: 'complete', issueRun: { outcome: 'pushed' } });
  expect([runs?.claim, runs?.attempts]).toMatchObject([undefined, [{ outcome: 'pushed' }]]);
  expect([bed.issue.labels, runs?.label]).toEqual([[], undefined]);
}
