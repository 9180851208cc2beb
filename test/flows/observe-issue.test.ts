import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { createIssueLook } from '../../src/flows/look-at-issues.ts';
import { observeIssue, observeIssues } from '../../src/flows/observe-issue.ts';
import type { Store } from '../../src/ledger/store.ts';
import { isoTime } from '../../src/lib/clock.ts';
import { labelIssue } from '../fakes/github/people.ts';
import type { Person } from '../fakes/github/state.ts';
import { aCommentsBed, type CommentsBed } from './comments-bed.ts';

const courier: Person = { login: 'github-actions[bot]', type: 'Bot' };

const beds: CommentsBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

async function aBed() {
  const bed = await aCommentsBed();
  beds.push(bed);
  await bed.seed({
    findings: [{ ...bed.finding, issue: { number: 1, title: 'A finding', labels: ['courier', 'priority: medium'] } }],
  });
  for (const label of ['courier', 'priority: medium']) labelIssue(bed.issue(1), label, courier);
  const look = (issue = 1, github = bed.connect()) =>
    observeIssue(issue, { github, clock: bed.clock, ledgerBranch: 'courier-ledger' });
  const finding = async () => (await bed.ledger()).findings[0] ?? expect.fail('no finding');
  const findings = () => Object.entries(bed.ledgerFiles()).filter(([path]) => path.startsWith('findings/'));
  return { ...bed, look, finding, findings };
}
type Bed = Awaited<ReturnType<typeof aBed>>;

const acts = {
  'closes it': ({ double }: Bed) => double.act.close('wanda'),
  'closes it as not planned': ({ double }: Bed) => double.act.close('wanda', { reason: 'not_planned' }),
  'opens it again': ({ double }: Bed) => double.act.reopen('wanda'),
  'gives it another priority': ({ double }: Bed) => double.act.label('tom', 'priority: high'),
  'takes a priority away': ({ double }: Bed) => double.act.unlabel('tom', 'priority: medium'),
  'ignores it by the label': ({ double }: Bed) => double.act.label('tom', 'courier: ignored'),
  'takes that label away': ({ double }: Bed) => double.act.unlabel('tom', 'courier: ignored'),
  'adds a label': ({ double }: Bed) => double.act.label('tom', 'shop'),
  'puts somebody in charge': ({ double }: Bed) => double.act.assign('tom', ['wanda']),
  'puts nobody in charge': ({ double }: Bed) => double.act.assign('tom', []),
  'locks it': ({ double }: Bed) => double.act.lock('max'),
  'gives it another title': ({ double }: Bed) => double.act.retitle('tom', 'Cents'),
  'moves it elsewhere': ({ double }: Bed) => double.act.transfer('max', 'acme/other'),
  'deletes it': ({ double }: Bed) => double.act.delete('ada'),
} as const satisfies Record<string, (bed: Bed) => void>;
type Act = keyof typeof acts;
const isAct = (name: string): name is Act => name in acts;
const names = Object.keys(acts).filter(isAct);

describe('what a person does to the issue of a finding is in the ledger at once', () => {
  it.each<[Act, object]>([
    ['closes it', { state: 'resolved', history: [{ what: 'closed', actor: 'wanda', detail: 'completed' }] }],
    ['closes it as not planned', { state: 'ignored', ignored: { by: 'wanda', how: 'not-planned' } }],
    ['gives it another priority', { severity: 2, prioritySet: { by: 'tom' }, history: [{ what: 'priority' }] }],
    ['ignores it by the label', { state: 'ignored', ignored: { by: 'tom', how: 'label' } }],
    ['adds a label', { state: 'open', history: [{ what: 'relabelled', detail: '+shop' }] }],
    ['puts somebody in charge', { state: 'open', history: [{ what: 'assigned', detail: '+wanda' }] }],
    ['locks it', { state: 'open', issue: { observed: { locked: true } }, history: [{ what: 'locked' }] }],
    ['gives it another title', { state: 'open', history: [{ what: 'retitled', detail: 'Cents' }] }],
    ['moves it elsewhere', { state: 'open', issue: { observed: { state: 'gone' } }, history: [{ what: 'gone' }] }],
    ['deletes it', { state: 'open', issue: { observed: { state: 'gone' } }, history: [{ what: 'gone' }] }],
  ])('who %s', async (act, expected) => {
    const bed = await aBed();
    await bed.look();
    const commits = bed.messages.length;
    acts[act](bed);
    expect(await bed.look()).toBe(true);
    expect(await bed.finding()).toMatchObject(expected);
    expect(bed.messages.slice(commits)).toEqual(['issue #1: what people did']);
    // The same event again, and a late one.
    expect(await bed.look()).toBe(false);
    expect(bed.messages).toHaveLength(commits + 1);
  });

  it.each<[Act, Act, object]>([
    ['closes it', 'opens it again', { state: 'open', history: [{ what: 'closed' }, { what: 'reopened' }] }],
    ['ignores it by the label', 'takes that label away', { state: 'open' }],
    ['puts somebody in charge', 'puts nobody in charge', { history: [{ detail: '+wanda' }, { detail: '-wanda' }] }],
  ])('who %s, and then %s', async (first, second, expected) => {
    const bed = await aBed();
    for (const act of [first, second]) {
      acts[act](bed);
      await bed.look();
    }
    const finding = await bed.finding();
    expect(finding).toMatchObject(expected);
    expect(finding.ignored).toBeUndefined();
    expect(finding.resolution).toBeUndefined();
  });
});

