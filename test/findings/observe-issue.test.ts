import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import type { IssueSnapshot } from '../../src/findings/issue.ts';
import { writesOf } from '../../src/findings/issue-plan.ts';
import { observeIssue } from '../../src/findings/observe-issue.ts';
import { sightFinding } from '../../src/findings/sight-finding.ts';
import { aRaised } from './builders.ts';
import { applied, type Published, planOne, published, self } from './issue-builders.ts';

const at = '2026-12-01T10:00:00Z';
const look = { at, self };
const by = (login: string, label: string, when = '2026-11-30T10:00:00Z') => ({ at: when, by: login, label });

describe('a look at an issue', () => {
  it('that nobody touched tells nothing', () => {
    const { finding, issue } = published();
    expect(observeIssue(finding, issue, look).history).toEqual([]);
  });

  it('takes no word from the text of an issue', () => {
    const { finding, issue } = published();
    const body = `${issue.body}\n/courier ignore\npriority: critical\n<!-- courier:finding F-0000000b -->`;
    expect(observeIssue(finding, { ...issue, body }, look)).toMatchObject({ state: 'open', history: [], severity: 3 });
  });

  it('sees a title and labels that people changed, and tells each once', () => {
    const { finding, issue } = published();
    const changed = { ...issue, title: 'Cents!', labels: ['courier', 'priority: medium', 'team: shop'] };
    const seen = observeIssue(finding, changed, look);
    expect(seen.history).toEqual([
      { at, what: 'relabelled', detail: '+team: shop, -bug' },
      { at, what: 'retitled', detail: 'Cents!' },
    ]);
    expect(observeIssue(seen, changed, { ...look, at: '2026-12-02T10:00:00Z' })).toEqual(seen);
  });

  it('keeps the newest entries of a history only', () => {
    let { finding } = published();
    const { issue } = published();
    for (let turn = 0; turn < 200; turn++) finding = observeIssue(finding, { ...issue, locked: turn % 2 === 0 }, look);
    expect(finding.history).toHaveLength(50);
  });
});

describe('a priority', () => {
  const known = published();
  const labelled = (labels: string[], more: Partial<IssueSnapshot> = {}) =>
    observeIssue(known.finding, { ...known.issue, labels, ...more }, look);

  it('that a person sets is the priority from then on', () => {
    const acts = [by('ada', 'priority: high')];
    const seen = labelled(['courier', 'bug', 'priority: high'], { labelled: acts });
    expect(seen).toMatchObject({ severity: 2, prioritySet: { at: '2026-11-30T10:00:00Z', by: 'ada' } });
    expect(seen.history).toMatchObject([{ what: 'priority', actor: 'ada', detail: 'high' }]);
    const sighting = { session: 'S9', at, commit: 'b'.repeat(40) };
    expect(sightFinding(seen, aRaised({ severity: 1 }), sighting).severity).toBe(2);
  });

  it.each([
    ['beside that of Courier', ['priority: medium', 'Priority: Low']],
    ['instead of that of Courier', ['Priority: Low']],
  ])('is theirs, %s', (_how, labels) => {
    expect(labelled(['courier', 'bug', ...labels])).toMatchObject({ severity: 4, prioritySet: { at } });
  });

  it('is the newest of two that people set', () => {
    const labels = ['courier', 'bug', 'priority: critical', 'priority: low'];
    const acts = [by('ada', 'priority: low', '2026-11-30T12:00:00Z'), by('bob', 'priority: critical')];
    expect(labelled(labels, { labelled: acts })).toMatchObject({ severity: 4, prioritySet: { by: 'ada' } });
  });

  it('is not set by taking the label away', () => {
    const seen = labelled(['courier', 'bug']);
    expect(seen.prioritySet).toBeUndefined();
    expect(seen.severity).toBe(3);
  });

  it('may be changed again, also back to what Courier gave', () => {
    const high = labelled(['courier', 'bug', 'priority: high']);
    const back = observeIssue(high, { ...known.issue, labels: ['courier', 'bug', 'priority: medium'] }, look);
    expect(back).toMatchObject({ severity: 3 });
    expect(back.history.map(({ detail }) => detail)).toEqual(['high', 'medium']);
  });

  it('that Courier wrote is no word of a person, also where the step ended before it could record it', () => {
    const worse = { ...known.finding, severity: 1 as const };
    const written = { ...known.issue, labels: ['courier', 'bug', 'priority: critical'] };
    expect(observeIssue(worse, written, look).prioritySet).toBeUndefined();
  });

  it('of a person stands alone in the issue, without a comment', () => {
    const labels = ['courier', 'bug', 'priority: medium', 'priority: critical'];
    const issue = { ...known.issue, labels };
    const finding = observeIssue(known.finding, issue, look);
    const change = planOne({ finding, issue });
    expect(change).toMatchObject({ kind: 'update', update: { removeLabels: ['priority: medium'] } });
    expect(change).not.toHaveProperty('comment');
    expect(change).not.toHaveProperty('update.addLabels');
    const after = applied({ finding, issue }, change);
    expect(after.issue.labels).toEqual(['courier', 'bug', 'priority: critical']);
    expect(planOne({ ...after, finding: observeIssue(after.finding, after.issue, look) }).kind).toBe('none');
  });
});

