import type { RaisedFinding } from '../../src/findings/finding.ts';
import type { GitHub, Issues } from '../../src/flows/github-ports.ts';
import type { Store } from '../../src/ledger/store.ts';
import type { GitHubDouble } from '../fakes/github/github.ts';
import { connectTo, createTestClock, publishSession } from './publish-bed.ts';

type Turns = { turn: () => Promise<void>; leave: () => void };

/** Lets one of several go on at a time, each up to its next turn; `choose` says which of the waiting ones. */
function createTurns(players: number, choose: (waiting: number) => number) {
  const waiting: { player: number; go: () => void }[] = [];
  let left = players;
  const next = () => {
    if (left === 0 || waiting.length < left) return;
    waiting.sort((a, b) => a.player - b.player);
    const [chosen] = waiting.splice(choose(waiting.length), 1);
    chosen?.go();
  };
  return (player: number): Turns => ({
    turn: () =>
      new Promise((go) => {
        waiting.push({ player, go });
        next();
      }),
    leave: () => {
      left -= 1;
      next();
    },
  });
}

function inTurns(github: GitHub, { turn }: Turns): GitHub {
  const wrap = (issues: Issues): Issues => ({
    read: async (numbers) => turn().then(() => issues.read(numbers)),
    listOwn: async (label) => turn().then(() => issues.listOwn(label)),
    newestChange: async (label) => turn().then(() => issues.newestChange(label)),
    create: async (issue) => turn().then(() => issues.create(issue)),
    update: async (number, change) => turn().then(() => issues.update(number, change)),
    comment: async (number, body, mark) => turn().then(() => issues.comment(number, body, mark)),
    ensureLabels: async (labels) => turn().then(() => issues.ensureLabels(labels)),
  });
  const wrapStore = (store: Store): Store => ({
    read: async () => turn().then(() => store.read()),
    commit: async (base, changes, message) => turn().then(() => store.commit(base, changes, message)),
  });
  return {
    ...github,
    issues: wrap(github.issues),
    issuesBy: (conduct) => wrap(github.issuesBy(conduct)),
    ledger: (branch) => wrapStore(github.ledger(branch)),
  };
}

/** Sessions that publish the same at the same time, one step at a time in the order that `choose` gives. */
export async function publishTogether(
  raised: readonly (readonly RaisedFinding[])[],
  {
    double,
    choose,
    events = [],
  }: {
    double: GitHubDouble;
    choose: (waiting: number) => number;
    /** What each records. */
    events?: readonly NonNullable<Parameters<typeof publishSession>[1]['events']>[];
  },
) {
  const turns = createTurns(raised.length, choose);
  const clock = createTestClock();
  const results = raised.map(async (findings, player) => {
    const mine = turns(player);
    const github = inTurns(connectTo({ double, clock }), mine);
    try {
      return await publishSession(findings, { double, clock, github, events: events[player] });
    } finally {
      mine.leave();
    }
  });
  return Promise.all(results);
}