it('looks at no issue that is none of its own', async () => {
  const bed = await aBed();
  bed.double.act.close('wanda', { issue: 3 });
  const commits = bed.messages.length;
  bed.double.forget();
  expect(await bed.look(3)).toBe(false);
  expect(JSON.stringify(bed.double.requests)).not.toContain('issue(number: 3)');
  expect(bed.messages).toHaveLength(commits);
});

it('takes an issue as it is, whatever the events said and in whichever order they came', async () => {
  const bed = await aBed();
  bed.double.act.close('wanda');
  bed.double.act.reopen('wanda');
  bed.double.act.label('tom', 'priority: high');
  for (let late = 0; late < 3; late++) await bed.look();
  expect(await bed.finding()).toMatchObject({ state: 'open', severity: 2 });
});

it('takes nothing that a command wrote for the word of a person', async () => {
  const bed = await aBed();
  await bed.look();
  bed.double.act.comment('tom', '/courier priority high\n/courier ignore 3d never mind');
  await bed.handle();
  const after = await bed.finding();
  await bed.look();
  expect(await bed.finding()).toMatchObject({ history: after.history, state: 'ignored', ignored: after.ignored ?? {} });
  bed.double.act.comment('tom', '/courier unignore');
  await bed.handle();
  const spoken = await bed.finding();
  await bed.look();
  expect(await bed.finding()).toMatchObject({ state: 'open', history: spoken.history });
});

it('counts what a stale bot closed as open, and names it', async () => {
  const bed = await aBed();
  bed.double.act.close('stale[bot]', { reason: 'not_planned' });
  await bed.look();
  expect(await bed.finding()).toMatchObject({
    state: 'open',
    issue: { observed: { closing: 'app', closedBy: 'stale[bot]' } },
  });
});

it('is beaten by nobody who writes to the ledger at the same time', async () => {
  const bed = await aBed();
  bed.double.act.label('tom', 'priority: high');
  bed.double.act.comment('wanda', '/courier ignore');
  const looks = Array.from({ length: 4 }, () => bed.look());
  const [handled] = await Promise.all([bed.handle(), ...looks]);
  expect(handled).toMatchObject({ kind: 'done' });
  const finding = await bed.finding();
  expect(finding).toMatchObject({ state: 'ignored', severity: 2, prioritySet: { by: 'tom' } });
  expect(finding.history.filter(({ what }) => what === 'priority')).toHaveLength(1);
});

it('does not leave in the ledger how the issue was before somebody else looked at it', async () => {
  const bed = await aBed();
  await bed.look();
  bed.double.act.close('wanda');
  // What the first one has read is old when it writes, and the second one found that the ledger said what is.
  const meanwhile = [
    async () => {
      bed.double.act.reopen('wanda');
      expect(await bed.look()).toBe(false);
    },
  ];
  const commit: Store['commit'] = async (...given) => {
    await meanwhile.pop()?.();
    return bed.store.commit(...given);
  };
  expect(await bed.look(1, bed.connect({ store: { ...bed.store, commit } }))).toBe(true);
  expect(await bed.finding()).toMatchObject({ state: 'open', issue: { observed: { state: 'open' } } });
  expect((await bed.finding()).history.map(({ what }) => what)).toEqual(['closed', 'reopened']);
});

it('leaves nothing to a scan that looks after it, whatever people did in whichever order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.constantFrom(...names), { maxLength: 6 }), async (done) => {
      const bed = await aBed();
      for (const act of done) {
        bed.clock.ahead += 1000;
        acts[act](bed);
        await Promise.all([bed.look(), bed.look()]);
      }
      await bed.look();
      const before = await bed.finding();
      const { findings } = await createIssueLook(bed.connect(), isoTime(bed.clock.now())).at([before]);
      expect(findings).toEqual([before]);
    }),
    { numRuns: 15 },
  );
});

it('takes nothing for a wish that a command is about to write, and looks again when it is written', async () => {
  const bed = await aBed();
  await bed.look();
  const ports = { github: bed.connect(), clock: bed.clock, ledgerBranch: 'courier-ledger' };
  const seen: unknown[] = [];
  bed.double.act.comment('tom', '/courier priority high');
  const github = bed.connect();
  const { update } = github.issues;
  // The ledger has it, and the issue has not.
  const issues = {
    ...github.issues,
    update: async (...given: Parameters<typeof update>) => {
      seen.push(await observeIssue(1, ports), await observeIssues(ports));
      await update(...given);
    },
  };
  await bed.handle(1, { github: { ...github, issues } });
  expect(seen).toEqual(['busy', 'busy']);
  expect((await bed.finding()).history).toMatchObject([{ what: 'priority', detail: 'high', actor: 'tom' }]);
  bed.double.act.close('wanda');
  expect(await observeIssues(ports)).toBe(true);
  expect(await observeIssues(ports)).toBe(false);
  expect((await bed.finding()).history.map(({ what }) => what)).toEqual(['priority', 'closed']);
});
