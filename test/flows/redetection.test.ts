import { afterEach, describe, expect, it } from 'vitest';
import type { RaisedFinding } from '../../src/findings/finding.ts';
import { closeIssue, labelIssue, reopenIssue, unlabelIssue } from '../fakes/github/people.ts';
import type { Person, StoredIssue } from '../fakes/github/state.ts';
import { aRaised } from '../findings/builders.ts';
import { aWorld, type World } from './scan-world.ts';

const ada: Person = { login: 'ada', type: 'User' };
const stale: Person = { login: 'stale[bot]', type: 'Bot' };
/** Courier's own name here, and that of every other workflow. */
const workflows: Person = { login: 'github-actions[bot]', type: 'Bot' };

const worlds: World[] = [];
afterEach(async () => {
  for (const { double } of worlds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

const lint = (over: Partial<RaisedFinding> = {}) =>
  aRaised({
    title: 'Eval in a.js',
    origin: { kind: 'check', name: 'lint', rule: 'no-eval' },
    verified: 'reproduced',
    ...over,
  });
const found = { raised: [lint()], ran: ['lint'] };
const silent = { raised: [], ran: ['lint'] };

// Another finding, and both.
const other = lint({
  title: 'Debugger in a.js',
  fingerprint: '1:b',
  origin: { kind: 'check', name: 'lint', rule: 'no-debugger' },
  evidence: [{ path: 'src/b.js', quote: 'debugger;' }],
  location: { path: 'src/b.js' },
});
const both = { raised: [lint(), other], ran: ['lint'] };

describe.each([
  ['where scans look alone', false],
  ['where an app looks at once, too', true],
])('%s:', (_where, watched) => {
  /** A world with one commit and one finding that is filed as issue 1. */
  async function filed(): Promise<World> {
    const world = await aWorld({ watched });
    worlds.push(world);
    world.push();
    await world.scan(found);
    expect(world.issue()).toMatchObject({ state: 'open', title: 'Eval in a.js' });
    return world;
  }

  const one = async (world: World) => {
    const [finding, ...others] = await world.findings();
    if (!finding || others.length > 0) throw new Error('expected one finding');
    return finding;
  };

  /** What was written to issues since the last scan began. */
  const writes = (world: World) =>
    Object.keys(world.double.writes()).filter((operation) => operation.startsWith('issues/'));
  const looks = ({ state, comments }: StoredIssue) => ({ state, comments: comments.length });

  /** Scans, and expects no write to any issue and one more occurrence. */
  async function expectCounted(world: World, scan: Parameters<World['scan']>[0] = found): Promise<void> {
    const before = await one(world);
    await world.scan(scan);
    expect(writes(world)).toEqual([]);
    expect((await one(world)).occurrences).toBe(before.occurrences + 1);
  }

  describe('no issue', () => {
    it.each(['complete', 'partial'] as const)('found by a %s session: files one', async (result) => {
      const world = await aWorld({ watched });
      worlds.push(world);
      world.push();
      const { published, recorded } = await world.scan({ ...found, result });
      expect(published.created).toBe(1);
      expect(recorded.session.result).toBe(result);
      expect(world.issue().labels).toContain('courier');
    });
  });

  describe('an open issue', () => {
    it('found again: counts the occurrence and writes nothing', async () => {
      const world = await filed();
      world.push();
      await expectCounted(world);
    });

    it('found again with a higher severity: comments', async () => {
      const world = await filed();
      await world.scan({ ...found, raised: [lint({ severity: 1 })] });
      expect(looks(world.issue())).toEqual({ state: 'open', comments: 1 });
      expect(world.issue().labels).toContain('priority: critical');
    });

    it('not found by a check that ran to its end: closes as completed with that proof', async () => {
      const world = await filed();
      world.push();
      await world.scan(silent);
      expect(world.issue()).toMatchObject({ state: 'closed', stateReason: 'completed' });
      expect(world.issue().comments[0]?.body).toContain('no longer reports no-eval');
    });

    it('not found where the check did not run: stays open', async () => {
      const world = await filed();
      await world.scan({ raised: [], result: 'failed' });
      expect(looks(world.issue())).toEqual({ state: 'open', comments: 0 });
    });

    it('of a partial session is not brought up to date', async () => {
      const world = await filed();
      await world.scan({ raised: [lint({ description: 'Other words.' })], result: 'partial' });
      expect(writes(world)).toEqual([]);
    });
  });

  describe('an issue closed by Courier', () => {
    const closed = async () => {
      const world = await filed();
      world.push();
      await world.scan(silent);
      expect(world.issue()).toMatchObject({ state: 'closed', closedBy: workflows });
      return world;
    };

    it('found again: reopens, labels `courier: regressed`, says at which commit', async () => {
      const world = await closed();
      const commit = world.push();
      await world.scan(found);
      expect(world.issue()).toMatchObject({ state: 'open', stateReason: 'reopened' });
      expect(world.issue().labels).toContain('courier: regressed');
      expect(world.issue().comments.at(-1)?.body).toContain(commit.slice(0, 7));
      await world.scan(found);
      expect(writes(world)).toEqual([]);
    });

    it('found again by a partial session: nothing now, reopened by the next whole one', async () => {
      const world = await closed();
      await world.scan({ ...found, result: 'partial' });
      expect(world.issue().state).toBe('closed');
      await world.scan(found);
      expect(world.issue().state).toBe('open');
    });

    it('not found: nothing', async () => {
      const world = await closed();
      await world.scan(silent);
      expect(writes(world)).toEqual([]);
    });

    it('reopened by a person: open again, and not closed by the same proof but by a newer one', async () => {
      const world = await closed();
      reopenIssue(world.issue(), ada, world.pass());
      await world.scan(silent);
      expect(looks(world.issue())).toEqual({ state: 'open', comments: 1 });
      expect(await one(world)).toMatchObject({ state: 'open', history: [{ what: 'reopened', actor: 'ada' }] });
      await world.scan(silent);
      expect(world.issue().state).toBe('open');
      world.push();
      await world.scan(silent);
      expect(looks(world.issue())).toEqual({ state: 'closed', comments: 2 });
    });

    it('reopened by a person, and closed by another workflow under the same name: that was not Courier', async () => {
      const world = await closed();
      reopenIssue(world.issue(), ada, world.pass());
      closeIssue(world.issue(), workflows, { at: world.pass() });
      await world.scan(found);
      expect(world.issue().state).toBe('closed');
    });

    it('closed by a step that was killed before it could record it: reopened all the same', async () => {
      const world = await filed();
      world.double.fail({ operation: 'issues/create-comment', status: 401, times: 3 });
      world.push();
      await world.scan(silent);
      world.double.heal();
      closeIssue(world.issue(), workflows, { at: world.pass() });
      world.push();
      await world.scan(found);
      expect(world.issue().state).toBe('open');
    });
  });

  describe('an issue closed as completed', () => {
    it.each([
      ['by a person', { actor: ada }],
      ['by a project board', { actor: workflows, closer: { type: 'ProjectV2' } as const }],
    ])('%s, found at the same commit: nothing, and not asked about again', async (_by, { actor, ...closing }) => {
      const world = await filed();
      closeIssue(world.issue(), actor, { at: world.pass(), ...closing });
      await expectCounted(world);
      expect(await one(world)).toMatchObject({ state: 'resolved', history: [{ what: 'closed', detail: 'completed' }] });
      expect(world.double.requests.map(({ operation }) => operation)).toEqual(['graphql', 'repos/list-commits']);
      await expectCounted(world);
      expect(world.double.requests.map(({ operation }) => operation)).toEqual(['graphql']);
    });

    it('by a person, found at a commit from before: nothing', async () => {
      const world = await filed();
      const old = world.push();
      world.push();
      closeIssue(world.issue(), ada, { at: world.pass() });
      await expectCounted(world, { ...found, commit: old });
    });

    it('by a person, found at a newer commit: reopens with the evidence', async () => {
      const world = await filed();
      closeIssue(world.issue(), ada, { at: world.pass() });
      await world.scan(found);
      const commit = world.push();
      await world.scan(found);
      expect(world.issue().state).toBe('open');
      const comment = world.issue().comments.at(-1)?.body ?? '';
      expect(comment).toContain(commit.slice(0, 7));
      expect(comment).toContain('closed as completed');
      expect(comment).toContain(lint().evidence[0]?.quote ?? 'no evidence');
      expect(await one(world)).toMatchObject({ state: 'open' });
      await world.scan(found);
      expect(writes(world)).toEqual([]);
    });

    it('by a person, found at a newer commit by a partial session: nothing now', async () => {
      const world = await filed();
      closeIssue(world.issue(), ada, { at: world.pass() });
      world.push();
      await expectCounted(world, { ...found, result: 'partial' });
      await world.scan(found);
      expect(world.issue().state).toBe('open');
    });

    it('by a merged pull request: silent at its commit, reopened at a newer one', async () => {
      const world = await filed();
      const commit = world.push();
      const closer = { type: 'PullRequest', number: 9, merged: true, commit } as const;
      closeIssue(world.issue(), { login: 'merge-queue[bot]', type: 'Bot' }, { at: world.pass(), closer });
      await expectCounted(world);
      expect((await one(world)).resolution?.proof).toBe('Closed by pull request #9.');
      world.push();
      await world.scan(found);
      expect(world.issue()).toMatchObject({ state: 'open' });
      expect(world.issue().comments.at(-1)?.body).toContain('by a merge');
    });

    it("by another repository's pull request: compared with the head of that time", async () => {
      const world = await filed();
      const closer = {
        type: 'PullRequest',
        number: 9,
        merged: true,
        commit: 'f'.repeat(40),
        repository: 'a/b',
      } as const;
      closeIssue(world.issue(), ada, { at: world.pass(), closer });
      await expectCounted(world);
      world.push();
      await world.scan(found);
      expect(world.issue().state).toBe('open');
    });

    it('by a person, and opened again by one: open, and its finding too', async () => {
      const world = await filed();
      closeIssue(world.issue(), ada, { at: world.pass() });
      await world.scan(found);
      reopenIssue(world.issue(), ada, world.pass());
      await expectCounted(world);
      expect(await one(world)).toMatchObject({ state: 'open' });
    });

    it('counts no more in `--fail-on` and is no open finding', async () => {
      const world = await filed();
      closeIssue(world.issue(), ada, { at: world.pass() });
      const { recorded } = await world.scan(found);
      expect(recorded.applied.findings.map(({ state }) => state)).toEqual(['resolved']);
    });
  });

  describe('an issue closed as not planned', () => {
    it('found again, at any commit: silent for good, counted', async () => {
      const world = await filed();
      closeIssue(world.issue(), ada, { reason: 'not_planned', at: world.pass() });
      await expectCounted(world);
      world.push();
      world.pass(24 * 400);
      await expectCounted(world);
      expect(await one(world)).toMatchObject({ state: 'ignored', ignored: { by: 'ada', how: 'not-planned' } });
    });

    it('not found any more: nothing', async () => {
      const world = await filed();
      closeIssue(world.issue(), ada, { reason: 'not_planned', at: world.pass() });
      await world.scan(silent);
      expect(writes(world)).toEqual([]);
      expect(await one(world)).toMatchObject({ state: 'ignored' });
    });

    it('opened again by a person: no longer silent', async () => {
      const world = await filed();
      closeIssue(world.issue(), ada, { reason: 'not_planned', at: world.pass() });
      await world.scan(found);
      reopenIssue(world.issue(), ada, world.pass());
      await world.scan({ ...found, raised: [lint({ severity: 1 })] });
      expect(world.issue().labels).toContain('priority: critical');
      expect((await one(world)).history.map(({ what }) => what)).toEqual(['closed', 'reopened']);
    });
  });

  describe('an issue closed as duplicate', () => {
    it('found again: counted on the issue that it duplicates, nothing else', async () => {
      const world = await aWorld({ watched });
      worlds.push(world);
      world.push();
      await world.scan(both);
      const [kept, duplicate] = [world.issue(1), world.issue(2)];
      closeIssue(duplicate, ada, { reason: 'duplicate', canonical: kept.number, at: world.pass() });
      await world.scan({ raised: [duplicate.title === other.title ? other : lint()], ran: [] });
      expect(writes(world)).toEqual([]);
      const findings = await world.findings();
      const on = (number: number) => findings.find(({ issue }) => issue?.number === number);
      expect(on(kept.number)).toMatchObject({ occurrences: 2, state: 'open' });
      expect(on(duplicate.number)).toMatchObject({ state: 'ignored', duplicateOf: kept.number });
      expect(on(duplicate.number)?.history).toMatchObject([{ what: 'duplicate', actor: 'ada', detail: '#1' }]);
      await world.scan(both);
      expect((await world.findings()).find(({ issue }) => issue?.number === kept.number)?.occurrences).toBe(3);
      expect(writes(world)).toEqual([]);
    });

    it('of an issue that is not ours: silent', async () => {
      const world = await filed();
      closeIssue(world.issue(), ada, { reason: 'duplicate', canonical: 77, at: world.pass() });
      world.push();
      await world.scan(found);
      expect(writes(world)).toEqual([]);
      expect(await one(world)).toMatchObject({ state: 'ignored' });
    });
  });

  describe('an issue closed by a stale bot or another app', () => {
    it.each([
      [stale, 'not_planned'],
      [workflows, 'not_planned'],
      [workflows, 'completed'],
    ] as const)('(%o, as %s) found again: counted as if open, not reopened, and named', async (bot, reason) => {
      const world = await filed();
      closeIssue(world.issue(), bot, { reason, at: world.pass() });
      world.push();
      await expectCounted(world, { ...found, raised: [lint({ severity: 1 })] });
      const finding = await one(world);
      expect(finding).toMatchObject({ state: 'open', issue: { observed: { closing: 'app', closedBy: bot.login } } });
      const { published } = await world.scan({ ...found, overrides: { publish: 'plan' } });
      expect(published.planFiles.find(({ path }) => path === 'plan.json')?.text).toContain('"reason": "closed-by-app"');
    });

    it('not found any more: nothing is written', async () => {
      const world = await filed();
      closeIssue(world.issue(), stale, { at: world.pass() });
      await world.scan(silent);
      expect(writes(world)).toEqual([]);
      expect(await one(world)).toMatchObject({ state: 'resolved' });
    });
  });

  describe('an issue that is locked, transferred or deleted', () => {
    it.each([
      ['locked', { locked: true }],
      ['transferred', { transferredTo: 'acme/other' }],
      ['deleted', { deleted: true }],
    ])('%s, found again or gone: nothing, never filed again, counted', async (what, change) => {
      const world = await filed();
      Object.assign(world.issue(), change);
      world.push();
      await expectCounted(world, { ...found, raised: [lint({ severity: 1, description: 'Other.' })] });
      expect((await one(world)).history).toMatchObject([{ what: what === 'locked' ? 'locked' : 'gone' }]);
      await world.scan(silent);
      expect(writes(world)).toEqual([]);
    });
  });

  describe('an ignored finding', () => {
    it('by the label `courier: ignored`, which a person sets and removes again', async () => {
      const world = await filed();
      const at = world.pass();
      labelIssue(world.issue(), 'courier: ignored', ada, at);
      await expectCounted(world, { ...found, raised: [lint({ severity: 1 })] });
      expect(await one(world)).toMatchObject({ state: 'ignored', ignored: { by: 'ada', at, how: 'label' } });
      unlabelIssue(world.issue(), 'courier: ignored');
      await world.scan(found);
      expect(await one(world)).toMatchObject({ state: 'open' });
      expect((await one(world)).history.map(({ what }) => what)).toEqual(['ignored', 'unignored']);
    });

    it('by a rule of the configuration, to the end of its last day', async () => {
      const world = await filed();
      const config = 'ignore:\n  - { paths: ["**"], reason: old, until: 2026-11-22 }\n';
      await expectCounted(world, { ...found, config });
      expect(await one(world)).toMatchObject({ state: 'ignored' });
      world.pass(24 * 4);
      await world.scan({ ...found, config });
      expect(await one(world)).toMatchObject({ state: 'open' });
    });
  });

  it('respects what a person does between the look and the writing', async () => {
    const world = await aWorld({ watched });
    worlds.push(world);
    world.push();
    await world.scan(both);
    world.push();
    await world.scan({ raised: [other], ran: ['lint'] });
    const gone =
      world.double.repository().issues.find(({ title }) => title === lint().title) ?? expect.fail('no issue');
    expect(gone.state).toBe('closed');
    const meanwhile = () => reopenIssue(gone, ada, world.pass());
    world.double.fail({ operation: 'graphql', after: 1, status: 502, meanwhile });
    await world.scan({ raised: [{ ...other, severity: 1 }], ran: ['lint'] });
    expect(gone.state).toBe('open');
  });

  describe('a scan that is not of the default branch', () => {
    it('reconciles nothing, and asks nothing', async () => {
      const world = await filed();
      const before = world.ledger();
      const { requests } = await world.scan({ ...silent, reconciles: false });
      expect(requests.map(({ operation }) => operation)).toEqual([]);
      expect(world.ledger()).toEqual(before);
      expect(world.issue().state).toBe('open');
    });
  });
});
