import { defineConfig } from 'vitest/config';

/** What runs in a process of its own, or holds a port, a socket or the environment: each file gets a fresh worker. */
const alone = ['acceptance', 'action', 'adapters', 'agents/programs', 'app', 'cli', 'contracts', 'docs'].map(
  (folder) => `test/${folder}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    globalSetup: ['test/left-out.ts'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // Two cores: more workers than that only compete.
    maxWorkers: 2,
    projects: [
      // Rooms and flows keep no state of their own, so that their tests share a worker: it costs half as much as one for each file.
      {
        extends: true,
        test: { name: 'rooms', include: ['test/*/**/*.test.ts'], exclude: alone, isolate: false },
      },
      { extends: true, test: { name: 'faces', include: ['test/*.test.ts', ...alone] } },
    ],
  },
});
