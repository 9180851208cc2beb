import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Configuration } from '../../src/config/schema.ts';
import { answerName } from '../../src/sessions/answer-settings.ts';
import { reserve } from '../../src/sessions/budget.ts';
import { planStart } from '../../src/sessions/plan-start.ts';
import { Session } from '../../src/sessions/session.ts';
import { resolveSettings } from '../../src/sessions/settings.ts';
import { aDiscovery } from './builders.ts';

const at = '2026-11-22T10:00:00Z';
const spend = (usd: number, day = '2026-11-22', settled = true) => ({ at: `${day}T09:00:00Z`, usd, settled });
const budget = { perDayUsd: 20, perMonthUsd: 200 };

describe('the money of a session', () => {
  it('is all that it may cost while the day and the month have it', () => {
    expect(reserve(5, { budget, spent: [spend(15)], at })).toEqual({ usd: 5 });
    expect(reserve(5, { budget, spent: [spend(20, '2026-11-21')], at })).toEqual({ usd: 5 });
  });

  it('is what is left of the day, and says so', () => {
    expect(reserve(5, { budget, spent: [spend(10), spend(7.5, '2026-11-22', false)], at })).toEqual({
      usd: 2.5,
      note: 'Of the $20.00 that budget.perDayUsd allows for the day, $17.50 are spent or reserved: this session may cost $2.50 instead of $5.00.',
    });
  });

  it('is none where the month has too little left, and says who has it', () => {
    const spent = [spend(150, '2026-11-03'), spend(49.9, '2026-11-04', false)];
    expect(reserve(5, { budget, spent, at })).toEqual({
      refused:
        'Of the $200.00 that budget.perMonthUsd allows for the month, $199.90 are spent or reserved (1 of 2 sessions have not ended): what is left is too little for a session that may cost $5.00.',
    });
  });

  it('never adds up to more than the day or the month may cost, however many ask', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0.01, max: 30, noNaN: true }), { maxLength: 60 }), (wishes) => {
        const spent: ReturnType<typeof spend>[] = [];
        for (const wish of wishes) {
          const reserved = reserve(wish, { budget, spent, at });
          if ('usd' in reserved) spent.push(spend(reserved.usd, '2026-11-22', false));
        }
        expect(spent.reduce((sum, { usd }) => sum + usd, 0)).toBeLessThanOrEqual(20 + 1e-6);
      }),
    );
  });
});

describe('a session that is about to begin', () => {
  const config = Configuration.parse({
    scans: { security: { prompt: 'Look for flaws.' }, docs: { prompt: 'Look for lies.' } },
  });
  const settingsOf = (overrides: Parameters<typeof resolveSettings>[1] = {}) =>
    resolveSettings(config, overrides, { hasModelKey: true, strict: true });
  const other = (...scans: { name: string; prompt: string }[]) =>
    Session.parse({
      ...aDiscovery().session,
      ...{ id: 'S20261122-095000-bbbb', phase: 'creating', result: undefined, endedAt: undefined },
      configuration: {
        tool: 'anthropic',
        timeoutMs: 1,
        sandbox: 'local',
        publish: 'issues',
        scans: scans.map((scan) => ({ ...scan, paths: [] })),
      },
    });

  it('is skipped where another session is at all that it was to do', () => {
    const others = [other({ name: 'security', prompt: 'x' }, { name: 'docs', prompt: 'y' })];
    expect(planStart(settingsOf({ scan: ['security'] }), { others, spent: [], at })).toEqual({
      skipped:
        'Scan security is under way in session S20261122-095000-bbbb since 2026-11-22T10:00:00Z: one session per scan at a time.',
    });
  });

  it('leaves out the scan that another session is at, and says so', () => {
    const start = planStart(settingsOf(), { others: [other({ name: 'docs', prompt: 'y' })], spent: [], at });
    expect(start).toMatchObject({
      settings: { scans: [{ name: 'security' }] },
      reasons: [expect.stringMatching(/^Scan docs .* It was left out\.$/)],
    });
  });

  it('is not held up by other words of a person, but by the same', () => {
    const others = [other({ name: 'prompt', prompt: 'Find leaks.' })];
    expect(planStart(settingsOf({ prompt: 'Find races.' }), { others, spent: [], at })).toHaveProperty('settings');
    expect(planStart(settingsOf({ prompt: 'Find leaks.' }), { others, spent: [], at })).toHaveProperty('skipped');
  });

  it('is skipped where another answering session is at the same session, and not at another', () => {
    const [one, two] = ['S20261122-090000-aaaa', 'S20261122-091000-cccc'];
    const answering = (session: string) => {
      const [scan] = settingsOf({ scan: ['docs'] }).scans;
      if (!scan) throw new Error('no scan');
      return { ...settingsOf(), scans: [{ ...scan, name: answerName(session), prompt: `Look into ${session}.` }] };
    };
    const others = [other({ name: answerName(one), prompt: 'Q1 was open then.' })];
    expect(planStart(answering(one), { others, spent: [], at })).toEqual({
      skipped: `Answering session for ${one} is under way in session S20261122-095000-bbbb since 2026-11-22T10:00:00Z: one at a time for each session.`,
    });
    expect(planStart(answering(two), { others, spent: [], at })).toHaveProperty('settings');
  });

  it('is skipped, and called a run, where another session is at the run of the same issue', () => {
    const [scan] = settingsOf({ scan: ['docs'] }).scans;
    if (!scan) throw new Error('no scan');
    const errand = { issue: 7, title: 'x', blueprint: 'fix', branch: 'b', base: 'main', head: 'a'.repeat(40) };
    const run = { ...settingsOf(), scans: [{ ...scan, name: 'run-7', errand }] };
    expect(planStart(run, { others: [other({ name: 'run-7', prompt: 'y' })], spent: [], at })).toEqual({
      skipped: 'A run of #7 is under way in session S20261122-095000-bbbb since 2026-11-22T10:00:00Z: one at a time.',
    });
  });

  it('gets the budget that is left to it, and is skipped without one', () => {
    expect(planStart(settingsOf(), { others: [], spent: [spend(18)], at })).toMatchObject({
      settings: { agent: { budgetUsd: 2 } },
      reservedUsd: 2,
    });
    expect(planStart(settingsOf(), { others: [], spent: [spend(20)], at })).toMatchObject({ stopReason: 'budget' });
  });

  it('waits for nobody without an agent: checks cost nothing', () => {
    const settings = resolveSettings(config, { agent: 'none' }, { hasModelKey: false, strict: false });
    expect(
      planStart(settings, { others: [other({ name: 'docs', prompt: '' })], spent: [spend(999)], at }),
    ).toMatchObject({
      reservedUsd: 0,
      reasons: [],
    });
  });
});
