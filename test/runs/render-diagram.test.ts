import { expect, it } from 'vitest';
import { Blueprint } from '../../src/config/blueprint.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { renderDiagram } from '../../src/runs/render-diagram.ts';

const gate = createGate({ secrets: [] });
const { steps } = Blueprint.parse({
  steps: [
    { role: 'planner' },
    { role: 'implementer' },
    { run: 'npm test -- --filter="a[b]"', retries: 1 },
    { role: 'judge' },
  ],
});

it('draws the steps, where the work goes back to, and how far each is', () => {
  const walk = [
    { step: 0, round: 1, ended: { end: 'done' as const } },
    { step: 1, round: 1, ended: { end: 'done' as const } },
    { step: 2, round: 1, ended: { end: 'failed' as const, why: 'x' } },
    { step: 1, round: 2 },
  ];
  expect(renderDiagram(steps, walk, gate)).toBe(
    [
      '```mermaid',
      'flowchart LR',
      '  s0["planner"]:::done',
      '  s1["implementer"]:::running',
      '  s2{{"npm-test-filter-a-b"}}:::waiting',
      '  s3["judge"]:::waiting',
      '  s0 --> s1',
      '  s1 --> s2',
      '  s2 --> s3',
      '  s2 -.-> s1',
      '  s3 -.-> s1',
      '  classDef waiting stroke-dasharray: 4',
      '  classDef running stroke:#1d76db,stroke-width:3px',
      '  classDef done stroke:#0e8a16',
      '  classDef failed stroke:#b60205',
      '```',
    ].join('\n'),
  );
});
