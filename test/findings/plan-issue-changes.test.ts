import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import type { IssueSnapshot } from '../../src/findings/issue.ts';
import { writesOf } from '../../src/findings/issue-plan.ts';
import { observeIssue } from '../../src/findings/observe-issue.ts';
import { type PlanRequest, planIssueChanges } from '../../src/findings/plan-issue-changes.ts';
import { aFinding, applied, aRequest, gate, planOne, published, self } from './issue-builders.ts';

const resolution = { at: '2026-11-22T10:00:00Z', commit: 'd'.repeat(40), proof: 'the check is clean' };
const regressed = { at: '2026-11-23T10:00:00Z', commit: 'e'.repeat(40) };
const settings = aRequest().settings;

describe('a new finding', () => {
  it('gets an issue with its labels and the people to care for it', () => {
    const change = planOne(aFinding(), {
      settings: { ...settings, labels: ['courier', 'team: shop'], assignees: ['ada'] },
    });
    expect(change).toMatchObject({
      kind: 'create',
      finding: 'F-0000000a',
      issue: {
        title: 'Order total loses cents',
        labels: ['courier', 'team: shop', 'priority: medium', 'bug'],
        assignees: ['ada'],
      },
      written: { title: 'Order total loses cents', labels: ['courier', 'team: shop', 'priority: medium', 'bug'] },
    });
  });

  it('is filed by a partial session, too', () => {
    expect(planOne(aFinding(), { partial: true }).kind).toBe('create');
  });

  it('is held back below the lowest priority that is filed', () => {
    const minimum = { settings: { ...settings, minPriority: 'high' as const } };
    expect(planOne(aFinding({ severity: 3 }), minimum)).toMatchObject({ kind: 'hold', reason: 'below-min-priority' });
    expect(planOne(aFinding({ severity: 2 }), minimum).kind).toBe('create');
  });

  it.each([
    ['label', { kind: 'create' }],
    ['hold', { kind: 'hold', reason: 'unverified' }],
    ['drop', { kind: 'none', reason: 'dropped' }],
  ] as const)('that nobody could verify is treated as configured: %s', (unverified, expected) => {
    expect(planOne(aFinding({ verified: 'none' }), { settings: { ...settings, unverified } })).toMatchObject(expected);
  });

  it('carries a label while it is not verified', () => {
    const change = planOne(aFinding({ verified: 'none' }));
    expect(change.kind === 'create' && change.issue.labels).toContain('courier: unverified');
  });

  it('is never filed while it is ignored or resolved', () => {
    expect(planOne(aFinding({ state: 'ignored' }))).toMatchObject({ kind: 'none', reason: 'ignored' });
    expect(planOne(aFinding({ state: 'resolved', resolution }))).toMatchObject({ kind: 'none', reason: 'resolved' });
  });
});

describe('more new findings than a session may file', () => {
  it('are held back, the least severe first', () => {
    const findings = [4, 1, 3, 2].map((severity) =>
      aFinding({ id: `F-0000000${severity}`, severity: toSeverity(severity) }),
    );
    const { changes } = planIssueChanges(aRequest({ findings, settings: { ...settings, maxNew: 2 } }));
    expect(changes.map((change) => [change.finding, change.kind])).toEqual([
      ['F-00000001', 'create'],
      ['F-00000002', 'create'],
      ['F-00000003', 'hold'],
      ['F-00000004', 'hold'],
    ]);
    expect(changes[2]).toMatchObject({ reason: 'max-new' });
  });

  it('wait for a person, all of them, where that is wanted; what somebody asked for is filed', () => {
    const findings = [aFinding({ id: 'F-00000001' }), aFinding({ id: 'F-00000002' })];
    const gated = { findings, settings: { ...settings, gate: 'human' as const }, requested: new Set(['F-00000002']) };
    const { changes } = planIssueChanges(aRequest(gated));
    expect(changes).toMatchObject([
      { finding: 'F-00000001', kind: 'hold', reason: 'review' },
      { finding: 'F-00000002', kind: 'create' },
    ]);
  });

  it('come in an order that does not depend on how they were listed', () => {
    const findings = ['b', 'a', 'c'].map((path, index) => aFinding({ id: `F-0000000${index}`, location: { path } }));
    const forwards = planIssueChanges(aRequest({ findings }));
    expect(planIssueChanges(aRequest({ findings: [...findings].reverse() }))).toEqual(forwards);
    expect(forwards.changes.map(({ finding }) => finding)).toEqual(['F-00000001', 'F-00000000', 'F-00000002']);
  });
});

