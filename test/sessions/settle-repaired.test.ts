import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import type { Verdict } from '../../src/findings/verdict.ts';
import { applySession } from '../../src/sessions/apply-session.ts';
import type { Discovery } from '../../src/sessions/discovery.ts';
import { aKnown, aRaised } from '../findings/builders.ts';
import { aDiscovery, endedAt } from './builders.ts';

const merge = 'd'.repeat(40);
const repair = { pullRequest: 9, commit: merge, at: '2026-11-20T09:00:00Z' };
const merged: Partial<Finding> = {
  state: 'resolved',
  resolution: { at: repair.at, commit: merge, proof: 'Closed by pull request #9.' },
  issue: {
    number: 7,
    labels: [],
    observed: { state: 'closed', closing: 'merge', closedAt: repair.at, head: merge, locked: false },
  },
  repair,
};
const closed = aKnown({ id: 'F-0000000a', ...merged });
const open = aKnown({ id: 'F-0000000a', repair });
const ofCheck = aKnown({ id: 'F-0000000a', ...merged }, { origin: { kind: 'check', name: 'lint', rule: 'no-sql' } });

const verdict = (over: Partial<Verdict>): Pick<Discovery, 'verdicts'> => ({
  verdicts: [{ finding: 'F-0000000a', verdict: 'gone', by: 'reproduce', proof: 'It ran.', evidence: [], ...over }],
});

function settled(
  finding: Finding,
  discovery: Partial<Discovery>,
  repaired: readonly string[] = ['F-0000000a'],
): Finding {
  const applied = applySession([finding], aDiscovery(discovery), {
    ...{ ignore: [], at: endedAt, visible: false },
    repaired: new Set(repaired),
  });
  return applied.findings.find(({ id }) => id === finding.id) ?? expect.fail('a finding was lost');
}

describe('a finding that a merge resolved', () => {
  it('is gone by proof once its command is silent, which stands in the place of the merge', () => {
    const found = settled(closed, verdict({}));
    expect(found).toMatchObject({ state: 'resolved', repair: { verdict: 'gone' }, lastCheck: { verdict: 'gone' } });
    expect(found.resolution).toMatchObject({ proof: 'It ran.', at: endedAt });
  });

  it('is open again where its command still shows it, and where its check still reports it', () => {
    for (const found of [
      settled(closed, verdict({ verdict: 'present' })),
      settled(ofCheck, verdict({ verdict: 'present', by: 'check' })),
      settled(ofCheck, { raised: [aRaised({ origin: ofCheck.origin })] }),
    ]) {
      expect(found).toMatchObject({ state: 'open', repair: { verdict: 'present' }, regressed: { at: endedAt } });
      expect(found.resolution).toBeUndefined();
    }
  });

  it('is told to be reopened', () => {
    const applied = applySession([closed], aDiscovery(verdict({ verdict: 'present' })), {
      ...{ ignore: [], at: endedAt, visible: false },
      repaired: new Set([closed.id]),
    });
    expect(applied.reopened).toEqual([closed.id]);
  });

  it.each<[string, Partial<Discovery>]>([
    ['an agent says that it is there', verdict({ verdict: 'present', by: 'agent' })],
    ['an agent finds it at the merge itself', { raised: [aRaised()] }],
    ['nothing could be shown', verdict({ verdict: 'inconclusive', by: 'anchor' })],
    ['nobody looked', {}],
  ])('stays so, and waits for proof, where %s', (_, discovery) => {
    const found = settled(closed, discovery);
    expect([found.state, found.repair, found.resolution?.proof]).toEqual([
      'resolved',
      repair,
      'Closed by pull request #9.',
    ]);
  });

  it('is not judged at a commit that the merge is not in', () => {
    for (const said of [verdict({}), verdict({ verdict: 'present' })])
      expect(settled(closed, said, [])).toMatchObject({ state: 'resolved', repair });
    const raised = [aRaised({ origin: ofCheck.origin })];
    expect(settled(ofCheck, { raised }, [])).toMatchObject({ state: 'resolved', repair });
  });

  it('is judged once: what comes later is another problem, by the table of re-detection', () => {
    const judged = settled(closed, verdict({}));
    expect(settled(judged, verdict({ verdict: 'present' }))).toEqual(judged);
  });
});

describe('a finding that is open although its repair was merged', () => {
  it('is closed by proof, and is known to be there where it is seen', () => {
    expect(settled(open, verdict({}))).toMatchObject({ state: 'resolved', repair: { verdict: 'gone' } });
    expect(settled(open, verdict({ verdict: 'present' }))).toMatchObject({
      state: 'open',
      repair: { verdict: 'present' },
    });
    expect(settled(open, { raised: [aRaised()] })).toMatchObject({ state: 'open', repair: { verdict: 'present' } });
    expect(settled(open, { raised: [aRaised()] }, [])).toMatchObject({ state: 'open', repair });
  });
});