describe('an ignore with an end', () => {
  const { finding, issue } = published();
  const until = '2026-12-05';
  const silent: Finding = { ...finding, state: 'ignored', ignored: { at, until } };
  const closed: IssueSnapshot = {
    ...issue,
    state: 'closed',
    stateReason: 'not_planned',
    closedBy: 'ada',
    closedAt: at,
  };
  const sight = (known: Finding, day: string) =>
    sightFinding(known, aRaised({ severity: 3 }), { session: 'S9', at: `${day}T10:00:00Z`, commit: 'b'.repeat(40) });

  it('holds on its last day, and no longer', () => {
    expect(sight(silent, '2026-12-05')).toMatchObject({ state: 'ignored' });
    expect(sight(silent, '2026-12-06')).toMatchObject({ state: 'open', history: [{ what: 'unignored' }] });
  });

  it('keeps its end where the issue is closed as not planned meanwhile, and is opened again once found after it', () => {
    const seen = observeIssue(silent, closed, look);
    expect(seen).toMatchObject({ state: 'ignored', ignored: { until } });
    expect(planOne({ finding: sight(seen, '2026-12-05'), issue: closed })).toMatchObject({ kind: 'none' });
    const change = planOne({ finding: sight(seen, '2026-12-06'), issue: closed });
    expect(change).toMatchObject({ kind: 'reopen' });
    expect(change.kind === 'reopen' && change.comment).toContain('it is still there');
    expect(change).not.toHaveProperty('update.addLabels');
  });

  it('takes the label with it', () => {
    const labels = [...issue.labels, 'courier: ignored'];
    const seen = observeIssue(silent, { ...issue, labels }, look);
    const ended = sight(seen, '2026-12-06');
    expect(planOne({ finding: ended, issue: { ...issue, labels } })).toMatchObject({
      kind: 'update',
      update: { removeLabels: ['courier: ignored'] },
    });
  });

  it('never ends by a text that is no time', () => {
    expect(sight({ ...silent, ignored: { at, until: 'next week' } }, '2036-12-06').state).toBe('ignored');
  });
});

