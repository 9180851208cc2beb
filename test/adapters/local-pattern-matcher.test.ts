import { expect, it } from 'vitest';
import { createPatternMatcher } from '../../src/adapters/local/pattern-matcher.ts';

const match = createPatternMatcher();

it('searches for a regular expression, line by line', async () => {
  expect(await match('^total: 1$', 'a\ntotal: 1\nb')).toBe(true);
  expect(await match('total: [2-9]', 'total: 1')).toBe(false);
});

it('searches for what is no expression as it stands', async () => {
  expect(await match('query(name', 'db.query(name)')).toBe(true);
});

it('gives up an expression that backtracks without end, and lets the process go on meanwhile', async () => {
  let ticks = 0;
  const tick = () => {
    ticks += 1;
    ticking = setImmediate(tick);
  };
  let ticking = setImmediate(tick);
  const found = await createPatternMatcher(300)('^(a+)+$', `${'a'.repeat(50)}b`);
  clearImmediate(ticking);
  expect(found).toEqual({ undetermined: 'its pattern takes too long to search for' });
  expect(ticks).toBeGreaterThan(0);
});

it('searches all the same where this machine is too busy to start a thread or to hear of it in time', async () => {
  // Timers are the next that this process looks at.
  await new Promise((resolve) => void setImmediate(resolve));
  const found = createPatternMatcher(1000)('^total: 1$', 'a\ntotal: 1\nb');
  // Nothing of it goes on meanwhile.
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1100);
  expect(await found).toBe(true);
});

it('refuses an expression that no person wrote', async () => {
  expect(await match('a'.repeat(5000), 'a')).toEqual({ undetermined: 'its pattern is too long' });
});
