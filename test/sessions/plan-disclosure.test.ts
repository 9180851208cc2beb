import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { withholdFinding } from '../../src/ledger/withhold.ts';
import {
  alertDigest,
  countTold,
  type DisclosureRequest,
  planAlerts,
  planDisclosure,
} from '../../src/sessions/plan-disclosure.ts';
import { aKnown } from '../findings/builders.ts';

const key = 'a key of more than 16 characters';
const at = '2026-11-21T10:00:00Z';
const advisory = (state: 'open' | 'closed' | 'left') => ({ advisory: { id: 'GHSA-x', url: 'https://x', state } });

function aRequest(findings: readonly Finding[], over: Partial<DisclosureRequest> = {}): DisclosureRequest {
  const settings = { maxNew: 20, minPriority: 'low', unverified: 'label' } as const;
  return { findings, settings, ledgerKey: key, at, byHand: false, ...over };
}
const idsOf = (findings: readonly Finding[]) => findings.map(({ id }) => id);

describe('what is to be told in private', () => {
  it.each([
    ['an open finding', aKnown(), true],
    ['one that was detected and has no issue', aKnown({ state: 'detected' }), true],
    ['one of another category', aKnown({ category: 'bug' }), false],
    ['a resolved one', aKnown({ state: 'resolved' }), false],
    ['an ignored one', aKnown({ state: 'ignored' }), false],
    ['one below the lowest priority', aKnown({ severity: 4 }), false],
    ['one that is not verified', aKnown({ verified: 'none' }), false],
    ['one whose details are not at hand', withholdFinding(aKnown()), false],
    ['one with an advisory', aKnown({ told: advisory('open') }), false],
    ['one whose advisory is a person’s by now', aKnown({ told: advisory('left') }), false],
    ['one that was claimed and never answered', aKnown({ told: { claim: 'S1' } }), true],
    ['one whose alert says it', aKnown({ told: { alert: alertDigest(aKnown({ id: 'F-aaaaaaaa' }), key) } }), false],
    ['one whose alert says something else', aKnown({ told: { alert: 'x' } }), true],
    ['one that was refused yesterday', aKnown({ told: { refused: '2026-11-20T10:00:00Z' } }), false],
    ['one that was refused last month', aKnown({ told: { refused: '2026-10-20T10:00:00Z' } }), true],
  ])('%s', (_what, finding, isTold) => {
    const settings = { maxNew: 20, minPriority: 'medium', unverified: 'hold' } as const;
    const { tell } = planDisclosure(aRequest([{ ...finding, id: 'F-aaaaaaaa' }], { settings }));
    expect(idsOf(tell)).toEqual(isTold ? ['F-aaaaaaaa'] : []);
  });

  it('is what was refused, too, when a person asks or something new is there', () => {
    const refused = aKnown({ id: 'F-aaaaaaa1', told: { refused: at } });
    const fresh = aKnown({ id: 'F-aaaaaaa2' });
    expect(planDisclosure(aRequest([refused])).tell).toEqual([]);
    expect(idsOf(planDisclosure(aRequest([refused], { byHand: true })).tell)).toEqual(['F-aaaaaaa1']);
    expect(idsOf(planDisclosure(aRequest([refused, fresh])).tell)).toEqual(['F-aaaaaaa1', 'F-aaaaaaa2']);
  });

  it('is the worst first, and no more than one session may file', () => {
    const all = ([3, 1, 2] as const).map((severity, at) => aKnown({ id: `F-aaaaaaa${at}`, severity }));
    const settings = { maxNew: 2, minPriority: 'low', unverified: 'label' } as const;
    const { tell, later } = planDisclosure(aRequest(all, { settings }));
    expect(idsOf(tell)).toEqual(['F-aaaaaaa1', 'F-aaaaaaa2']);
    expect(idsOf(later)).toEqual(['F-aaaaaaa0']);
  });
});

