import { expect } from 'vitest';
import type { Bed } from '../program-bed.ts';
import { call, done, shell, type Turn } from '../spoken-models.ts';
import { noticesIn, resumes, type Stage } from './scenario.ts';

type Script = { before: readonly Turn[]; after: readonly Turn[] };

/** A model for a session in which somebody breaks in once it has said what comes `before`; resumed, it says the rest. */
export function breakingIn({ before, after }: Script): { stop: AbortSignal; turns: () => Turn } {
  const stop = new AbortController();
  const asked = { before: 0, after: 0 };
  const turns = (): Turn => {
    if (stop.signal.aborted) return after[asked.after++] ?? done;
    const turn = before[asked.before++];
    if (turn) return turn;
    stop.abort();
    return shell('sleep 1');
  };
  return { stop: stop.signal, turns };
}

export const asks = call('ask_question', { question: 'Is the search public?' });
const answers = [{ questionId: 'q1', from: 'maria', text: 'It is public.' }];
const handedOver = ['issues.json', 'issues.json', 'issues.json', 'questions.json'];

/** The session is resumed with the answer and hands over three findings in all. `had` or `told`: what its model knows of the time before. */
export async function expectResumed(
  { tool, bed }: Pick<Stage, 'tool'> & { bed: Bed },
  stopped: Awaited<ReturnType<Bed['run']>>,
  { titles, had, told }: { titles: readonly { title: string }[]; had: string; told: string },
): Promise<void> {
  expect(stopped).toMatchObject({ ending: 'stopped', stopReason: 'user' });
  const begun = bed.model.calls();
  const resume = { from: 'journal', entries: bed.journal, sandbox: 'kept', answers } as const;
  const resumed = await bed.run({}, { resume });
  expect(resumed).toMatchObject({ ending: 'finished', finalText: 'Looked at all of it.' });
  expect(resumed.iterations).toBeGreaterThan(stopped.iterations);
  expect(resumed.usage.outputTokens).toBeGreaterThan(stopped.usage.outputTokens);
  expect(await bed.lines('issues.json')).toMatchObject(titles);
  expect(await bed.lines('questions.json')).toMatchObject([
    { questions: [{ id: 'q1', question: 'Is the search public?' }] },
  ]);
  expect(resumed.handedOver?.map(({ file }) => file).sort()).toEqual(handedOver);
  const took = bed.model.bodies()[begun];
  expect(took).toContain('It is public.');
  // What it read is still there, or it is told what came of it.
  expect(took).toContain(resumes(tool) ? had : told);
  expect(noticesIn(bed.events)).toMatch(
    resumes(tool) ? /Resumed from the transcript|its own conversation goes on/ : /begins anew/,
  );
  expect(bed.model.refused()).toEqual([]);
}
