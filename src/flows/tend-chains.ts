import { rankOf } from '../commands/status-parts.ts';
import type { ChainRecord } from '../ledger/chain-record.ts';
import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { randomBase32 } from '../lib/hash.ts';
import type { Log } from '../lib/log.ts';
import { safe } from '../publishing/safe-text.ts';
import { advanceChain, breakChain, type ChainStep } from '../runs/advance-chain.ts';
import { renderChain } from '../runs/render-chain.ts';
import { eachApart } from './each-apart.ts';
import { type OrderPlace, orderRun } from './order-run.ts';
import { identityOf } from './record-session.ts';
import { endCommand, findReply, writeParts } from './status-comment.ts';

/**
 * Brings all chains on: what a run came to is put on record, the next one is begun, and whoever asked is told. For whoever is told that a run ended,
 * handled a command, or looks at everything now and then; repeatable, also by several at once.
 *
 * @throws ExternalError, UserError of the first that failed, once all were looked at.
 */
export async function tendChains(desk: OrderPlace & { log: Log }): Promise<void> {
  const ledger = await readLedger(await desk.store.read(), identityOf(desk.remote));
  // A job may start no more than its token lets it, and waits for nobody.
  const chains = (await ledger.listChains()).filter(
    ({ end, opens }) => !end?.told && !(desk.opens === 'job' && opens === 'app'),
  );
  await eachApart(
    chains,
    { work: ({ issue }) => tendChain(issue, desk), what: ({ issue }) => `The chain of #${issue} was not brought on` },
    desk,
  );
}

/** The chain of one issue. */
export async function tendChain(issue: number, desk: OrderPlace): Promise<void> {
  const { chain, step } = await advance(issue, desk);
  if (!chain || !step) return;
  await showProgress(chain, desk);
  if (step.kind === 'begin') await begin(chain, step, desk);
  if (step.kind === 'ended') await tellEnd(chain, desk);
}

type Advanced = { chain?: ChainRecord; step?: ChainStep };

async function advance(issue: number, desk: OrderPlace): Promise<Advanced> {
  const { decided } = await updateLedger(
    desk.store,
    `#${issue}: its chain`,
    async (ledger): Promise<LedgerChanges & Advanced> => {
      const chain = await ledger.readChain(issue);
      if (!chain) return {};
      const known = await readRuns(chain, ledger);
      const newOrder = () => `O-${randomBase32(8)}`;
      const now = { runs: (number: number) => known.get(number), now: desk.clock.now(), newOrder };
      return advanceChain(chain, now);
    },
    identityOf(desk.remote),
  );
  return decided;
}

async function readRuns({ links }: ChainRecord, ledger: Ledger): Promise<ReadonlyMap<number, IssueRuns>> {
  const read = await Promise.all(links.map(({ issue }) => ledger.readRuns(issue)));
  return new Map(read.flatMap((runs) => (runs ? [[runs.issue, runs] as const] : [])));
}

async function begin(
  { issue: asked, by, at, links }: ChainRecord,
  { link: { issue, order } }: Extract<ChainStep, { kind: 'begin' }>,
  desk: OrderPlace,
): Promise<void> {
  const place = links.findIndex((link) => link.issue === issue) + 1;
  const say = safe`A run of the chain that was asked for on #${asked} (${place} of ${links.length}).`;
  const ready = await orderRun(
    { id: order, issue, cause: { kind: 'chain', issue: asked }, on: issue, by, at, say },
    desk,
  );
  if (!('refused' in ready)) return;
  await changeChain(asked, 'a run did not begin', desk, (chain) => breakChain(chain, desk.gate.plain(ready.refused)));
  await tendChain(asked, desk);
}

function changeChain(
  issue: number,
  what: string,
  { store, remote }: OrderPlace,
  change: (chain: ChainRecord) => ChainRecord,
): Promise<unknown> {
  return updateLedger(
    store,
    `#${issue}: its chain, ${what}`,
    async (ledger): Promise<LedgerChanges> => {
      const chain = await ledger.readChain(issue);
      return chain ? { chain: change(chain) } : {};
    },
    identityOf(remote),
  );
}

async function showProgress(chain: ChainRecord, desk: OrderPlace): Promise<void> {
  const { issue, comment, index, links } = chain;
  const status = { ...desk, repositoryId: desk.remote.id };
  const { reply } = await findReply({ issue, comment, index }, status);
  const told = links.filter(({ order }) => order).length + links.filter(({ outcome }) => outcome).length + 1;
  const part = { index, rank: rankOf.progress({ attempt: 1, told }), text: renderChain(chain, desk.gate) };
  await writeParts(comment, { reply, parts: [part] }, status);
}

const outcomes = { done: 'done', stopped: 'refused', failed: 'failed' } as const;

async function tellEnd(chain: ChainRecord, desk: OrderPlace): Promise<void> {
  const { issue, comment, index, end } = chain;
  if (!end || end.told) return;
  const say = renderChain(chain, desk.gate);
  const told = { outcome: outcomes[end.how], say, run: 0, attempt: 1 };
  await endCommand({ issue, comment, index }, told, { ...desk, repositoryId: desk.remote.id });
  await changeChain(issue, 'told', desk, (now) => (now.end ? { ...now, end: { ...now.end, told: true } } : now));
}
