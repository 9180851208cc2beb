import { afterEach, describe, expect, it } from 'vitest';
import type { Ports } from '../../src/flows/ports.ts';
import { renderOutcome } from '../../src/flows/tell-request.ts';
import type { Script } from '../fakes/anthropic/script.ts';
import {
  accept,
  addTest,
  aRunsBed,
  bash,
  call,
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

describe('a run of an issue', () => {
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
    expect(verified).toMatchObject({ name: 'node test/add.test.js', ok: true });
    expect(verified?.before).toContain('(exit code 1)');
    expect(verified?.after).toContain('(exit code 0)');
    expect(outcome.session).toMatchObject({
      kind: 'run',
      phase: 'completed',
      issueRun: {
        ...{ issue: 1, outcome: 'pushed', commit: 'c'.repeat(40), pullRequest: { number: 9 } },
        scores: { correctness: 5, proof: 4 },
        remarks: 'It works.',
      },
    });
    expect(work?.report.scores).toBe('correctness 5, completeness 5, scope 5, proof 4, fit 4 (of 5)');
    expect(outcome.session.displayName).toMatch(/^Run of #1: sum subtracts$/);
    expect(await bed.runs()).toMatchObject({
      head: 'c'.repeat(40),
      attempts: [{ session: outcome.session.id, by: 'wanda', outcome: 'pushed' }],
    });
    expect((await bed.runs())?.claim).toBeUndefined();
    expect(bed.shown.some(({ picture }) => picture?.includes('flowchart LR'))).toBe(true);
  });

  it('goes on from what its branch holds, and proves all of it by the files that the branch began with', async () => {
    const renamed = bash("sed -i 's/a + b/b + a/' src/sum.js");
    const before = { 'src/sum.js': 'export const sum = (a, b) => a + b;\n', 'test/add.test.js': testText };
    const bed = await aBed([renamed, deliver(), finish(), ...review], { before });
    await bed.run('swap them');
    const [work] = bed.pushed;
    expect(work?.changes.map(({ path }) => path)).toEqual(['src/sum.js']);
    expect(work?.wish).toBe('swap them');
    expect(work?.report.verified[0]).toMatchObject({ verdict: 'fails without the change, passes with it' });
    const notes = JSON.stringify(bed.api.requests.map(({ body }) => body.system));
    expect(notes.match(/What the branch holds already/g)).toHaveLength(bed.api.requests.length);
    expect(notes).toContain('added test/add.test.js');
  });

  it('goes back to the implementer where a gate fails, with its words, and is through when it passes', async () => {
    const half = [bash(`${addTest}`), deliver(), finish()];
    const bed = await aBed([...half, bash(repair), deliver(), finish(), ...review]);
    const outcome = await bed.run();
    expect(outcome.result).toBe('complete');
    const steps = outcome.session.issueRun?.steps.map(({ name, round, end }) => `${name} ${round} ${end}`);
    expect(steps?.slice(0, 4)).toEqual([
      'implementer 1 done',
      'test-passes 1 failed',
      'implementer 2 done',
      'test-passes 2 done',
    ]);
    expect(bed.notes(3)).toContain('Why the work came back');
    expect(bed.notes(3)).toContain('exit code 1');
    expect(bed.pushed[0]?.report.verified).toMatchObject([{ ok: true }]);
  });

  it('goes back where the judge sends it back, once, and what the judge changes is in no patch', async () => {
    const sendBack = call('judge', { verdict: 'send-back', reasons: ['src/sum.js: negative numbers are not tested.'] });
    const bed = await aBed([
      ...fixed,
      bash('echo evil >judge.txt'),
      sendBack,
      finish(),
      deliver(),
      finish(),
      ...review,
    ]);
    const outcome = await bed.run();
    expect(outcome.session.issueRun?.steps.filter(({ name }) => name === 'judge').map(({ end }) => end)).toEqual([
      'sent-back',
      'done',
    ]);
    const second = bed.api.requests.findIndex(
      (_, at) => at > 3 && bed.notes(at).includes('negative numbers are not tested'),
    );
    expect(second).toBeGreaterThan(0);
    expect(bed.notes(second)).toContain('+export const sum = (a, b) =&gt; a + b;'.replace('=&gt;', '=>'));
    expect(bed.pushed[0]?.changes.map(({ path }) => path)).toEqual(['src/sum.js', 'test/add.test.js']);
  });

  it('ends without a change where the agent says that there is none to make, and asks what it asked', async () => {
    const question = call('ask_question', {
      question: 'Is subtraction meant?',
      options: [{ label: 'Yes' }, { label: 'No' }],
    });
    const bed = await aBed([
      bash('echo x >scratch.txt'),
      question,
      deliver({ unchanged: 'It subtracts on purpose.', test: undefined }),
      finish(),
    ]);
    const outcome = await bed.run();
    expect([outcome.result, bed.pushed]).toEqual(['complete', []]);
    expect(outcome.session.issueRun).toMatchObject({ outcome: 'no-change', why: 'It subtracts on purpose.' });
    expect(outcome.session.questions).toMatchObject([{ id: 'Q1', question: 'Is subtraction meant?' }]);
    expect((await bed.runs())?.attempts).toMatchObject([{ outcome: 'no-change' }]);
  });

  it('refuses a patch that touches what no run may, with all reasons, and asks no judge', async () => {
    const evil =
      'mkdir -p .github/workflows; echo on: push >.github/workflows/x.yml; echo "key = hunter2hunter2" >src/key.js; ln -s /etc/passwd out';
    const insists = [deliver({ test: undefined }), finish()];
    const bed = await aBed([bash(`${repair}; ${evil}`), ...insists, ...insists]);
    const outcome = await bed.run();
    expect([outcome.result, bed.pushed]).toEqual(['failed', []]);
    const { outcome: end, why = '' } = outcome.session.issueRun ?? {};
    expect(end).toBe('refused');
    expect(why).toContain('.github/workflows/x.yml: it says what runs in continuous integration');
    expect(why).toContain('src/key.js: what it adds looks like a credential');
    expect(why).toContain('out: it is a link that leads out of the repository');
    expect(JSON.stringify(bed.ledgerFiles())).not.toContain('hunter2hunter2');
    expect((await bed.runs())?.attempts).toMatchObject([{ outcome: 'refused' }]);
  });

  it('proves with a test that fails first', async () => {
    const bed = await aBed([
      bash(addTest),
      deliver(),
      finish(),
      bash(repair),
      deliver({ test: undefined }),
      finish(),
      ...review,
    ]);
    const outcome = await bed.run('test-first');
    expect(outcome.session.issueRun?.steps.map(({ name, end }) => `${name} ${end}`)).toEqual([
      ...[
        'test done',
        'test-fails done',
        'repair done',
        'test-passes done',
        'checks done',
        'judge done',
        'evaluator done',
      ],
    ]);
    expect(bed.pushed[0]?.report.verified[0]?.before).toContain('(exit code 1)');
    expect(bed.notes(0)).toContain('sum(2, 3) is -1.');
  });

  it('finds nothing with the configured checks that they did not find before, in the sandbox', async () => {
    const checks = {
      old: { run: '! grep -q subtract README.md', format: 'exit-code' as const },
      tidy: { run: '! grep -rn TODO src', format: 'exit-code' as const },
    };
    const config = `checks: ${JSON.stringify(checks)}\npresets: none\n`;
    const files = { 'README.md': 'It may subtract.\n', '.github/courier.yml': config };
    const bed = await aBed(
      [
        bash(`${repair}; echo '// TODO' >>src/sum.js; ${addTest}`),
        deliver(),
        finish(),
        bash("sed -i '/TODO/d' src/sum.js"),
        deliver(),
        finish(),
        ...review,
      ],
      { files, config },
    );
    const outcome = await bed.run();
    expect(outcome.reasons).toEqual([]);
    const gate = outcome.session.issueRun?.steps.filter(({ name }) => name === 'checks') ?? [];
    expect(gate.map(({ end }) => end)).toEqual(['failed', 'done']);
    expect(gate[0]?.why).toContain('tidy');
    expect(gate[0]?.why).not.toMatch(/\bold\b/);
  });

  it('follows a blueprint of the repository, and fails when a gate fails more often than it may', async () => {
    const files = {
      '.courier/blueprints/strict.yml': 'steps:\n  - role: implementer\n  - run: test -e never\n    retries: 1\n',
    };
    const once = [bash(repair), deliver({ test: undefined }), finish()];
    const bed = await aBed([...once, deliver({ test: undefined }), finish()], { files });
    const outcome = await bed.run('Strict be quick');
    expect(outcome.session.issueRun).toMatchObject({ blueprint: 'strict', outcome: 'failed' });
    expect(outcome.session.issueRun?.why).toMatch(/^test -e never failed\./);
    expect(bed.notes(0)).toContain('be quick');
    expect([outcome.result, bed.pushed.length, bed.api.requests.length]).toEqual(['failed', 0, 5]);
    expect((await bed.runs())?.attempts).toMatchObject([{ outcome: 'failed' }]);
  });

  it('is refused in one sentence where the checkout or the branch is not what was asked for', async () => {
    const bed = await aBed([]);
    await expect(bed.run(undefined, { head: 'a'.repeat(40) })).rejects.toThrow(
      /has moved on from aaaaaaa, which was asked for, to .*: ask for the run again\.$/,
    );
    bed.heads.branch = bed.source.commit({ 'new.js': '1' });
    await expect(bed.run(undefined, { head: bed.heads.branch })).rejects.toThrow(
      /^The checkout is at .* and the run was asked for at .* give the checkout step/,
    );
    expect([bed.api.requests, (await bed.runs())?.attempts]).toEqual([[], []]);
  });

  it('is one at a time: while another holds the issue it is skipped, and what that one holds stays', async () => {
    const bed = await aBed([]);
    await bed.claim({
      session: 'S20261121-000000-aaaa',
      run: '',
      until: new Date(Date.now() + 3_600_000).toISOString(),
    });
    const outcome = await bed.run();
    expect([outcome.result, outcome.reasons]).toEqual([
      'skipped',
      [expect.stringMatching(/^Session S20261121-000000-aaaa is at work on this issue: stop it/)],
    ]);
    expect((await bed.runs())?.claim).toMatchObject({ session: 'S20261121-000000-aaaa' });
    expect(bed.api.requests).toEqual([]);
    const told = renderOutcome(outcome, undefined, bed.ports.gate);
    expect([told.outcome, told.say]).toEqual([
      'refused',
      expect.stringMatching(
        /^Run of `#1`: sum subtracts \(`S\S+`\): not begun\.\n- Session S20261121-000000-aaaa is at work/,
      ),
    ]);
  });

  it.each(['the agent', 'a gate'])(
    'is stopped while %s works: nothing is pushed, the issue is free, and it can be run again',
    async (which) => {
      const stop = new AbortController();
      const gateOf = (): Partial<Ports> => ({
        progress: ({ step }) => {
          if (which === 'a gate' && step === 'test-passes') stop.abort();
        },
      });
      const bed = await aBed(
        (_, index) => {
          if (which === 'the agent' && index === 1) stop.abort();
          return [...fixed, ...fixed, ...review][which === 'the agent' && index > 1 ? index + 1 : index] ?? finish();
        },
        { ports: gateOf() },
      );
      const outcome = await bed.run(undefined, { signal: stop.signal });
      expect(outcome.session).toMatchObject({ phase: 'killed', stopReason: 'user', issueRun: { outcome: 'stopped' } });
      const runs = await bed.runs();
      expect([runs?.claim, runs?.attempts.map(({ outcome: end }) => end), bed.pushed]).toEqual([
        undefined,
        ['stopped'],
        [],
      ]);
    },
    400_000,
  );
});
