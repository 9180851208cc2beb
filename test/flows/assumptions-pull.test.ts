import { expect, it, onTestFinished } from 'vitest';
import { defaultConfiguration } from '../../src/config/parse-config.ts';
import { openAssumptionsPull } from '../../src/flows/open-assumptions-pull.ts';
import { hearReviews, tendAssumptionsPulls } from '../../src/flows/tend-assumptions-pulls.ts';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { AssumptionRecord } from '../../src/memory/assumption.ts';
import { emptyMemory, withAssumptions } from '../../src/memory/memory.ts';
import { decline, propose, refine } from '../../src/memory/review.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { connect } from '../adapters/github-bed.ts';
import type { RepositorySeed } from '../fakes/github/state.ts';
import { anAssumption } from '../memory/builders.ts';

const file = '.courier/assumptions.yml';
const branch = 'courier/assumptions';
const early = '2026-11-21T10:00:00Z';
const by = { by: 'wanda', at: '2026-11-21T11:00:00Z', from: 'https://github.test/acme/shop/issues/1#issuecomment-1' };

function proposed(id: string, text: string): AssumptionRecord {
  const { revision: _, state: __, history: ___, ...record } = anAssumption({ id, text });
  return propose(record, { by: 'general', at: early, from: 'here' });
}

const two = [proposed('A1', 'Prices are in cents.'), proposed('A2', 'Orders are never deleted.')];

async function world(over: Partial<RepositorySeed> = {}) {
  const seed = { name: 'acme/shop', collaborators: { wanda: 'write', ada: 'admin' }, ...over } as const;
  const { double, again } = await connect({ repositories: [seed] });
  onTestFinished(async () => {
    expect(double.violations).toEqual([]);
    await double.close();
  });
  const gate = createGate({ secrets: [] });
  const { permissions } = defaultConfiguration;
  const remote = await again().repository();
  const identity = { repositoryId: remote.id };
  /** Another process, with nothing in its memory. */
  function place() {
    const github = again();
    const store = github.ledger('courier-ledger');
    return { github, store, remote, gate, clock: systemClock, log: silentLog, permissions };
  }
  async function remember(records: readonly AssumptionRecord[]): Promise<void> {
    await updateLedger(
      place().store,
      'seed',
      async (ledger) => ({ memory: withAssumptions(await ledger.readMemory(), records) }),
      identity,
    );
  }
  async function records(): Promise<readonly AssumptionRecord[]> {
    return (await (await readLedger(await place().store.read(), identity)).readMemory()).assumptions;
  }
  await updateLedger(place().store, 'seed', () => ({ memory: withAssumptions(emptyMemory, two) }), identity);
  const states = async () => (await records()).map(({ id, state }) => `${id} ${state}`);
  const fileOf = () => double.files('acme/shop', branch)[file] ?? '';
  const pulls = () => double.repository().issues.filter(({ pullRequest }) => pullRequest);
  return { double, place, remember, records, states, fileOf, pulls, open: () => openAssumptionsPull(by, place()) };
}

it('is one pull request, also where several ask in the same moment', async () => {
  const { open, pulls, double, records } = await world();
  const made = await Promise.all([open(), open(), open()]);
  expect(made).toMatchObject(made.map(() => ({ number: 1, shown: 2 })));
  expect(pulls()).toHaveLength(1);
  expect(double.commits('acme/shop', branch).filter((message) => message.startsWith('Assumptions'))).toHaveLength(1);
  expect((await records()).map(({ pullRequest }) => pullRequest)).toEqual([1, 1]);
});

it('keeps what a person pushes to the branch in the same moment', async () => {
  const { open, remember, double, fileOf } = await world();
  await open();
  await remember([proposed('A3', 'A third.')]);
  double.fail({
    operation: 'git/create-tree',
    status: 500,
    meanwhile: () => {
      const files = { [file]: fileOf().replace('in cents', 'in euros') };
      double.act.push('wanda', { branch, files });
    },
  });
  expect(await open()).toMatchObject({ number: 1, shown: 3, edited: 1 });
  expect(fileOf()).toContain('text: Prices are in euros.');
  expect(fileOf()).toContain('text: A third.');
});

it('goes on where the answer to its opening was lost', async () => {
  const { open, pulls, double, records, place } = await world();
  double.fail({ operation: 'pulls/create', applied: true });
  await expect(open()).rejects.toThrow();
  expect(pulls()).toHaveLength(1);
  expect(await open()).toMatchObject({ number: 1, isNew: false });
  expect((await records()).map(({ pullRequest }) => pullRequest)).toEqual([1, 1]);
  await tendAssumptionsPulls(place());
});

