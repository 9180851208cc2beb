import { defineConfig } from 'vitest/config';

const patient = { testTimeout: 120_000, hookTimeout: 60_000, maxWorkers: 1 };

/** Campaigns that take minutes: `npm run soak`. `SOAK_ROUNDS` and `SOAK_SEED` say how many rounds, and which. */
export default defineConfig({
  test: {
    projects: [
      { test: { ...patient, name: 'campaigns', include: ['test/soak/**/*.soak.ts'] } },
      // `npm test` runs most of these steps from the sources (test/acceptance/run-step.ts).
      {
        test: {
          ...patient,
          name: 'bundle',
          include: ['test/acceptance/**/*.test.ts'],
          env: { COURIER_TEST_STEPS: 'bundle' },
        },
      },
    ],
  },
});
