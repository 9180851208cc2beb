import { afterEach, describe, expect, it } from 'vitest';
import type { GitHub } from '../../src/flows/github-ports.ts';
import { type Observed, observeIssue } from '../../src/flows/observe-issue.ts';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { createRandom } from '../bench/random.ts';
import { type GitHubDouble, startGitHub } from '../fakes/github/github.ts';
import { seeds } from '../soak/rounds.ts';
import { complaint, connectTo, createTestClock, publishSession, stateOf } from './publish-bed.ts';
import { publishTogether } from './two-publishers.ts';

const doubles: GitHubDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) await double.close();
});

async function aDouble(): Promise<GitHubDouble> {
  const double = await startGitHub();
  doubles.push(double);
  return double;
}

const before = ['updated', 'gone', 'back'].map((rule) => complaint(rule));
const now = [
  complaint('updated', { severity: 1 }),
  ...['back', 'new', 'newer', 'newest'].map((rule) => complaint(rule)),
];

async function prepared(): Promise<GitHubDouble> {
  const double = await aDouble();
  await publishSession(before, { double, clock: createTestClock() });
  await publishSession(before.slice(0, 2), { double, clock: createTestClock() });
  return double;
}

describe('two sessions that publish at once', () => {
  it.each(seeds(6))('file nothing twice and say nothing twice, however their steps mix (seed %i)', async (seed) => {
    const alone = await prepared();
    await publishSession(now, { double: alone, clock: createTestClock() });
    const double = await prepared();
    const random = createRandom(seed);
    const results = await publishTogether([now, now], { double, choose: (waiting) => Math.floor(random() * waiting) });
    expect(results.map(({ published }) => [published.failure, published.left])).toEqual([
      [undefined, undefined],
      [undefined, undefined],
    ]);
    expect(stateOf(double)).toEqual(stateOf(alone));
    expect(double.violations).toEqual([]);
  });

  it('say which of them planned anew on what the other had written: a replay cannot plan that again', async () => {
    const double = await prepared();
    const recorded: string[][] = [[], []];
    const events = recorded.map((into) => ({
      add: () => {},
      record: (what: string) => void (what === 'planned-anew' && into.push(what)),
    }));
    // In turns: both have planned by the time at which one begins to write, and the other waits for it.
    let turn = 0;
    const results = await publishTogether([now, now], { double, choose: (waiting) => turn++ % waiting, events });
    const filed = results.map(({ published }) => published.created);
    expect([filed.toSorted(), recorded[filed.indexOf(0)], recorded[filed.indexOf(3)]]).toEqual([
      [0, 3],
      ['planned-anew'],
      [],
    ]);
  });

  it('wait for the one that writes, and take over from one that gives no sign of life', async () => {
    const double = await prepared();
    const token = 'ghs_first';
    double.tokens[token] = { ...double.tokens.ghs_workflow, login: 'github-actions[bot]', type: 'Bot' };
    double.fail({
      operation: 'issues/create',
      after: 1,
      applied: true,
      meanwhile: () => void delete double.tokens[token],
    });
    await publishSession(now, { double, clock: createTestClock(), token });
    expect(stateOf(double).lease).toBeDefined();
    const { published } = await publishSession(now, { double, clock: createTestClock() });
    expect(published.failure).toBeUndefined();
    expect(stateOf(double).issues).toBe(6);
    expect(stateOf(double).lease).toBeUndefined();
  });

  it('leave one open issue where a request was so slow that its sender was taken for dead: the other says where it goes on', async () => {
    const double = await aDouble();
    const clock = createTestClock();
    const github = connectTo({ double, clock });
    let overtaken = false;
    const slow: GitHub = {
      ...github,
      issuesBy: (conduct) =>
        github.issuesBy({
          ...conduct,
          ready: async () => {
            await conduct.ready();
            // On its way now, and not there before the other one has waited, taken over and filed it.
            if (overtaken) return;
            overtaken = true;
            await publishSession([complaint('new')], { double, clock });
          },
        }),
    };
    const { published } = await publishSession([complaint('new')], { double, clock, github: slow });
    expect([published.failure, published.created]).toEqual([undefined, 0]);
    expect(double.repository().issues).toMatchObject([
      { number: 1, state: 'open' },
      { number: 2, state: 'closed', stateReason: 'duplicate', body: expect.stringContaining('It goes on in #1.') },
    ]);
    expect(stateOf(double).findings.new?.link?.number).toBe(true);
    expect(stateOf(double).lease).toBeUndefined();
  });

  it('leave it to the other where one stopped for long before it created anything', async () => {
    const double = await aDouble();
    const clock = createTestClock();
    const github = connectTo({ double, clock });
    const slow: GitHub = {
      ...github,
      issuesBy: (conduct) => {
        const issues = github.issuesBy(conduct);
        return {
          ...issues,
          create: async (issue) => {
            await publishSession([complaint('new')], { double, clock });
            return issues.create(issue);
          },
        };
      },
    };
    const { published } = await publishSession([complaint('new')], { double, clock, github: slow });
    expect(published.left).toBe(
      '1 change to issues is left for the next session: Another session took over writing to the issues, as this one had given no sign of life.',
    );
    expect(double.repository().issues).toHaveLength(1);
  });
});

it('keeps what people did, and an app saw, while the issues were written', async () => {
  const double = await prepared();
  const clock = createTestClock();
  const number = double.repository().issues.find(({ title }) => title.includes('updated'))?.number ?? 0;
  const github = connectTo({ double, clock: createTestClock() });
  const seen: Promise<Observed>[] = [];
  const meanwhile = () => {
    double.act.close('ada', { issue: number, reason: 'not_planned' });
    seen.push(observeIssue(number, { github, clock, ledgerBranch: 'courier-ledger' }));
  };
  // Right after the issue was updated, and before that is on record.
  double.fail({ operation: 'issues/update', path: new RegExp(`/${number}$`), applied: true, status: 502, meanwhile });
  await publishSession(now, { double, clock });
  expect(await Promise.all(seen)).toEqual([true]);
  const ledger = await readLedger(await github.ledger('courier-ledger').read());
  const finding = ledger.findings.find(({ issue }) => issue?.number === number);
  expect(finding).toMatchObject({ state: 'ignored', issue: { observed: { state: 'closed', reason: 'not_planned' } } });
  expect(finding?.history.map(({ what }) => what)).toEqual(['closed']);
  expect(await observeIssue(number, { github, clock, ledgerBranch: 'courier-ledger' })).toBe(false);
});