it('is as good when the default branch has moved on', async () => {
  const { open, double, place, states } = await world();
  await open();
  double.act.push('ada', { branch: 'main', files: { 'src/a.ts': 'a' } });
  expect(await open()).toMatchObject({ number: 1, isNew: false });
  double.act.merge('wanda', { issue: 1 });
  await tendAssumptionsPulls(place());
  expect(await states()).toEqual(['A1 approved', 'A2 approved']);
  expect(double.files('acme/shop', 'main')).toHaveProperty('src/a.ts');
});

it('is heard after a scan, for those who host no app, and once', async () => {
  const { open, double, place, states, records } = await world();
  await open();
  double.act.review('wanda', 'APPROVED', { issue: 1 });
  const given = place();
  const request = { remote: given.remote, settings: { permissions: given.permissions } };
  const memoryNow = async () => (await readLedger(await given.store.read())).readMemory();
  const hear = async () => hearReviews({ store: given.store, memory: await memoryNow() }, request, given);
  expect(await hear()).toBeUndefined();
  expect(await states()).toEqual(['A1 approved', 'A2 approved']);
  const once = await records();
  expect(await hear()).toBeUndefined();
  expect(await records()).toEqual(once);
  double.fail({ operation: 'pulls/get', status: 500, times: 9 });
  expect(await hear()).toContain('What people said to assumptions in a pull request was not read');
  const before = double.requests.length;
  expect(await hearReviews({ store: given.store, memory: emptyMemory }, request, given)).toBeUndefined();
  expect(double.requests.length).toBe(before);
});

it('binds a review to its commit: what has another text by then is not approved', async () => {
  const { open, double, place, states, remember, fileOf } = await world();
  await open();
  const [first = anAssumption()] = two;
  const refined = refine({ ...first, pullRequest: 1 }, { text: 'Prices are in pounds.' }, { ...by, revision: 1 });
  if ('refused' in refined) throw new Error(refined.refused);
  double.act.review('wanda', 'APPROVED', { issue: 1 });
  await remember([refined.record]);
  await tendAssumptionsPulls(place());
  expect(await states()).toEqual(['A1 proposed', 'A2 approved']);
  // The file follows, so that it can be approved.
  expect(fileOf()).toContain('text: Prices are in pounds.');
});

it('counts a review for nothing while nobody can say what its author may do, and later counts it', async () => {
  const { open, double, place, states } = await world();
  await open();
  double.act.review('wanda', 'APPROVED', { issue: 1 });
  double.fail({ operation: 'repos/get-collaborator-permission-level', status: 500, times: 3 });
  await tendAssumptionsPulls(place());
  expect(await states()).toEqual(['A1 proposed', 'A2 proposed']);
  await tendAssumptionsPulls(place());
  expect(await states()).toEqual(['A1 approved', 'A2 approved']);
});

it('does not hear of a dismissed review, and of the last word of each person only', async () => {
  const { open, double, place, states } = await world();
  await open();
  double.act.review('wanda', 'APPROVED', { issue: 1 });
  double.act.review('wanda', 'COMMENTED', { issue: 1 });
  double.act.review('wanda', 'CHANGES_REQUESTED', { issue: 1 });
  const review = double.act.review('ada', 'APPROVED', { issue: 1 });
  double.act.dismissReview('wanda', { issue: 1, review });
  await tendAssumptionsPulls(place());
  expect(await states()).toEqual(['A1 proposed', 'A2 proposed']);
});

it('follows what was decided elsewhere, and does not approve against it', async () => {
  const { open, double, place, states, remember, fileOf } = await world();
  await open();
  const [first = anAssumption()] = two;
  const declined = decline({ ...first, pullRequest: 1 }, { ...by, revision: 1, reason: 'They are not.' });
  if ('refused' in declined) throw new Error(declined.refused);
  await remember([declined.record]);
  double.act.merge('wanda', { issue: 1 });
  await tendAssumptionsPulls(place());
  expect(await states()).toEqual(['A1 declined', 'A2 approved']);
  expect(await open()).toMatchObject({ number: 2, isNew: true });
  expect(fileOf()).toContain('reason: They are not.');
});

it('shows nothing on a public repository whose session nobody can read any more', async () => {
  const { open } = await world({ visibility: 'public' });
  expect(await open()).toEqual({ none: 'There are no assumptions to review.' });
});
