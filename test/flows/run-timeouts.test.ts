import { afterEach, describe, expect, it } from 'vitest';
import type { Ports } from '../../src/flows/ports.ts';
import { renderOutcome } from '../../src/flows/tell-request.ts';
import type { Script } from '../fakes/anthropic/script.ts';
import { createFolderProvider } from '../fakes/folder-sandbox.ts';
import { accept, addTest, aRunsBed, bash, deliver, finish, type RunsBed, repair } from './runs-bed.ts';

const beds: RunsBed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.close();
});

const sessionMs = 3_600_000;
const minutes = { overrides: { timeoutMinutes: 60 } };
const commandMs = 15 * 60_000;

type Sandbox = Awaited<ReturnType<NonNullable<Ports['sandboxes']>['create']>>;
type Exec = Parameters<Sandbox['exec']>;

/** A clock that can be put forward: to the moment before the session's time is over, or beyond it. */
function aClock() {
  const start = Date.now();
  let ahead = 0;
  const at = (ms: number) => {
    ahead = Math.max(ahead, start + ms - Date.now());
  };
  return {
    now: () => Date.now() + ahead,
    // A command needs a while to begin: what hangs hangs for ten minutes.
    toLastMoment: () => at(sessionMs - 200),
    beyond: () => at(2 * sessionMs),
  };
}

/** Sandboxes with a say in how commands are run. */
function watched(
  exec: (args: Exec, run: (...args: Exec) => ReturnType<Sandbox['exec']>) => ReturnType<Sandbox['exec']>,
) {
  const inner = createFolderProvider();
  return {
    ...inner,
    create: async (...args: Parameters<typeof inner.create>): Promise<Sandbox> => {
      const sandbox = await inner.create(...args);
      return { ...sandbox, exec: (...given) => exec(given, (...all) => sandbox.exec(...all)) };
    },
  };
}

async function aBed(script: Script, steps: string, over: Parameters<typeof aRunsBed>[1] & object) {
  const config = `${over.config ?? ''}blueprints: { fix: { steps: [${steps}] } }\n`;
  const bed = await aRunsBed(script, { ...over, config });
  beds.push(bed);
  return bed;
}

type Ended = Awaited<ReturnType<RunsBed['run']>>;

/** Nothing is pushed, the issue is free and says that its run failed, and so does what the status comment is told. */
async function expectFailed(bed: RunsBed, { result, session, ...outcome }: Ended, why: RegExp) {
  expect([result, session.phase, session.issueRun]).toMatchObject([
    'failed',
    'failed',
    { outcome: 'failed', why: expect.stringMatching(why) },
  ]);
  expect(session.issueRun).not.toHaveProperty('commit');
  expect(bed.pushed).toEqual([]);
  const runs = await bed.runs();
  expect(runs?.attempts).toMatchObject([{ outcome: 'failed', why: expect.stringMatching(why) }]);
  expect([runs?.claim, runs?.label, bed.issue.labels]).toEqual([undefined, 'failed', ['courier: failed']]);
  const told = renderOutcome({ result, session, ...outcome }, undefined, bed.ports.gate);
  expect([told.outcome, told.say]).toEqual(['failed', expect.stringContaining(session.issueRun?.why ?? '?')]);
}

const whole = [bash(`${repair}; ${addTest}`), deliver(), finish()];

