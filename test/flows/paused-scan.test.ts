import { expect, it } from 'vitest';
import { aCommentsBed } from './comments-bed.ts';
import { startScans } from './scripted-scans.ts';

it('holds a scheduled scan while somebody has paused them, and says who', async () => {
  const bed = await aCommentsBed();
  const scans = await startScans({ 'a.js': 'x\n' }, []);
  try {
    bed.double.act.comment('max', '/courier pause', { issue: 2 });
    await bed.handle(2);
    const { session, result } = await scans.run({ github: bed.connect() }, { overrides: { prompt: 'Look.' } });
    expect([result, session.reasons]).toEqual(['skipped', [expect.stringMatching(/held by max since .*unpause/)]]);
    expect(scans.api.requests).toHaveLength(0);
  } finally {
    await scans.close();
    await bed.double.close();
  }
});
