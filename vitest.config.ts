import { availableParallelism } from 'node:os';
import { configDefaults, defineConfig } from 'vitest/config';
import LongestFirst from './test/longest-first.ts';

/** What runs in a process of its own, or holds a port, a socket or the environment: each file gets a fresh worker. */
const alone = ['acceptance', 'action', 'adapters', 'agents/programs', 'app', 'cli', 'contracts', 'docs'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

const cores = Math.min(availableParallelism(), 8);

export default defineConfig({
  test: {
    globalSetup: ['test/left-out.ts'],
    setupFiles: ['test/setup.ts'],
    // Nothing waits for these times: they are there for machines that are many times slower, or busy with much else.
    testTimeout: 300_000,
    hookTimeout: 300_000,
    // A condition is waited for as long as a busy machine takes: the test's own time-out ends it.
    expect: { poll: { timeout: 280_000 } },
    sequence: { sequencer: LongestFirst },
    // One that failed by chance among thousands holds nothing up, and is named: `--retry=0` shows it as it is.
    retry: 1,
    reporters: [...configDefaults.reporters, './test/unstable.ts'],
    projects: [
      // They wait for other processes about half of their time: with one worker for each core, half of the cores would have nothing to do.
      {
        extends: true,
        test: {
          name: 'faces',
          include: ['test/*.test.ts', ...alone],
          maxWorkers: 2 * cores,
          // To start a process the system copies the tables of this one's memory: with little garbage in it, that costs half as much. In megabytes.
          execArgv: ['--max-semi-space-size=2'],
          sequence: { groupOrder: 0 },
        },
      },
      // Rooms and flows keep no state of their own, so that their tests share a worker: it costs half as much as one for each file.
      // They compute all of their time: more workers than cores would only compete.
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['test/*/**/*.test.ts'],
          exclude: alone,
          isolate: false,
          maxWorkers: cores,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
});
