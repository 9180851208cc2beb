import fc from 'fast-check';
import { expect, it } from 'vitest';
import { costText, dateText, durationText, elapsedText, timeText } from '../../src/reports/measures.ts';
import { displayWidth } from '../../src/reports/plain-text.ts';
import { renderProgressLine } from '../../src/reports/progress-line.ts';

const progress = { step: 'scan security', done: 0.25, iteration: 3, of: 40, tool: 'bash', costUsd: 0.1234 };

it('shows a bar, the iteration, the tool, the time and the cost on a terminal', () => {
  expect(renderProgressLine(progress, { width: 120, colour: false, elapsedMs: 65_000 })).toBe(
    '█████░░░░░░░░░░░░░░░ 25%   scan security  iteration 3 of 40  bash  1 min 05 s  $0.12',
  );
});

it('is a plain line without a terminal', () => {
  expect(renderProgressLine(progress, { colour: false, elapsedMs: 65_000 })).toBe(
    '25%, scan security, iteration 3 of 40, bash, 1 min 05 s, $0.12',
  );
  expect(renderProgressLine({ step: 'checks' }, { colour: false, elapsedMs: 900 })).toBe('checks, 0 s');
});

it('wanders along the bar while the share is not known', () => {
  const at = (elapsedMs: number) =>
    renderProgressLine({ step: 'x' }, { width: 80, colour: false, elapsedMs }).slice(0, 20);
  expect(at(0)).toBe('████░░░░░░░░░░░░░░░░');
  expect(at(1000)).toBe('░░░░░████░░░░░░░░░░░');
});

it('stays in one line of the terminal, whatever the numbers and names', () => {
  fc.assert(
    fc.property(
      fc.record({
        step: fc.string({ unit: 'grapheme' }),
        done: fc.double(),
        tool: fc.string(),
        costUsd: fc.double({ min: 0, max: 1e6, noNaN: true }),
      }),
      fc.integer({ min: 20, max: 200 }),
      fc.integer({ min: 0, max: 1e9 }),
      (value, width, elapsedMs) => {
        const line = renderProgressLine(value, { width, colour: false, elapsedMs });
        expect(line).not.toMatch(/\n/);
        expect(displayWidth(line)).toBeLessThan(width);
      },
    ),
  );
});

it('words times, costs and dates', () => {
  expect([elapsedText(8_900), elapsedText(125_000), elapsedText(3_725_000)]).toEqual([
    '8 s',
    '2 min 05 s',
    '1 h 02 min',
  ]);
  expect([timeText(310.4), timeText(2_100)]).toEqual(['310 ms', '2 s']);
  expect([costText(0), costText(0.0042), costText(1.237)]).toEqual(['$0.00', '$0.0042', '$1.24']);
  expect(dateText('2026-11-20T09:05:00Z')).toBe('20 Nov 2026, 09:05 UTC');
  expect(dateText('soon')).toBe('soon');
  expect(durationText({ startedAt: '2026-11-20T10:00:00Z' })).toBeUndefined();
});
