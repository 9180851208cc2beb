import { afterEach, describe, expect, it } from 'vitest';
import { leftOut, sandboxed } from '../acceptance/bed.ts';
import type { Script } from '../fakes/anthropic/script.ts';
import {
  accept,
  addTest,
  aRunsBed,
  bash,
  deliver,
  finish,
  type RunsBed,
  repair,
  score,
  testText,
  textOf,
} from './runs-bed.ts';

const beds: RunsBed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.close();
});

async function aBed(script: Script, over: Parameters<typeof aRunsBed>[1] = {}): Promise<RunsBed> {
  const bed = await aRunsBed(script, over);
  beds.push(bed);
  return bed;
}

const review = [accept(), finish(), score(), finish()];
const fixed = [bash(`${repair}; ${addTest}`), deliver(), finish()];

describe.skipIf(!sandboxed)(`a run of an issue${leftOut}`, () => {
  it('repairs a bug with its test, and hands on the patch with what was seen before and after', async () => {
    const bed = await aBed([...fixed, ...review]);
    const outcome = await bed.run();
    expect([outcome.result, outcome.reasons]).toEqual(['complete', []]);
    const [work] = bed.pushed;
    expect(work?.changes.map(({ path, change }) => [path, change])).toEqual([
      ['src/sum.js', 'changed'],
      ['test/add.test.js', 'added'],
    ]);
    expect(work && textOf(work, 'src/sum.js')).toBe('export const sum = (a, b) => a + b;\n');
    expect(work && textOf(work, 'test/add.test.js')).toBe(testText);
    expect(work).toMatchObject({
      issue: { number: 1, title: 'sum subtracts' },
      ...{ by: 'wanda', branch: bed.branch, base: 'main', head: bed.source.head(), kind: 'fix' },
      report: {
        issue: 1,
        summary: 'It subtracted. Now it adds.',
        judge: 'Look at negative numbers.',
        blueprint: 'fix',
      },
    });
    const [verified] = work?.report.verified ?? [];
    expect(verified).toMatchObject({ name: 'node --test test/add.test.js', ok: true });
    expect(verified?.before).toContain('(exit code 1)');
    expect(verified?.after).toContain('(exit code 0)');
    expect(outcome.session).toMatchObject({
      kind: 'run',
      phase: 'completed',
      issueRun: {
        ...{ issue: 1, outcome: 'pushed', commit: 'c'.repeat(40), pullRequest: { number: 9 } },
        scores: { correctness: 5, proof: 4 },
      },
    });
    expect(outcome.session.displayName).toMatch(/^Run: #1 sum subtracts/);
    expect(await bed.runs()).toMatchObject({
      head: 'c'.repeat(40),
      attempts: [{ session: outcome.session.id, by: 'wanda', outcome: 'pushed' }],
    });
    expect((await bed.runs())?.claim).toBeUndefined();
    expect(bed.shown.some(({ picture }) => picture?.includes('flowchart LR'))).toBe(true);
  }, 60_000);
});
