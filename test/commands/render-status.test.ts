import { describe, expect, it } from 'vitest';
import { parseCommands } from '../../src/commands/parse-commands.ts';
import { renderStage, renderStatus, type Said, type Stage } from '../../src/commands/render-status.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { safe } from '../../src/publishing/safe-text.ts';

const gate = createGate({ secrets: ['hunter2hunter2'] });
const [help, scan] = parseCommands('/courier help\n/courier scan');
const render = (...said: Said[]) => {
  const { mark, body } = renderStatus({ id: 7 }, said, gate);
  expect(body.endsWith(`\n\n${mark}`)).toBe(true);
  return body.slice(0, -mark.length).trimEnd();
};
const footer = '\n\n<sub>In answer to comment 7.</sub>';

describe('a status comment', () => {
  it.each<[string, Said[], string]>([
    ['one answer is the comment', [{ outcome: 'done', line: help, say: safe`Fine.` }], 'Fine.'],
    ['an answer whose words were lost', [{ outcome: 'done', line: help, say: undefined }], 'done'],
    [
      'what a workflow does stands between marks',
      [{ outcome: 'started', line: scan, say: safe`A run does it.` }],
      '<!-- courier:part 0 0 -->\nA run does it.\n<!-- courier:part-end -->',
    ],
    [
      'several answers, each behind its verb',
      [
        { outcome: 'done', line: help, say: safe`Fine.` },
        { outcome: 'started', line: scan, say: safe`A run does it.` },
      ],
      '`help`: Fine.\n\n`scan`:\n\n<!-- courier:part 1 0 -->\nA run does it.\n<!-- courier:part-end -->',
    ],
    [
      'a list begins on a line of its own',
      [
        { outcome: 'done', line: help, say: safe`- a\n- b` },
        { outcome: 'refused', line: undefined, say: safe`No.` },
      ],
      '`help`:\n\n- a\n- b\n\nNo.',
    ],
  ])('%s', (_, said, text) => {
    expect(render(...said)).toBe(text + footer);
  });
});

describe('how far a workflow is', () => {
  it.each<[string, Stage, string]>([
    ['nothing known', {}, '`░░░░░░░░░░░░░░░░░░░░` 1 min 05 s'],
    ['a share', { done: 0.5 }, '`██████████░░░░░░░░░░` 1 min 05 s'],
    [
      'an agent',
      { iteration: 11, of: 40, costUsd: 0.423, tool: 'bash' },
      '`█████░░░░░░░░░░░░░░░` iteration 11 of 40 · 1 min 05 s · $0.42 · `bash`',
    ],
    ['an agent without a limit', { iteration: 3 }, '`░░░░░░░░░░░░░░░░░░░░` iteration 3 · 1 min 05 s'],
    ['numbers that cannot be', { done: Number.NaN }, '`░░░░░░░░░░░░░░░░░░░░` 1 min 05 s'],
    ['more than all', { done: 7 }, '`████████████████████` 1 min 05 s'],
    ['a secret in a name', { tool: 'hunter2hunter2' }, '`░░░░░░░░░░░░░░░░░░░░` 1 min 05 s · `***`'],
  ])('%s', (_, stage, text) => {
    expect(renderStage(stage, { elapsedMs: 65_000, run: undefined, gate })).toBe(text);
  });

  it('links the run, and says nothing but names of tools, counts and cost', () => {
    const reading = { step: 'check src/secret.ts', tool: 'bash', detail: 'found a hole' };
    const text = renderStage(reading, { elapsedMs: 1000, run: 'https://github.com/acme/shop/actions/runs/5', gate });
    expect(text).toBe('`░░░░░░░░░░░░░░░░░░░░` 1 s · `bash` · [run](https://github.com/acme/shop/actions/runs/5)');
  });
});
