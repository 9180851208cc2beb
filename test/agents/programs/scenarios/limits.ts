import { expect } from 'vitest';
import type { AgentTask } from '../../../../src/agents/agent.ts';
import { type Asked, finish, shell, type Turn } from '../spoken-models.ts';
import { everyProgram, noticesIn, report, resumes, type Scenario, type Stage } from './scenario.ts';

/** Works on and on, until it is told that this is the end. */
function restless({ texts, index }: Asked): Turn {
  if (texts.includes('this is your last turn')) return texts.includes('Stored as r2') ? finish : report('late');
  return index === 0 ? report('early') : shell(`echo turn ${index}`);
}

async function expectLimit({ tool, open }: Stage, limit: string, task: Partial<AgentTask>, jumpMs = 0): Promise<void> {
  let now = Date.now();
  const said = ({ texts, index }: Asked) => {
    if (index === 1) now += jumpMs;
    return restless({ texts, index });
  };
  const bed = await open(said, { clock: { now: () => now } });
  const result = await bed.run(task);
  expect(result).toMatchObject({ ending: 'limited', stopReason: limit });
  const titles = [{ title: 'early' }, ...(resumes(tool) ? [{ title: 'late' }] : [])];
  expect(await bed.lines('issues.json')).toMatchObject(titles);
  expect(result.handedOver).toMatchObject(titles.map((line) => ({ line })));
  const can = resumes(tool) ? 'one turn to wrap up' : 'cannot be told to wrap up';
  expect(noticesIn(bed.events)).toMatch(new RegExp(`Limit reached \\(${limit}\\).*${can}`));
}

export const limits: readonly Scenario[] = [
  {
    name: 'gets one more run to hand over what it has at the limit of its turns, where it can; else what it reported is kept',
    suite: everyProgram,
    play: (stage) => expectLimit(stage, 'iterations', { maxIterations: 3 }),
  },
  {
    name: 'wraps up at the limit of its time',
    suite: ['codex'],
    play: (stage) => expectLimit(stage, 'timeout', { timeoutMs: 1_000_000 }, 890_000),
  },
  {
    name: 'is ended at the limit of its time, whatever it waits for',
    suite: ['codex'],
    async play({ tool, open }) {
      const stop = new AbortController();
      let [ahead, resumed] = [0, false];
      const clock = { now: () => Date.now() + ahead };
      const say = ({ texts, index }: Asked): Turn => {
        if (texts.includes('this is your last turn')) return texts.includes('Stored as r2') ? finish : report('late');
        if (index === 0) return report('early');
        if (resumed) return shell('sleep 300');
        // All of its time but seconds.
        ahead = 877_000;
        stop.abort();
        return shell('sleep 1');
      };
      const bed = await open(say, { clock });
      const task = { timeoutMs: 1_000_000 };
      expect(await bed.run(task, { stop: stop.signal })).toMatchObject({ ending: 'stopped' });
      resumed = true;
      const resume = { from: 'journal', entries: bed.journal, sandbox: 'kept' } as const;
      expect(await bed.run(task, { resume })).toMatchObject({ ending: 'limited', stopReason: 'timeout' });
      expect(await bed.lines('issues.json')).toMatchObject([
        { title: 'early' },
        ...(resumes(tool) ? [{ title: 'late' }] : []),
      ]);
    },
  },
  {
    name: 'spends no more than its budget',
    suite: ['claude-code'],
    async play({ open }) {
      const bed = await open(({ texts }) => (texts.includes('this is your last turn') ? finish : shell('echo more')));
      const result = await bed.run({ budgetUsd: 0.25 });
      expect(result).toMatchObject({ ending: 'limited', stopReason: 'budget' });
      expect(result.costUsd ?? 0).toBeLessThanOrEqual(0.25);
      // Without a price the budget is one in tokens, and that is said.
      const isTold = noticesIn(bed.events).includes(
        'is not known: against the budget a million of its tokens count as',
      );
      expect(isTold).toBe(result.costUsd === undefined);
    },
  },
];
