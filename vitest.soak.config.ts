import { defineConfig } from 'vitest/config';

/** Campaigns that take minutes: `npm run soak`. `SOAK_ROUNDS` and `SOAK_SEED` say how many rounds, and which. */
export default defineConfig({
  test: {
    include: ['test/soak/**/*.soak.ts'],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
  },
});
