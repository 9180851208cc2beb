import { expect, it } from 'vitest';
import { createStepProgress } from '../../action/progress.ts';

function aLog() {
  const lines: string[] = [];
  let now = 0;
  const progress = createStepProgress(
    {
      info: (line) => lines.push(line),
      startGroup: (name) => lines.push(`> ${name}`),
      endGroup: () => lines.push('<'),
    },
    () => now,
  );
  return { lines, progress, at: (seconds: number) => (now = seconds * 1000) };
}

it('tells a step at most every 5 s in the first minute and every 60 s after, and the last one always', () => {
  const { lines, progress, at } = aLog();
  for (let second = 0; second <= 180; second++) {
    at(second);
    progress.tell({ step: `check ${second}` });
  }
  progress.end();
  const told = lines.map((line) => Number(/\d+/.exec(line)?.[0]));
  expect(told.slice(0, 4)).toEqual([0, 5, 10, 15]);
  expect(told.filter((second) => second >= 60).length).toBeLessThanOrEqual(4);
  expect(told.at(-1)).toBe(180);
});

it('gives each turn of the agent a group with the names of its tools', () => {
  const { lines, progress } = aLog();
  progress.tell({ step: 'agent', iteration: 1, of: 40 });
  progress.tell({ step: 'agent', iteration: 1, of: 40, tool: 'bash', costUsd: 0.5 });
  progress.tell({ step: 'agent', iteration: 2, of: 40, costUsd: 0.5 });
  progress.end();
  expect(lines).toEqual([
    '> agent · iteration 1 of 40 · 0 s',
    'bash',
    '<',
    '> agent · iteration 2 of 40 · 0 s · $0.50',
    '<',
  ]);
});
