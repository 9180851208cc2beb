import { expect, it } from 'vitest';
import { createProgress } from '../../src/cli/progress.ts';

function watch({ isTTY = false, env = {}, flags = [] as string[] } = {}) {
  let now = 0;
  let text = '';
  const stderr = { isTTY, columns: 60, write: (it: string) => (text += it) };
  const progress = createProgress({ stderr, env }, new Set(flags), () => now);
  return { ...progress, wait: (milliseconds: number) => (now += milliseconds), written: () => text };
}

it('writes a line every few seconds where nobody watches, without control characters', () => {
  const it = watch();
  for (let i = 0; i < 100; i++) {
    it.show({ step: 'agent', iteration: i, of: 100, costUsd: 0.1 });
    it.wait(100);
  }
  it.end();
  expect(it.written().split('\n').length - 1).toBe(4);
  expect(it.written()).not.toMatch(/[^\n\P{Cc}]/u);
  expect(it.written()).toContain('iteration 90 of 100');
});

it('redraws one line on a terminal, keeps messages apart from it and leaves nothing behind', () => {
  const it = watch({ isTTY: true });
  it.show({ step: 'check oxlint', done: 0.25 });
  it.log.info('3 files to look at.');
  it.show({ step: 'too soon' });
  it.wait(100);
  it.show({ step: 'check tsc', done: 0.5 });
  it.end();
  const screen = replay(it.written());
  expect(it.written()).toContain('\u001b[36m');
  expect(it.written()).not.toContain('too soon');
  expect(it.written()).toContain('check tsc');
  expect(screen).toEqual(['3 files to look at.', '']);
});

it.each([
  { env: { NO_COLOR: '1' }, flags: [] as string[] },
  { env: {}, flags: ['no-color'] },
])('draws without escape sequences where colours are not wanted: %j', (given) => {
  const it = watch({ isTTY: true, ...given });
  it.show({ step: 'check oxlint', done: 0.25 });
  it.end();
  expect(it.written()).toContain('check oxlint');
  expect(it.written()).not.toContain('\u001b');
});

it('takes a dumb terminal for none', () => {
  const it = watch({ isTTY: true, env: { TERM: 'dumb' } });
  it.show({ step: 'check oxlint', done: 0.25 });
  expect(it.written()).not.toMatch(/[^\n\P{Cc}]/u);
});

it('says nothing but warnings and errors when it is quiet, on one clean line each', () => {
  const it = watch({ isTTY: true, flags: ['quiet'] });
  it.show({ step: 'check oxlint' });
  it.log.info('nothing');
  it.log.warn('a\u001b[2Jb\nc');
  expect(it.written()).toBe('ab c\n');
});

/** The lines that a terminal shows in the end. */
function replay(text: string): string[] {
  const plain = text.replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, 'g'), '');
  return plain.split('\n').map((line) => {
    let cells = '';
    for (const part of line.split('\r')) cells = part + cells.slice(part.length);
    return cells.trimEnd();
  });
}