describe('a run whose time ends', () => {
  it('while its agent works has failed, with nothing of it pushed', async () => {
    const clock = aClock();
    const bed = await aBed(
      (_, index) => {
        if (index === 0) clock.beyond();
        return index === 0 ? bash(repair) : finish();
      },
      '{ role: implementer }, { role: judge }',
      { clock },
    );
    const outcome = await bed.run(undefined, minutes);
    await expectFailed(bed, outcome, /^implementer: it reached its limit \(timeout\) and had handed over nothing\./);
    expect(outcome.session.stopReason).toBe('timeout');
  });

  it('while its judge reads has failed: what nobody has judged is not pushed', async () => {
    const clock = aClock();
    const bed = await aBed(
      (_, index) => {
        if (index === 3) clock.beyond();
        return whole[index] ?? (index === 3 ? bash('true') : finish());
      },
      '{ role: implementer }, { role: judge }',
      { clock },
    );
    const outcome = await bed.run(undefined, minutes);
    await expectFailed(bed, outcome, /^judge: it reached its limit \(timeout\)/);
    expect([outcome.session.stopReason, bed.written.get('raw/run/patch.json')]).toEqual([
      'timeout',
      expect.stringContaining('a + b'),
    ]);
  });

  it('while a gate runs ends that, and goes back to nobody', async () => {
    const clock = aClock();
    const progress: Ports['progress'] = ({ step }) => {
      if (step === 'sleep 600') clock.toLastMoment();
    };
    const bed = await aBed(whole, '{ role: implementer }, { run: sleep 600, retries: 3 }', {
      clock,
      ports: { progress },
    });
    const outcome = await bed.run(undefined, minutes);
    await expectFailed(bed, outcome, /^Its time was used up while sleep 600 ran\.$/);
    expect([outcome.session.stopReason, bed.api.requests.length]).toEqual(['timeout', whole.length]);
    expect(outcome.session.issueRun?.steps.at(-1)).toMatchObject({
      ...{ name: 'sleep 600', end: 'broken' },
      why: expect.stringContaining('did not end within'),
    });
  });

  it('while the checks run has failed, although they end on the files before no better', async () => {
    const clock = aClock();
    const progress: Ports['progress'] = ({ step }) => {
      if (step === 'checks') clock.toLastMoment();
    };
    const bed = await aBed(whole, '{ role: implementer }, { verify: checks }', {
      clock,
      config: 'presets: none\nchecks: { slow: { run: sleep 600, format: exit-code } }\n',
      ports: { progress },
    });
    const outcome = await bed.run(undefined, minutes);
    await expectFailed(bed, outcome, /^Its time was used up while checks ran\.$/);
    expect(outcome.session.stopReason).toBe('timeout');
  });

  it('while the test runs without the change has what had passed, and claims nothing of the rest', async () => {
    const clock = aClock();
    const test = 'sh test/add.sh';
    const script = "grep -q 'a + b' src/sum.js || exec sleep 600";
    const sandboxes = watched(async (args, run) => {
      const result = await run(...args);
      if (JSON.stringify(args[0]).includes(test) && result.exitCode === 0) clock.toLastMoment();
      return result;
    });
    const bed = await aBed(
      [bash(`${repair}; cat >test/add.sh <<'END'\n${script}\nEND`), deliver({ test }), finish()],
      '{ role: implementer }, { verify: test-passes }',
      { clock, ports: { sandboxes } },
    );
    const outcome = await bed.run(undefined, minutes);
    expect(outcome.session.issueRun).toMatchObject({ outcome: 'pushed' });
    const [verified] = bed.pushed[0]?.report.verified ?? [];
    expect(verified).toMatchObject({ name: test, ok: true, verdict: 'passes' });
    expect(verified).not.toHaveProperty('before');
  });

  it('while it pushes has pushed, and says so', async () => {
    const clock = aClock();
    const bed = await aBed([...whole, accept(), finish()], '{ role: implementer }, { role: judge }', { clock });
    const outcome = await bed.run(undefined, { ...minutes, pushing: async () => clock.beyond() });
    expect(outcome.session).toMatchObject({ phase: 'completed', issueRun: { outcome: 'pushed' } });
    const runs = await bed.runs();
    expect(runs?.attempts).toMatchObject([{ outcome: 'pushed', commit: 'c'.repeat(40) }]);
    expect([runs?.claim, runs?.label, bed.issue.labels]).toEqual([undefined, undefined, []]);
  });
});

describe('a gate that hangs', () => {
  it('is ended at its own limit, goes back with that, and is never passed', async () => {
    const limits: (number | undefined)[] = [];
    const sandboxes = watched(([command, options], run) => {
      if (!JSON.stringify(command).includes('sleep 600')) return run(command, options);
      limits.push(options?.timeoutMs);
      return run(command, { ...options, timeoutMs: 200 });
    });
    const again = [deliver(), finish()];
    const bed = await aBed([...whole, ...again], '{ role: implementer }, { run: sleep 600, retries: 1 }', {
      ports: { sandboxes },
    });
    const outcome = await bed.run(undefined, minutes);
    await expectFailed(bed, outcome, /^sleep 600 failed\. .*did not end within/);
    expect([limits, outcome.session.stopReason]).toEqual([[commandMs, commandMs], 'error']);
    expect(bed.notes(whole.length)).toContain('did not end within');
  });
});
