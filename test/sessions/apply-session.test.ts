import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding, RaisedFinding } from '../../src/findings/finding.ts';
import { issueDigest } from '../../src/findings/issue-digest.ts';
import type { Verdict } from '../../src/findings/verdict.ts';
import { applySession } from '../../src/sessions/apply-session.ts';
import type { Discovery } from '../../src/sessions/discovery.ts';
import { aKnown, aRaised } from '../findings/builders.ts';
import { aDiscovery, endedAt, scannedCommit, startedAt } from './builders.ts';

const known = aKnown({ id: 'F-0000000a', missed: 1 });
const { location: _, ...placeless } = known;
const byCheck = aKnown({ id: 'F-0000000a' }, { origin: { kind: 'check', name: 'lint', rule: 'no-sql' } });
const wholeScan = { covered: [{ scan: 'security', paths: [] }] };

const verdict = (over: Partial<Verdict> = {}): Verdict => ({
  finding: known.id,
  verdict: 'gone',
  by: 'agent',
  proof: 'It is repaired.',
  evidence: [{ path: 'src/db.js', startLine: 3, endLine: 3, quote: 'db.query("select ?", [name])' }],
  ...over,
});

function apply(discovery: Discovery, before: readonly Finding[] = [known]) {
  const applied = applySession(before, discovery, { ignore: [], at: endedAt, visible: false });
  const finding = applied.findings.find(({ id }) => id === known.id);
  if (!finding) throw new Error('a finding was lost');
  return { applied, finding };
}

const partial: Partial<Discovery['session']> = { result: 'partial' };