describe('a security finding on a public repository', () => {
  const secret = aFinding({ category: 'security', title: 'SQL injection in login', description: 'Password check' });

  it.each(['auto', 'withhold'] as const)('is not told, nor its title (sensitive: %s)', (sensitive) => {
    const change = planOne(secret, { audience: 'public', settings: { ...settings, sensitive } });
    expect(change).toMatchObject({ kind: 'hold', reason: 'sensitive' });
    expect(JSON.stringify(change)).not.toMatch(/SQL|login|Password|total/);
  });

  it('is not told either when it has an issue already, or is back, or gone', () => {
    const known = published({ category: 'security' });
    for (const over of [{ title: 'Worse' }, { state: 'resolved', resolution } as const, { regressed }]) {
      const change = planOne({ ...known, finding: { ...known.finding, ...over } }, { audience: 'public' });
      expect(change).toMatchObject({ kind: 'hold', reason: 'sensitive' });
    }
  });

  it('does not show its title either where nothing is to be done about it', () => {
    const change = planOne({ ...secret, state: 'ignored' }, { audience: 'public' });
    expect(change).toMatchObject({ kind: 'none', title: 'A security finding' });
  });

  it('gets an ordinary issue on a private one', () => {
    expect(planOne(secret).kind).toBe('create');
  });
});

