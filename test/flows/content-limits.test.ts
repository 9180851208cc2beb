import { expect, it } from 'vitest';
import { startGitHub } from '../fakes/github/github.ts';
import { complaint, createTestClock, publishSession, stateOf } from './publish-bed.ts';

it("leaves what GitHub's limits give no time for to the next session, which finishes it", async () => {
  const double = await startGitHub();
  const clock = createTestClock();
  const raised = Array.from({ length: 520 }, (_, at) => complaint(`rule-${at}`));
  const running = { double, clock, settings: { timeoutMs: 60_000 } };
  const first = await publishSession(raised, running);
  expect(first.published).toMatchObject({ created: 500, failure: undefined });
  expect(first.published.left).toMatch(/^20 changes to issues are left for the next session: GitHub's limits/);
  await clock.sleep(3_700_000);
  const second = await publishSession(raised, running);
  expect(second.published).toMatchObject({ created: 20, failure: undefined, left: undefined });
  expect(stateOf(double).issues).toBe(520);
  await double.close();
});
