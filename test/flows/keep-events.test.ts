import { expect, it } from 'vitest';
import { keepEvents } from '../../src/flows/keep-events.ts';
import type { Output } from '../../src/flows/ports.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { understandEvent } from '../../src/sessions/session-event.ts';

/** A session's folder in memory. */
function aFolder(text = ''): Output & { lines(): number[] } {
  let kept = text;
  const append: Output['append'] = async (_path, line) => {
    kept += `${kept === '' || kept.endsWith('\n') ? '' : '\n'}${line}\n`;
  };
  const read: Output['read'] = async () => (kept === '' ? undefined : kept);
  const other = { folder: '/session', write: async () => '', list: async () => [], remove: async () => {} };
  const lines = () =>
    kept.split('\n').flatMap((line) => {
      try {
        return understandEvent(JSON.parse(line))?.seq ?? [];
      } catch {
        return [];
      }
    });
  return { ...other, append, read, lines };
}

async function aPart(folder: Output, texts: readonly string[]): Promise<void> {
  const gate = createGate({ secrets: [] });
  const events = keepEvents(
    { session: 'S1', withheld: false },
    { folder, gate, clock: { now: () => 0 }, watch: undefined },
  );
  for (const text of texts) events.add({ type: 'notice', text });
  await events.flush();
}

it('numbers the events of a session that goes on after those that it has', async () => {
  const folder = aFolder();
  await aPart(folder, ['a', 'b']);
  await aPart(folder, ['c', 'd']);
  expect(folder.lines()).toEqual([0, 1, 2, 3]);
});

it('goes on after the last whole line where a kill tore one off', async () => {
  const whole = aFolder();
  await aPart(whole, ['a', 'b']);
  const text = (await whole.read('', { maxBytes: 1e6 })) ?? '';
  const folder = aFolder(`${text}{"version":1,"se`);
  await aPart(folder, ['c']);
  expect(folder.lines()).toEqual([0, 1, 2]);
});
