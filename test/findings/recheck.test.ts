import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import type { RunVerdict } from '../../src/findings/judge-run.ts';
import { decideRecheck, planRecheck, type Recheckable } from '../../src/findings/recheck.ts';
import { aKnown } from './builders.ts';

const before = 'a'.repeat(40);
const now = { commit: 'b'.repeat(40), dirty: false };
const shows: RunVerdict = { run: 'shows', exitCode: 1 };
const silent: RunVerdict = { run: 'silent', exitCode: 0 };
const unknown: RunVerdict = { run: 'unknown', why: 'it did not end in time' };
const thrice = (run: RunVerdict) => [run, run, run];

const withCommand = (over: Partial<Finding> = {}): Recheckable => ({
  ...aKnown(over),
  reproduce: { command: 'node test/names.js' },
});

describe('the verdict of a command on a known finding', () => {
  const decide = (runs: Parameters<typeof decideRecheck>[1], finding = withCommand()) =>
    decideRecheck(finding, runs, now);

  it('is gone where it shows the problem at the recorded commit and is silent now, and the proof says all of it', () => {
    expect(decide({ now: thrice(silent), control: thrice(shows) })).toMatchObject({
      verdict: 'gone',
      by: 'reproduce',
      proof:
        'The command `node test/names.js` shows the problem at aaaaaaa, where it was last seen (3 of 3 runs, exit code 1), and no longer at bbbbbbb (3 of 3 runs, exit code 0).',
    });
  });

  it('is present where it still shows it', () => {
    expect(decide({ now: thrice(shows), control: { missing: 'not asked' } })).toMatchObject({ verdict: 'present' });
  });

  it.each([
    [
      'is silent at the recorded commit, too',
      { now: thrice(silent), control: thrice(silent) },
      'does not show it either',
    ],
    ['shows it there only sometimes', { now: thrice(silent), control: [shows, silent, shows] }, 'only sometimes'],
    ['cannot be run there', { now: thrice(silent), control: [unknown] }, 'did not end in time'],
    ['shows it now only sometimes', { now: [silent, shows, silent], control: thrice(shows) }, 'only sometimes'],
    ['cannot be run now', { now: [unknown], control: thrice(shows) }, 'did not end in time'],
    [
      'has nothing to be compared with',
      { now: thrice(silent), control: { missing: 'no such commit.' } },
      'no such commit',
    ],
  ])('is inconclusive where it %s', (_name, runs, why) => {
    expect(decide(runs)).toMatchObject({ verdict: 'inconclusive', proof: expect.stringContaining(why) });
  });

  it('is never gone unless three control runs of three showed it and three of three are silent now', () => {
    const run = fc.constantFrom(shows, silent, unknown);
    const runs = fc.array(run, { maxLength: 4 });
    const control = fc.oneof(runs, fc.record({ missing: fc.string() }));
    fc.assert(
      fc.property(runs, control, (here, there) => {
        const { verdict } = decide({ now: here, control: there });
        const proven =
          Array.isArray(there) &&
          there.length >= 3 &&
          there.every((one) => one.run === 'shows') &&
          here.length >= 3 &&
          here.every((one) => one.run === 'silent');
        expect(verdict === 'gone').toBe(proven);
      }),
      { numRuns: 2000 },
    );
  });

  it('takes the last time that it was shown for the control, and names a tree with changes as such', () => {
    const finding = withCommand({
      lastCheck: {
        at: '2026-11-25T10:00:00Z',
        commit: 'c'.repeat(40),
        session: 'S3',
        verdict: 'present',
        by: 'reproduce',
        proof: '',
      },
    });
    const { proof } = decideRecheck(finding, { now: thrice(silent), control: thrice(shows) }, { ...now, dirty: true });
    expect(proof).toContain('at ccccccc');
    expect(proof).toContain('at bbbbbbb with uncommitted changes');
  });
});

describe('what is checked again', () => {
  const check = (at: string, commit = before) =>
    ({ at, commit, session: 'S', verdict: 'inconclusive', by: 'reproduce', proof: '' }) as const;

  it('takes what changed and what was missed, the longest unchecked first, and leaves code that stands alone', () => {
    const changed = withCommand({ lastCheck: check('2026-11-22T00:00:00Z') });
    const missed = withCommand({ missed: 1 });
    const stands = withCommand();
    const { run, lost } = planRecheck(
      [
        { finding: changed, code: 'changed' },
        { finding: missed, code: 'stands' },
        { finding: stands, code: 'stands' },
      ],
      now,
    );
    expect(run).toEqual([missed, changed]);
    expect(lost).toEqual([]);
  });

  it('does not run anything twice on one tree', () => {
    const seenHere = withCommand({
      missed: 1,
      lastSeen: { session: 'S', at: '2026-11-20T10:00:00Z', commit: now.commit },
    });
    const checkedHere = withCommand({ missed: 1, lastCheck: check('2026-11-22T00:00:00Z', now.commit) });
    const plan = (dirty: boolean) =>
      planRecheck(
        [seenHere, checkedHere].map((finding) => ({ finding, code: 'changed' as const })),
        { ...now, dirty },
      ).run;
    expect(plan(false)).toEqual([]);
    expect(plan(true)).toHaveLength(2);
  });

  it('takes everything that has a command where somebody asked for it', () => {
    const stands = withCommand();
    const checkedHere = withCommand({ lastCheck: check('2026-11-22T00:00:00Z', now.commit) });
    const candidates = [stands, checkedHere, aKnown()].map((finding) => ({ finding, code: 'stands' as const }));
    expect(planRecheck(candidates, now)).toEqual({ run: [], lost: [] });
    expect(planRecheck(candidates, { ...now, all: true })).toEqual({ run: [stands, checkedHere], lost: [] });
  });

  it('tells once of changed code that no command can follow', () => {
    const lost = aKnown();
    const told = aKnown({ lastCheck: { ...check('2026-11-22T00:00:00Z'), by: 'anchor' } });
    const plan = planRecheck(
      [lost, told].map((finding) => ({ finding, code: 'changed' as const })),
      now,
    );
    expect(plan).toEqual({ run: [], lost: [lost] });
  });
});