describe('an open issue', () => {
  it('is left alone while only counters, dates, sessions, commits and lines change', () => {
    const { finding, issue } = published();
    const later: Finding = {
      ...finding,
      occurrences: 9,
      lastSeen: { session: 'S9', at: '2026-12-01T00:00:00Z', commit: 'f'.repeat(40) },
      location: { path: 'src/total.ts', startLine: 30, endLine: 31, symbol: 'total' },
      evidence: finding.evidence.map((each) => ({ ...each, startLine: 30, endLine: 30 })),
    };
    expect(planOne({ finding: later, issue })).toEqual({
      kind: 'none',
      finding: finding.id,
      title: finding.title,
      number: 7,
      reason: 'unchanged',
    });
  });

  it('is brought up to date when the finding says something else, and then left alone', () => {
    const { finding, issue } = published();
    const changed = { finding: { ...finding, description: 'Totals are added as floats, and rounded twice.' }, issue };
    const change = planOne(changed);
    expect(change).toMatchObject({ kind: 'update', number: 7 });
    expect(change.kind === 'update' && change.update.body).toContain('rounded twice');
    expect(change.kind === 'update' && Object.keys(change.update)).toEqual(['body']);
    expect(planOne(applied(changed, change))).toMatchObject({ kind: 'none', reason: 'unchanged' });
  });

  it('is not touched by a partial session', () => {
    const { finding, issue } = published();
    const change = planOne({ finding: { ...finding, description: 'Other.' }, issue }, { partial: true });
    expect(change).toMatchObject({ kind: 'none', reason: 'partial' });
  });

  it('keeps what people wrote around the managed block', () => {
    const { finding, issue } = published();
    const body = `cc @ada fixes #1\r\n\r\n${issue.body}\r\n\r\n- [ ] ask Bob <!-- mine -->`;
    const change = planOne({ finding: { ...finding, description: 'Other.' }, issue: { ...issue, body } });
    const next = change.kind === 'update' ? (change.update.body ?? '') : '';
    expect(next.startsWith('cc @ada fixes #1\r\n\r\n<!-- courier:begin -->')).toBe(true);
    expect(next.endsWith('<!-- courier:end -->\r\n\r\n- [ ] ask Bob <!-- mine -->')).toBe(true);
    expect(next).toContain('Other.');
    expect(next).not.toContain('Totals are added');
  });

  it('gets a new title only while its title is the one that Courier wrote', () => {
    const { finding, issue } = published();
    const retitled = { ...finding, title: 'Totals lose cents' };
    expect(planOne({ finding: retitled, issue })).toMatchObject({ update: { title: 'Totals lose cents' } });
    const change = planOne({ finding: retitled, issue: { ...issue, title: 'Cents!' } });
    expect(change.kind === 'update' && change.update.title).toBeUndefined();
    expect(change).toMatchObject({ written: { title: 'Order total loses cents' } });
  });

  it('gets a comment and another label when the severity rises, once', () => {
    const { finding, issue } = published();
    const worse = { finding: { ...finding, severity: 1 as const }, issue };
    const change = planOne(worse);
    expect(change).toMatchObject({
      kind: 'update',
      comment: '**Severity rose** from medium to critical.',
      update: { addLabels: ['priority: critical'], removeLabels: ['priority: medium'] },
    });
    expect(planOne(applied(worse, change)).kind).toBe('none');
  });

  it('gets a comment when all of its evidence is another, once, with the code', () => {
    const { finding, issue } = published();
    const moved = [{ path: 'src/cart.ts', startLine: 9, quote: 'const sum = prices.reduce(add);' }];
    const other = { finding: { ...finding, evidence: moved }, issue };
    const change = planOne(other);
    expect(change).toMatchObject({ kind: 'update', comment: expect.stringContaining('**The evidence changed**') });
    expect(change).toMatchObject({ comment: expect.stringContaining('const sum = prices.reduce(add);') });
    expect(planOne(applied(other, change)).kind).toBe('none');
  });

  it('gets a comment when its proof gets stronger', () => {
    const { finding, issue } = published();
    const quoted = { finding: { ...finding, verified: 'quoted' as const }, issue };
    const link = {
      ...finding.issue,
      number: issue.number,
      evidence: { verified: 'none' as const, quotes: [] },
      labels: [],
    };
    const change = planOne({ ...quoted, finding: { ...quoted.finding, issue: link, title: 'Told anew' } });
    expect(change).toMatchObject({ comment: expect.stringContaining('**The evidence changed**') });
  });

  it('gets no comment for one quote more, a line that moved, or a record that does not say what was shown', () => {
    const { finding, issue } = published();
    const [first] = finding.evidence;
    const more = first
      ? [
          { ...first, startLine: 90 },
          { path: 'src/cart.ts', quote: 'another(place)' },
        ]
      : [];
    const change = planOne({ finding: { ...finding, evidence: more }, issue });
    expect(change.kind).toBe('update');
    expect(change).not.toHaveProperty('comment');
    const { evidence: _, ...older } = finding.issue ?? { number: issue.number, labels: [] };
    const retold = { ...finding, issue: older, evidence: [{ path: 'src/cart.ts', quote: 'another(place)' }] };
    expect(planOne({ finding: retold, issue })).not.toHaveProperty('comment');
  });

  it('gets no comment when the severity falls', () => {
    const { finding, issue } = published();
    const change = planOne({ finding: { ...finding, severity: 4 }, issue });
    expect(change).toMatchObject({
      kind: 'update',
      update: { addLabels: ['priority: low'], removeLabels: ['priority: medium'] },
    });
    expect(change).not.toHaveProperty('comment');
  });

  it.each([
    ['exchanged', ['courier', 'priority: low', 'bug']],
    ['took away', ['courier', 'bug']],
    ['added', ['courier', 'priority: medium', 'Priority: High', 'bug']],
  ])('keeps the priority that a person %s', (_how, labels) => {
    const { finding, issue } = published();
    const change = planOne({ finding: { ...finding, severity: 1 }, issue: { ...issue, labels } });
    expect(change.kind).toBe('update');
    const update = change.kind === 'update' ? change.update : {};
    expect(update).not.toHaveProperty('addLabels');
    expect(update).not.toHaveProperty('removeLabels');
  });

  it('keeps labels that people gave, and does not give again what they took', () => {
    const { finding, issue } = published({ verified: 'none' });
    const labels = ['wontfix?', 'priority: medium', 'Courier: Unverified'];
    const change = planOne({ finding: { ...finding, verified: 'reproduced' }, issue: { ...issue, labels } });
    expect(change).toMatchObject({ update: { removeLabels: ['Courier: Unverified'] } });
    expect(change.kind === 'update' && change.update.addLabels).toBeUndefined();
  });

  it.each([
    ['is locked', { locked: true }, 'locked'],
    ['was deleted or transferred', undefined, 'gone'],
  ] as const)('that %s is never written to, nor filed again', (_what, changed, reason) => {
    const { finding, issue } = published();
    const issues = new Map(changed ? [[7, { ...issue, ...changed }]] : []);
    for (const state of ['open', 'resolved'] as const) {
      const change = planOne({ ...finding, state, description: 'Other.', resolution }, { issues });
      expect(change).toMatchObject({ kind: 'none', number: 7, reason });
    }
  });

  it('stays open while the finding is ignored', () => {
    const { finding, issue } = published();
    expect(planOne({ finding: { ...finding, state: 'ignored' }, issue })).toMatchObject({
      kind: 'none',
      reason: 'ignored',
    });
  });
});