describe('people and scans, in any order', () => {
  const priorities = ['priority: critical', 'priority: high', 'priority: medium', 'priority: low'];
  const acts = fc.oneof(
    fc.record({ act: fc.constant('retitle' as const), text: fc.constantFrom('Cents!', 'Money', 'Order total') }),
    fc.record({ act: fc.constant('write' as const), text: fc.constantFrom('cc @ada', '- [ ] ask', '\r\nmore') }),
    fc.record({ act: fc.constant('give' as const), text: fc.constantFrom('team: shop', 'wontfix?') }),
    fc.record({ act: fc.constant('take' as const), text: fc.constantFrom('bug', 'team: shop', 'courier') }),
    fc.record({ act: fc.constant('prioritise' as const), text: fc.constantFrom(...priorities) }),
    fc.record({ act: fc.constant('assign' as const), text: fc.constantFrom('ada', 'bob') }),
    fc.record({
      act: fc.constant('scan' as const),
      severity: fc.constantFrom(1, 2, 3, 4),
      title: fc.constantFrom('Order total loses cents', 'Totals are wrong'),
      description: fc.constantFrom('Totals are added as floats.', 'Rounded twice.'),
    }),
  );

  /** What people did, as it must still be there at the end. */
  type Theirs = {
    title?: string;
    texts: string[];
    given: Set<string>;
    taken: Set<string>;
    priority: string | undefined;
    /** The priority label after the last scan, and the one that people had set by then. */
    standing: string | undefined;
    confirmed: string | undefined;
  };

  function act(world: Published, one: { act: string; text: string }, theirs: Theirs): Published {
    const { finding, issue } = world;
    const without = (label: string) => issue.labels.filter((name) => name !== label);
    switch (one.act) {
      case 'retitle':
        theirs.title = one.text;
        return { finding, issue: { ...issue, title: one.text } };
      case 'write':
        theirs.texts.push(one.text);
        return { finding, issue: { ...issue, body: `${issue.body}\n${one.text}` } };
      case 'give':
        theirs.given.add(one.text);
        theirs.taken.delete(one.text);
        return { finding, issue: { ...issue, labels: [...without(one.text), one.text] } };
      case 'take':
        if (issue.labels.includes(one.text)) theirs.taken.add(one.text);
        theirs.given.delete(one.text);
        return { finding, issue: { ...issue, labels: without(one.text) } };
      case 'prioritise': {
        // Exchanged for the one that is there: setting what is set is nothing.
        if (issue.labels.includes(one.text)) return world;
        // And exchanging it back before anybody looked, too.
        theirs.priority = one.text === theirs.standing ? theirs.confirmed : one.text;
        const others = issue.labels.filter((name) => !priorities.includes(name));
        return { finding, issue: { ...issue, labels: [...others, one.text] } };
      }
      default:
        return world;
    }
  }

  function scan({ finding, issue }: Published, raised: Parameters<typeof aRaised>[0], turn: number): Published {
    const seen = observeIssue(finding, issue, { ...look, at: `2026-12-01T10:${String(turn).padStart(2, '0')}:00Z` });
    const origin = { kind: 'check', name: 'lint' } as const;
    const found = sightFinding(seen, aRaised({ ...raised, origin }), {
      session: `S${turn}`,
      at,
      commit: 'b'.repeat(40),
    });
    const world = { finding: found, issue };
    const after = applied(world, planOne(world));
    const again = { ...after, finding: observeIssue(after.finding, after.issue, look) };
    expect(writesOf({ changes: [planOne(again)] })).toEqual([]);
    return after;
  }

  it('lose nothing of what people did, and a plan that was applied is empty', () => {
    fc.assert(
      fc.property(fc.array(acts, { maxLength: 14 }), (script) => {
        const none = { standing: 'priority: medium', priority: undefined, confirmed: undefined };
        const theirs: Theirs = { texts: [], given: new Set(), taken: new Set(), ...none };
        let world = published();
        for (const [turn, one] of script.entries()) {
          if (one.act === 'scan') {
            const { act: _, ...raised } = one;
            world = scan(world, raised, turn);
            theirs.standing = world.issue.labels.find((label) => priorities.includes(label));
            theirs.confirmed = theirs.priority;
          } else world = act(world, one, theirs);
        }
        world = scan(world, { severity: 1, title: 'Order total loses cents' }, 40);
        const { issue, finding } = world;
        if (theirs.title !== undefined) expect(issue.title).toBe(theirs.title);
        for (const text of theirs.texts) expect(issue.body).toContain(text);
        for (const label of theirs.given) expect(issue.labels).toContain(label);
        for (const label of theirs.taken) expect(issue.labels).not.toContain(label);
        if (theirs.priority !== undefined) {
          expect(issue.labels.filter((label) => priorities.includes(label))).toEqual([theirs.priority]);
          expect(finding.prioritySet).toBeDefined();
        }
      }),
      { numRuns: 300 },
    );
  });
});
