import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { followOutput } from '../../src/adapters/e2b/follow-output.ts';
import type { Inside } from '../../src/adapters/e2b/inside.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** An output whose last lines come when the test says so, after the result is there. */
function anOutput() {
  const heard: string[] = [];
  const { promise: over, resolve: end } = Promise.withResolvers<void>();
  let hear: (line: string) => void = () => {};
  const inside: Pick<Inside, 'run' | 'follow'> = {
    run: async () => ({ exitCode: 0, stdout: '', stderr: '' }),
    follow: (_line, { onLine }) => {
      hear = onLine;
      return over;
    },
  };
  const following = followOutput('id', ({ text }) => heard.push(text), { inside, most: 1000 });
  let isComplete = false;
  const completing = following.complete().then(() => {
    isComplete = true;
  });
  return { heard, end, say: (word: string) => hear(`out ${btoa(word)}`), completing, isComplete: () => isComplete };
}

it('waits for the last of an output for as long as something of it comes', async () => {
  const { heard, end, say, completing, isComplete } = anOutput();
  for (const word of ['one', 'two', 'three']) {
    await vi.advanceTimersByTimeAsync(9999);
    say(word);
  }
  expect(isComplete()).toBe(false);
  end();
  await completing;
  expect(heard).toEqual(['one', 'two', 'three']);
});

it('does not wait for one that has fallen silent', async () => {
  const { say, completing } = anOutput();
  say('one');
  await vi.advanceTimersByTimeAsync(10_000);
  await completing;
});
