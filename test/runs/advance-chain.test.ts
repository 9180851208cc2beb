import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ChainRecord } from '../../src/ledger/chain-record.ts';
import { IssueRuns, type RunOutcome, runOutcomes } from '../../src/ledger/runs-record.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { advanceChain, breakChain } from '../../src/runs/advance-chain.ts';
import { renderChain } from '../../src/runs/render-chain.ts';

const at = '2026-11-21T12:00:00Z';
const chain = (...issues: number[]) =>
  ChainRecord.parse({
    ...{ version: 1, issue: 1, comment: 9, index: 0, digest: 'a'.repeat(64), by: 'wanda', at, opens: 'app' },
    links: issues.map((issue) => ({ issue })),
  });

/** The ledger of a few issues, and orders in their turn. */
function aWorld(now = Date.parse(at)) {
  const known = new Map<number, IssueRuns>();
  let orders = 0;
  const world = {
    ...{ now, known },
    runs: (issue: number) => known.get(issue),
    newOrder: () => `O-0000000${orders++}`,
    /** What `orderRun` puts on record. */
    order(issue: number, id: string) {
      const asked = { issue, at, by: 'wanda', order: { id, at, cause: { kind: 'chain', issue: 1 }, started: { at } } };
      known.set(issue, IssueRuns.parse({ version: 1, issue, branch: `b-${issue}`, base: 'main', asked }));
    },
    end(issue: number, outcome: RunOutcome, over: object = {}) {
      const runs = known.get(issue) ?? expect.fail('no runs');
      const attempt = {
        session: `S-${issue}`,
        at,
        by: 'wanda',
        blueprint: 'fix',
        order: runs.asked?.order?.id,
        outcome,
      };
      known.set(issue, IssueRuns.parse({ ...runs, attempts: [...runs.attempts, attempt], ...over }));
    },
  };
  return world;
}

it('one run begins when the one before it has pushed, and the chain is done after the last', () => {
  const world = aWorld();
  let now = advanceChain(chain(1, 2), world);
  expect(now.step).toMatchObject({ kind: 'begin', link: { issue: 1, order: 'O-00000000' } });
  world.order(1, 'O-00000000');
  now = advanceChain(now.chain, world);
  expect(now.step).toEqual({ kind: 'wait' });
  world.end(1, 'pushed', { pullRequest: { number: 5, url: '', state: 'open' } });
  now = advanceChain(now.chain, world);
  expect(now.step).toMatchObject({ kind: 'begin', link: { issue: 2, order: 'O-00000001' } });
  expect(now.chain.links[0]).toMatchObject({ outcome: 'pushed', pullRequest: 5 });
  world.order(2, 'O-00000001');
  world.end(2, 'pushed');
  now = advanceChain(now.chain, world);
  expect(now.chain.end).toEqual({ how: 'done', told: false });
});

it('waits for whoever promised to open the pull request', () => {
  const world = aWorld();
  const begun = advanceChain(chain(1, 2), world);
  world.order(1, 'O-00000000');
  const commit = 'c'.repeat(40);
  const report = {
    issue: 1,
    session: 'S',
    summary: '',
    leftOut: [],
    verified: [],
    assumptions: [],
    blueprint: 'fix',
    model: 'm',
  };
  world.end(1, 'pushed');
  const runs = world.known.get(1) ?? expect.fail('no runs');
  const attempts = runs.attempts.map((attempt) => ({ ...attempt, commit }));
  const asked = { ...runs.asked, opens: 'app' };
  world.known.set(
    1,
    IssueRuns.parse({ ...runs, asked, attempts, offer: { session: 'S', from: commit, commit, kind: 'fix', report } }),
  );
  expect(advanceChain(begun.chain, world).step).toEqual({ kind: 'wait' });
});

it.each(['no-change', 'refused', 'failed', 'stopped'] as const)(
  'ends where a run is %s, with a sentence',
  (outcome) => {
    const world = aWorld();
    const begun = advanceChain(chain(1, 2), world);
    world.order(1, 'O-00000000');
    world.end(1, outcome);
    const ended = advanceChain(begun.chain, world).chain;
    expect(ended.end).toMatchObject({
      how: outcome === 'stopped' ? 'stopped' : 'failed',
      why: expect.stringMatching(/^The run of #1 /),
    });
    expect(renderChain(ended, createGate({ secrets: [] }))).toContain('#2: not begun');
  },
);

it('ends where a run never began, and begins one again whose start was not put on record', () => {
  const world = aWorld(Date.parse(at) + 3_700_000);
  const begun = advanceChain(chain(1, 2), world);
  expect(advanceChain(begun.chain, world).step).toMatchObject({ kind: 'begin', link: { order: 'O-00000000' } });
  world.order(1, 'O-00000000');
  expect(advanceChain(begun.chain, world).chain.end).toMatchObject({ how: 'failed' });
  expect(breakChain(begun.chain, 'It is closed.').end?.why).toBe('The run of #1 did not begin: It is closed.');
});

it('never has two runs at work, begins each once, and says the same however often it is asked', () => {
  const outcome = fc.constantFrom(...runOutcomes.filter((each) => each !== 'parked'));
  fc.assert(
    fc.property(fc.array(fc.tuple(outcome, fc.integer({ min: 1, max: 3 })), { maxLength: 12 }), (ends) => {
      const world = aWorld();
      const begun: number[] = [];
      let now = chain(1, 2, 3, 4);
      for (const [how, times] of ends) {
        for (let time = 0; time < times; time++) {
          const { chain: next, step } = advanceChain(now, world);
          now = next;
          if (step.kind !== 'begin') continue;
          if (begun.includes(step.link.issue)) continue;
          begun.push(step.link.issue);
          world.order(step.link.issue, step.link.order);
        }
        expect(now.links.filter(({ order, outcome: came }) => order && !came).length).toBeLessThanOrEqual(1);
        const current = begun.at(-1);
        if (current !== undefined && !world.known.get(current)?.attempts.length) world.end(current, how);
        expect(ChainRecord.parse(JSON.parse(JSON.stringify(now)))).toEqual(now);
      }
      expect(begun).toEqual([1, 2, 3, 4].slice(0, begun.length));
    }),
  );
});
