import { expect, it } from 'vitest';
import type { CheckOutcome } from '../../src/checks/check.ts';
import { chooseKnown } from '../../src/findings/choose-known.ts';
import { verdictOfCheck } from '../../src/sessions/check-verdicts.ts';
import { aKnown } from '../findings/builders.ts';

const finding = aKnown({ origin: { kind: 'check', name: 'tsc', rule: 'TS1' } });
const head = { check: 'tsc', kind: 'preset', durationMs: 1 } as const;
const ran: CheckOutcome = { ...head, state: 'clean', findings: [], held: { findings: 0, rules: [] } };
const of = (checks: readonly CheckOutcome[], heldRules: string[] = [], seen: string[] = []) =>
  verdictOfCheck(finding, {
    checks,
    seen: new Set(seen),
    determined: checks.some((check) => !('reason' in check)) ? [{ check: 'tsc', heldRules }] : [],
  });

it('is gone once its check ran to its end without it, and there while it is reported', () => {
  expect(of([ran])).toMatchObject({ verdict: 'gone', by: 'check' });
  expect(of([ran], [], [finding.id])).toMatchObject({ verdict: 'present', by: 'check' });
});

it('stays undecided where the check could not tell', () => {
  const failed: CheckOutcome = { ...head, state: 'undetermined', cause: 'failed', reason: 'no network.' };
  expect(of([failed])).toMatchObject({ verdict: 'inconclusive', proof: 'The check tsc could not tell: no network.' });
  expect(of([ran], ['TS1'])).toMatchObject({ verdict: 'inconclusive', proof: expect.stringContaining('held back') });
  expect(of([])).toMatchObject({ verdict: 'inconclusive', proof: expect.stringContaining('not among those') });
});

it('finds what ids name in any case, and refuses one that is unknown or not open', () => {
  const resolved = aKnown({ state: 'resolved' });
  expect(chooseKnown([], [finding, resolved])).toEqual([finding]);
  expect(chooseKnown([finding.id.toUpperCase(), finding.id], [finding])).toEqual([finding]);
  expect(() => chooseKnown([resolved.id], [finding, resolved])).toThrow('is resolved: only open findings');
  expect(() => chooseKnown(['F-zzzzzzzz'], [finding])).toThrow('There is no finding F-zzzzzzzz.');
});