describe('an upload of alerts', () => {
  const shown = (over: Partial<Finding>) => {
    const finding = aKnown(over);
    return { ...finding, told: { alert: alertDigest(finding, key) } };
  };

  it('is not made while nothing changed', () => {
    expect(planAlerts(aRequest([shown({}), aKnown({ id: 'F-aaaaaaa1' })]), new Set())).toEqual({ kind: 'none' });
  });

  it('holds what has an alert and what is to get one, and leaves out what is gone', () => {
    const kept = shown({ id: 'F-aaaaaaa1' });
    const gone = { ...shown({ id: 'F-aaaaaaa2' }), state: 'resolved' as const };
    const added = aKnown({ id: 'F-aaaaaaa3' });
    const other = aKnown({ id: 'F-aaaaaaa4' });
    const plan = planAlerts(aRequest([kept, gone, added, other]), new Set([added.id]));
    expect(plan).toEqual({ kind: 'upload', findings: [kept, added], gone: [gone] });
  });

  it('is not made where it would close the alert of what it cannot show', () => {
    const hidden = { ...withholdFinding(aKnown({ id: 'F-aaaaaaa1' })), told: { alert: 'x' } };
    const gone = { ...shown({ id: 'F-aaaaaaa2' }), state: 'resolved' as const };
    expect(planAlerts(aRequest([hidden, gone]), new Set())).toEqual({ kind: 'blocked', missing: 1 });
  });

  it('is remembered by a digest that nobody can guess: keyed, or of nothing but id and severity', () => {
    const one = aKnown({ id: 'F-aaaaaaa1' });
    const other = { ...one, title: 'Something else', evidence: [] };
    expect(alertDigest(one, key)).not.toBe(alertDigest(other, key));
    expect(alertDigest(one, key)).not.toBe(alertDigest(one, `${key}!`));
    expect(alertDigest(one, undefined)).toBe(alertDigest(other, undefined));
    expect(alertDigest(one, undefined)).not.toBe(alertDigest({ ...one, severity: 1 }, undefined));
  });
});

it('leaves nothing to do once all was told or refused, whatever there was', () => {
  const told = fc.oneof(
    fc.constant(undefined),
    fc.constantFrom('open', 'closed', 'left').map((state) => advisory(state)),
    fc.constant({ alert: 'old' }),
    fc.constant({ refused: '2026-10-01T10:00:00Z' }),
    fc.constant({ claim: 'S1' }),
  );
  const state = fc.constantFrom('open', 'resolved', 'ignored', 'detected');
  const finding = fc.record({ told, state, severity: fc.constantFrom(1, 2, 3, 4), hidden: fc.boolean() });
  fc.assert(
    fc.property(
      fc.array(finding, { maxLength: 6 }),
      fc.constantFrom('advisories', 'alerts', 'nothing'),
      (given, way) => {
        const findings = given.map(({ told, hidden, ...over }, index) => {
          const known = aKnown({ ...over, id: `F-aaaaaaa${index}`, ...(told && { told }) });
          return hidden ? { ...withholdFinding(known) } : known;
        });
        const after = tellAll(aRequest(findings), way);
        const plan = planDisclosure(aRequest(after));
        expect([plan.tell, plan.close, plan.reopen]).toEqual([[], [], []]);
        expect(plan.alerts.kind).not.toBe('upload');
        const { advisories, alerts, refused } = countTold(after);
        expect(advisories + alerts + refused).toBeLessThanOrEqual(after.length);
      },
    ),
  );
});

/** What a session makes of the plan where GitHub takes it in this way only. */
function tellAll(request: DisclosureRequest, way: 'advisories' | 'alerts' | 'nothing'): Finding[] {
  const plan = planDisclosure(request);
  const filed = new Set(way === 'advisories' ? idsOf(plan.tell) : []);
  const moved = request.findings.map((finding): Finding => {
    if (filed.has(finding.id)) return { ...finding, told: { ...finding.told, ...advisory('open') } };
    const isMoved = [...plan.close, ...plan.reopen].some(({ id }) => id === finding.id);
    return isMoved ? { ...finding, told: advisory(plan.close.includes(finding) ? 'closed' : 'open') } : finding;
  });
  const added = new Set(way === 'advisories' ? [] : idsOf(plan.tell));
  const alerts = planAlerts({ ...request, findings: moved }, added);
  const upload = alerts.kind === 'upload' ? alerts : { findings: [], gone: [] };
  const contains = (list: readonly Finding[], { id }: Finding) => list.some((finding) => finding.id === id);
  const isRefused = (finding: Finding) => added.has(finding.id) || contains(upload.gone, finding);
  return moved.map((finding) => {
    if (way !== 'nothing' && contains(upload.findings, finding))
      return { ...finding, told: { alert: alertDigest(finding, key) } };
    if (way !== 'nothing' && contains(upload.gone, finding)) {
      const { alert: _, ...told } = finding.told ?? {};
      return { ...finding, told };
    }
    return isRefused(finding) ? { ...finding, told: { ...finding.told, refused: at } } : finding;
  });
}
