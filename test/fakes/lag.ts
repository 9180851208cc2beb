import { setTimeout as sleep } from 'node:timers/promises';

const most = Number(process.env.COURIER_TEST_LAG ?? 0);

/**
 * A slow network, to look for tests that hope where they ought to wait: `COURIER_TEST_LAG=200 npx vitest run test/app`. Each request to the
 * double of GitHub takes up to as many milliseconds on its way there, and again on its way back.
 */
export async function lag(): Promise<void> {
  if (most > 0) await sleep(Math.random() * most);
}