describe('a finding that a session did not see', () => {
  it.each<[string, Finding, Parameters<typeof aDiscovery>, Partial<Finding>]>([
    ['stays as it is where nobody looked', known, [{}], { state: 'open', missed: 1 }],
    ['is missed by a complete scan of everything', known, [wholeScan], { state: 'open', missed: 2 }],
    [
      'is missed by a complete scan of its path',
      known,
      [{ covered: [{ scan: 'security', paths: ['src/**'] }] }],
      { missed: 2 },
    ],
    [
      'is not missed by a scan of other paths',
      known,
      [{ covered: [{ scan: 'security', paths: ['lib/**'] }] }],
      { missed: 1 },
    ],
    [
      'is not missed by a scan that looks for other things',
      known,
      [{ covered: [{ scan: 'bugs', paths: [] }] }],
      { missed: 1 },
    ],
    [
      'is missed where its file was renamed into the scanned paths',
      known,
      [{ covered: [{ scan: 'security', paths: ['lib/**'] }], renames: [['src/db.js', 'lib/db.js']] }],
      { missed: 2 },
    ],
    ['is not missed by a partial session', known, [wholeScan, partial], { state: 'open', missed: 1 }],
    ['is not missed by a failed session', known, [wholeScan, { result: 'failed' }], { state: 'open', missed: 1 }],
    [
      'without a place is missed by a scan of everything only',
      placeless,
      [{ covered: [{ scan: 'security', paths: ['src/**'] }] }],
      { missed: 1 },
    ],
    ['stays open however often it is missed', { ...known, missed: 40 }, [wholeScan], { state: 'open', missed: 41 }],
    [
      'is closed by an agent that proved it gone',
      known,
      [{ ...wholeScan, verdicts: [verdict()] }],
      { state: 'resolved' },
    ],
    [
      'is closed by a reproduce command that is silent',
      known,
      [{ verdicts: [verdict({ by: 'reproduce' })] }],
      { state: 'resolved' },
    ],
    [
      'is closed by a reproduce command also after a partial session',
      known,
      [{ verdicts: [verdict({ by: 'reproduce' })] }, partial],
      { state: 'resolved' },
    ],
    [
      'is not closed by the word of an agent after a partial session',
      known,
      [{ verdicts: [verdict()] }, partial],
      { state: 'open', missed: 1 },
    ],
    [
      'is not closed by an inconclusive look',
      known,
      [{ verdicts: [verdict({ verdict: 'inconclusive' })] }],
      { state: 'open' },
    ],
    [
      'counts as looked for where it is still present',
      known,
      [{ ...wholeScan, verdicts: [verdict({ verdict: 'present' })] }],
      { state: 'open', missed: 0, occurrences: 1 },
    ],
    [
      'is not closed where another look saw it',
      known,
      [{ verdicts: [verdict({ verdict: 'present', by: 'reproduce' }), verdict()] }],
      { state: 'open', missed: 0 },
    ],
    [
      'is closed where another look could not tell',
      known,
      [{ verdicts: [verdict({ verdict: 'inconclusive', by: 'anchor' }), verdict()] }],
      { state: 'resolved' },
    ],
    [
      'is not closed where somebody saw it meanwhile',
      { ...known, lastSeen: { session: 'S9', at: '2026-11-22T10:02:00Z' } },
      [{ ...wholeScan, verdicts: [verdict()] }],
      { state: 'open', missed: 1 },
    ],
    [
      'is closed while it is investigated',
      { ...known, state: 'investigated' },
      [{ verdicts: [verdict()] }],
      { state: 'resolved' },
    ],
    [
      'is not touched while it is ignored',
      { ...known, state: 'ignored', ignored: { at: startedAt } },
      [{ ...wholeScan, verdicts: [verdict()] }],
      { state: 'ignored', missed: 1 },
    ],
    [
      'is closed on proof where the rule that ignored it is over',
      { ...known, state: 'ignored' },
      [{ verdicts: [verdict()] }],
      { state: 'resolved' },
    ],
    [
      'is missed, and open, where the rule that ignored it is over',
      { ...known, state: 'ignored', issue: { number: 7, labels: [] } },
      [wholeScan],
      { state: 'open', missed: 2 },
    ],
    [
      'is resolved as before where the rule that ignored it is over',
      { ...known, state: 'ignored', resolution: { at: startedAt, proof: 'Closed as completed.' } },
      [wholeScan],
      { state: 'resolved' },
    ],
    [
      'without its details stays ignored, as nobody can tell whether the rule is over',
      { ...placeless, description: '', state: 'ignored' },
      [wholeScan],
      { state: 'ignored' },
    ],
    [
      'is not closed by its own check where somebody saw it meanwhile',
      { ...byCheck, lastSeen: { session: 'S9', at: '2026-11-22T10:02:00Z' } },
      [{ determined: [{ check: 'lint', heldRules: [] }] }],
      { state: 'open' },
    ],
    [
      'is closed by its own check, run to its end',
      byCheck,
      [{ determined: [{ check: 'lint', heldRules: [] }] }],
      { state: 'resolved' },
    ],
    [
      'is closed by its own check also after a partial session',
      byCheck,
      [{ determined: [{ check: 'lint', heldRules: [] }] }, partial],
      { state: 'resolved' },
    ],
    [
      'is not closed by a check that was capped',
      byCheck,
      [{ determined: [{ check: 'lint', heldRules: ['no-sql'] }] }],
      { state: 'open' },
    ],
    [
      'is not closed by another check',
      byCheck,
      [{ determined: [{ check: 'types', heldRules: [] }] }],
      { state: 'open' },
    ],
    ['of a check is not missed by an agent', byCheck, [wholeScan], { state: 'open', missed: 0 }],
  ])('%s', (_what, before, [discovery, session], expected) => {
    expect(apply(aDiscovery(discovery, session), [before]).finding).toMatchObject(expected);
  });

  it('of an agent is never closed without a verdict that it is gone, whatever else a session says', () => {
    const name = fc.constantFrom('security', 'bugs', 'lint');
    const paths = fc.subarray(['src/**', 'lib/**', '!src/db.js']);
    const unproven = fc.record({
      verdict: fc.constantFrom('present' as const, 'inconclusive' as const),
      by: fc.constantFrom('reproduce' as const, 'check' as const, 'agent' as const, 'anchor' as const),
    });
    const discovery = fc.record({
      covered: fc.array(fc.record({ scan: name, paths }), { maxLength: 3 }),
      determined: fc.array(fc.record({ check: name, heldRules: fc.subarray(['no-sql']) }), { maxLength: 3 }),
      gone: fc.subarray(['src/db.js', 'src/other.js']),
      verdicts: fc.array(unproven.map(verdict), { maxLength: 3 }),
    });
    const result = fc.constantFrom('complete' as const, 'partial' as const, 'failed' as const);
    fc.assert(
      fc.property(discovery, result, (said, outcome) => {
        expect(apply(aDiscovery(said, { result: outcome })).finding.state).toBe('open');
      }),
    );
  });

  it('keeps the proof, the commit and the code that shows its end', () => {
    const { finding, applied } = apply(aDiscovery({ verdicts: [verdict()] }));
    expect(applied.resolved).toEqual([known.id]);
    expect(finding.resolution).toEqual({
      at: endedAt,
      commit: scannedCommit,
      proof: 'It is repaired.',
      evidence: verdict().evidence,
    });
    expect(finding.lastCheck).toMatchObject({ verdict: 'gone', by: 'agent', commit: scannedCommit, at: endedAt });
  });

  it('keeps what its check said when it closed it', () => {
    const { finding } = apply(aDiscovery({ determined: [{ check: 'lint', version: '2.0', heldRules: [] }] }), [
      byCheck,
    ]);
    const proof = 'The check lint (version 2.0) ran to its end and no longer reports no-sql in src/db.js.';
    expect(finding.resolution).toEqual({ at: endedAt, commit: scannedCommit, proof });
    expect(finding.lastCheck).toMatchObject({ verdict: 'gone', by: 'check', proof });
  });

  it('says why a proof of its end did not count', () => {
    const { finding } = apply(aDiscovery({ verdicts: [verdict()] }, partial));
    expect(finding.lastCheck).toMatchObject({
      verdict: 'inconclusive',
      proof: 'It is repaired. The session was not complete, so it stays open.',
    });
  });
});