describe('a finding that is gone', () => {
  const known = published();
  const gone = { finding: { ...known.finding, state: 'resolved' as const, resolution }, issue: known.issue };

  it('has its issue closed as completed, with the proof, once', () => {
    const change = planOne(gone);
    expect(change).toMatchObject({
      kind: 'close',
      number: 7,
      update: { state: { to: 'closed', reason: 'completed' } },
    });
    expect(change.kind === 'close' && change.comment).toMatch(
      /\*\*Resolved\*\* at \[`ddddddd`\]\(https:.*\n\nProof: the check is clean/,
    );
    expect(planOne(applied(gone, change))).toMatchObject({ kind: 'none', reason: 'resolved' });
  });

  it('has it closed by a partial session, too: the proof is complete', () => {
    expect(planOne(gone, { partial: true }).kind).toBe('close');
  });

  it.each(['not_planned', 'completed', 'duplicate'] as const)(
    'is left alone where it is closed already (%s)',
    (stateReason) => {
      const issue: IssueSnapshot = { ...gone.issue, state: 'closed', stateReason, closedBy: 'ada' };
      expect(planOne({ ...gone, issue })).toMatchObject({ kind: 'none', reason: 'resolved' });
    },
  );
});

describe('a finding that is back', () => {
  const known = published();
  /** Closed as told, seen so, and found again. */
  const back = (changed: Partial<IssueSnapshot>, after: Partial<Finding> = { state: 'open', regressed }) => {
    const closed = { state: 'closed', stateReason: 'completed', closedBy: self } as const;
    const issue: IssueSnapshot = { ...known.issue, ...closed, ...changed };
    const before: Finding = { ...known.finding, state: 'resolved', resolution };
    const finding = observeIssue(before, issue, { at: regressed.at, self });
    return { finding: finding.state === 'ignored' ? finding : { ...finding, ...after }, issue };
  };

  it('has the issue that Courier closed opened again, labelled, with the commit, once', () => {
    const change = planOne(back({}));
    expect(change).toMatchObject({
      kind: 'reopen',
      number: 7,
      update: { state: { to: 'open' }, addLabels: ['courier: regressed'] },
    });
    expect(change.kind === 'reopen' && change.comment).toMatch(/\*\*Regressed:\*\* .* at \[`eeeeeee`\]/);
    expect(planOne(applied(back({}), change))).toMatchObject({ kind: 'none', reason: 'unchanged' });
  });

  it('gets the label again at its second regression', () => {
    const first = applied(back({}), planOne(back({})));
    const again = back({ ...first.issue, state: 'closed', stateReason: 'completed', closedBy: self, labels: [] });
    expect(planOne(again)).toMatchObject({ kind: 'reopen', update: { addLabels: ['courier: regressed'] } });
  });

  it.each([
    ['closed by another app', { closedBy: 'stale[bot]' }, 'closed-by-app'],
    ['closed as not planned', { stateReason: 'not_planned' as const, closedBy: 'ada' }, 'not-planned'],
    ['closed as a duplicate', { stateReason: 'duplicate' as const, closedBy: 'ada' }, 'duplicate'],
    ['closed, and locked', { locked: true }, 'locked'],
  ])('is silent where the issue was %s', (_how, changed, reason) => {
    expect(planOne(back(changed))).toMatchObject({ kind: 'none', number: 7, reason });
  });

  it('names the app that closed its issue', () => {
    expect(planOne(back({ closedBy: 'stale[bot]' }))).toMatchObject({ reason: 'closed-by-app', by: 'stale[bot]' });
  });

  it('has the issue that a person closed opened again, with the evidence', () => {
    const change = planOne(back({ closedBy: 'ada' }));
    expect(change).toMatchObject({ kind: 'reopen', update: { state: { to: 'open' } } });
    expect(change.kind === 'reopen' && change.comment).toContain('sum += price * 1.19;');
  });

  it('is silent where nobody looked at who closed the issue', () => {
    const { finding, issue } = back({});
    const { observed: _, ...link } = finding.issue ?? { number: 7, labels: [] };
    expect(planOne({ finding: { ...finding, issue: link }, issue })).toMatchObject({ reason: 'closed-by-person' });
  });

  it('is silent where the ledger knows of no end that it came back from', () => {
    expect(planOne(back({}, { state: 'open' }))).toMatchObject({ kind: 'none', reason: 'closed-by-person' });
  });

  it('is silent in a partial session', () => {
    expect(planOne(back({}), { partial: true })).toMatchObject({ kind: 'none', reason: 'partial' });
  });
});

describe('an issue whose creation was never answered', () => {
  const { issue } = published();

  it('is remembered instead of filed again, and not written to', () => {
    const change = planOne(aFinding(), {
      adoptable: [
        { ...issue, number: 12 },
        { ...issue, number: 11 },
      ],
    });
    expect(change).toMatchObject({
      kind: 'adopt',
      number: 11,
      url: issue.url,
      written: { title: 'Order total loses cents' },
    });
    expect(writesOf({ changes: [change] })).toEqual([]);
  });

  it('does not count as a new one', () => {
    expect(planOne(aFinding(), { adoptable: [issue], settings: { ...settings, maxNew: 0 } }).kind).toBe('adopt');
  });

  it('is remembered also when a person closed it meanwhile', () => {
    const closed: IssueSnapshot = { ...issue, state: 'closed', stateReason: 'not_planned', closedBy: 'ada' };
    expect(planOne(aFinding(), { adoptable: [closed] }).kind).toBe('adopt');
  });

  it('is not taken for another finding, nor from one that has it', () => {
    expect(planOne(aFinding({ id: 'F-0000000b' }), { adoptable: [issue] }).kind).toBe('create');
    const owner = published({ id: 'F-0000000b' });
    const { changes } = planIssueChanges(
      aRequest({ findings: [owner.finding, aFinding()], issues: new Map([[7, issue]]), adoptable: [issue] }),
    );
    expect(changes.map(({ finding, kind }) => [finding, kind])).toContainEqual(['F-0000000a', 'create']);
  });

  it('is not found by a marker in a quotation', () => {
    const quoted = {
      ...issue,
      body: `> <!-- courier:finding F-0000000a -->\n\n\`\`\`\n${issue.body.slice(0, 60)}\n\`\`\``,
    };
    expect(planOne(aFinding(), { adoptable: [quoted] }).kind).toBe('create');
  });
});

describe('any plan', () => {
  const findings = fc.uniqueArray(
    fc.record({
      id: fc.constantFrom('F-00000001', 'F-00000002', 'F-00000003', 'F-00000004'),
      severity: fc.constantFrom(1, 2, 3, 4),
      category: fc.constantFrom('bug', 'security'),
      verified: fc.constantFrom('none', 'quoted', 'reproduced'),
      state: fc.constantFrom('detected', 'open', 'resolved', 'ignored'),
      filed: fc.boolean(),
      back: fc.boolean(),
      description: fc.constantFrom('Same.', 'Other.'),
      issue: fc.record({
        state: fc.constantFrom('open', 'closed'),
        stateReason: fc.constantFrom('completed', 'not_planned', 'duplicate', undefined),
        closedBy: fc.constantFrom(self, 'ada', undefined),
        locked: fc.boolean(),
        labels: fc.subarray(['courier', 'priority: low', 'priority: medium', 'bug', 'other']),
      }),
    }),
    { selector: ({ id }) => id },
  );
  const requests = fc.tuple(
    findings,
    fc.constantFrom('public', 'private'),
    fc.boolean(),
    fc.integer({ min: 0, max: 3 }),
  );

  it('has one change per finding, and none that writes once it was applied', () => {
    fc.assert(
      fc.property(requests, ([drafts, audience, partial, maxNew]) => {
        const known = drafts.map((draft, index) => build(draft, index + 1));
        const request = { audience, partial, settings: { ...settings, maxNew } } as const;
        const plan = planIssueChanges(toRequest(known, request));
        expect(plan.changes.map(({ finding }) => finding).sort()).toEqual(drafts.map(({ id }) => id).sort());
        expect(plan.changes.filter(({ kind }) => kind === 'create').length).toBeLessThanOrEqual(maxNew);
        const after = known.map(({ finding, issue }) => {
          const change = plan.changes.find((each) => each.finding === finding.id);
          if (!change) throw new Error('no change');
          return issue ? applied({ finding, issue }, change) : { finding, issue };
        });
        const rest = planIssueChanges(toRequest(after, request));
        expect(writesOf(rest).filter(({ kind }) => kind !== 'create')).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  type Draft = (typeof findings extends fc.Arbitrary<infer List> ? List : never) extends (infer One)[] ? One : never;
  type Known = { finding: Finding; issue: IssueSnapshot | undefined };

  function build({ filed, back, issue, ...over }: Draft, number: number): Known {
    const first = published({ id: over.id, severity: over.severity, category: over.category }, { number, ...issue });
    const finding: Finding = { ...first.finding, ...over, ...(back ? { regressed } : {}), resolution };
    if (filed) return { finding, issue: first.issue };
    const { issue: _link, ...rest } = finding;
    return { finding: rest, issue: undefined };
  }

  function toRequest(known: readonly Known[], over: Partial<PlanRequest>): PlanRequest {
    const issues = known.flatMap(({ issue }) => (issue ? [[issue.number, issue] as const] : []));
    return aRequest({ findings: known.map(({ finding }) => finding), issues: new Map(issues), ...over });
  }
});

function toSeverity(value: number): Finding['severity'] {
  return value === 1 || value === 2 || value === 3 ? value : 4;
}

it('writes nothing that did not pass the gate', () => {
  const change = planOne(
    aFinding({ title: 'a-secret-value-1234 @ada fixes #1', description: 'a-secret-value-1234 @bob' }),
  );
  const text = JSON.stringify(change);
  expect(text).not.toContain('a-secret-value-1234');
  expect(change.kind === 'create' && change.issue.title).toBe('*** `@ada` fixes `#1`');
  expect(change.title).toBe(gate.title('*** @ada fixes #1'));
});
