import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readTicks, renderBox, type Ticks } from '../../src/events/dashboard-boxes.ts';
import { renderManagedBlock } from '../../src/findings/issue-markers.ts';
import { joinSafe, safe } from '../../src/publishing/safe-text.ts';
import { gate } from '../findings/issue-builders.ts';

const id = fc.stringMatching(/^F-[0-9a-hjkmnp-tv-z]{8}$/);

type Around = { others?: readonly string[]; label?: string; about?: string };

/** A dashboard with a box for everything, ticked as `ticks` says, and `others` unticked. */
function aDashboard(
  { scan, verify, file }: Ticks,
  { others = [], label = 'Label', about = 'dashboard' }: Around = {},
): string {
  const box = (asks: Parameters<typeof renderBox>[0], ticked: boolean) =>
    renderBox(asks, { ticked, label: gate.inline(label), gate });
  const boxes = [
    box({ asks: 'scan-now' }, scan),
    box({ asks: 'verify' }, verify),
    ...file.map((finding) => box({ asks: 'file', finding }, true)),
    ...others.map((finding) => box({ asks: 'file', finding }, false)),
  ];
  return renderManagedBlock(about, joinSafe(boxes, safe`\n`), gate);
}

it('reads from a text what was ticked in it, whatever stands beside the boxes and around them', () => {
  fc.assert(
    fc.property(
      fc.boolean(),
      fc.boolean(),
      fc.uniqueArray(id, { maxLength: 8 }),
      fc.string({ unit: 'binary' }),
      fc.string({ maxLength: 40 }),
      (scan, verify, ids, label, around) => {
        const ticks = { scan, verify, file: ids.slice(0, 3) };
        const body = aDashboard(ticks, { others: ids.slice(3), label });
        expect(readTicks(body)).toEqual(ticks);
        // As GitHub's editor leaves it, with people's text about it.
        const plain = around.replaceAll('<', '');
        expect(readTicks(`${plain}\r\n${body.replaceAll('\n', '\r\n')}\r\n${plain}`)).toEqual(ticks);
      },
    ),
  );
});

it.each([
  [
    'a box outside of the managed part',
    `${aDashboard({ scan: false, verify: false, file: [] })}\n- [x] <!-- courier:scan-now -->`,
  ],
  ['the issue of a finding', aDashboard({ scan: true, verify: true, file: [] }, { about: 'F-0000000a' })],
  ['a text without an end', aDashboard({ scan: true, verify: true, file: [] }).replace('<!-- courier:end -->', '')],
  ['nothing', ''],
])('takes nothing from %s', (_what, body) => {
  expect(readTicks(body)).toEqual({ scan: false, verify: false, file: [] });
});

it('stays fast on a long hostile text', () => {
  const line = '- [x] <!-- courier:file F-';
  const body = `<!-- courier:begin -->\n<!-- courier:dashboard -->\n${line.repeat(100_000)}\n<!-- courier:end -->`;
  expect(readTicks(body).file).toEqual([]);
});