describe('a finding that a session saw', () => {
  const raised = [aRaised()];

  it('is not missed any more', () => {
    const { finding } = apply(aDiscovery({ ...wholeScan, raised }));
    expect(finding).toMatchObject({ state: 'open', missed: 0, occurrences: 2 });
    expect(finding.lastCheck).toBeUndefined();
  });

  describe('by an agent that quotes other code of it', () => {
    const evidence = [{ path: 'src/db.js', startLine: 4, quote: 'const rows = db.query(sql)' }];
    const other = aRaised({ evidence, location: { path: 'src/db.js', startLine: 4 } });
    const seenAt = (commit: string) => ({ ...known, lastSeen: { ...known.lastSeen, commit } });

    it('shows what it showed, where it is the commit at which it was last seen', () => {
      const { finding } = apply(aDiscovery({ raised: [other] }), [seenAt(scannedCommit)]);
      expect(finding).toMatchObject({ evidence: known.evidence, location: known.location, occurrences: 2 });
      expect(issueDigest(finding)).toBe(issueDigest(known));
    });

    it('shows the other code at another commit', () => {
      expect(apply(aDiscovery({ raised: [other] }), [seenAt('e'.repeat(40))]).finding).toMatchObject({ evidence });
    });
  });

  it('takes a command of an agent that cites it or quotes its code, and none that may show another problem', () => {
    const anchor = { path: '0'.repeat(16), line: '2'.repeat(16) };
    const elsewhere = { ...anchor, line: '3'.repeat(16) };
    const before = { ...known, anchors: [anchor], lastSeen: { ...known.lastSeen, commit: scannedCommit } };
    const shown = (over: Partial<RaisedFinding>) => {
      const evidence = [{ path: 'src/db.js', startLine: 4, quote: 'return rows[0]' }];
      const reproduce = { command: 'node shows.js' };
      const told = aRaised({ evidence, reproduce, verified: 'reproduced', ...over });
      const { finding } = apply(aDiscovery({ raised: [told] }), [before]);
      return [finding.reproduce?.command, finding.verified];
    };
    expect(shown({ anchor })).toEqual(['node shows.js', 'reproduced']);
    expect(shown({ anchor: elsewhere, known: known.id })).toEqual(['node shows.js', 'reproduced']);
    expect(shown({ anchor: elsewhere })).toEqual([undefined, 'quoted']);
    expect(shown({ evidence: [] })).toEqual([undefined, 'quoted']);
  });

  it('keeps the name of its declaration while it stands in the same one, however agents call it', () => {
    const anchor = { path: '0'.repeat(16), scope: '1'.repeat(16), line: '2'.repeat(16) };
    const calling = (symbol?: string) => ({ path: 'src/db.js', startLine: 3, ...(symbol ? { symbol } : {}) });
    const before = { ...known, anchors: [anchor], location: calling('findUser') };
    const symbolAs = (symbol: string | undefined, scope = anchor.scope) =>
      apply(aDiscovery({ raised: [aRaised({ anchor: { ...anchor, scope }, location: calling(symbol) })] }), [before])
        .finding.location?.symbol;
    expect([symbolAs(undefined), symbolAs('Users.findUser()')]).toEqual(['findUser', 'findUser']);
    expect(symbolAs('findPerson', '3'.repeat(16))).toBe('findPerson');
  });

  it('stays open whatever a verdict says, and the contradiction is on record', () => {
    const { finding, applied } = apply(aDiscovery({ raised, verdicts: [verdict({ by: 'reproduce' })] }));
    expect(finding.state).toBe('open');
    expect(applied.resolved).toEqual([]);
    expect(finding.lastCheck).toMatchObject({
      verdict: 'inconclusive',
      proof: 'It was seen in the same session, against this: It is repaired.',
    });
  });

  it.each([
    ['stays closed where a session that began later', 'S20261122-100001-zzzz', '10:04:00', 'resolved'],
    ['stays closed where a session that began with it', 'S20261122-100000-zzzz', '10:04:00', 'resolved'],
    ['is open again where a session that began earlier', 'S20261122-095959-aaaa', '10:04:00', 'open'],
    ['is open again where a session that ended before it began', 'S20261122-100000-zzzz', '10:00:00', 'open'],
  ] as const)('%s showed that it is gone', (_what, resolver, time, state) => {
    const at = `2026-11-22T${time}Z`;
    const lastCheck = { at, session: resolver, verdict: 'gone', by: 'check', proof: 'It passes.' } as const;
    const issue = { number: 7, labels: [] };
    const closed: Finding = { ...known, state: 'resolved', resolution: { at, proof: 'It passes.' }, lastCheck, issue };
    const { finding, applied } = apply(aDiscovery({ raised }), [closed]);
    expect(finding).toMatchObject({ state, occurrences: 2 });
    expect(applied.reopened).toEqual(state === 'open' ? [known.id] : []);
    expect(finding.regressed === undefined).toBe(state === 'resolved');
  });
});
