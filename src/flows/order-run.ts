import type { Configuration } from '../config/schema.ts';
import { renderRequest } from '../events/request.ts';
import { renderCommentMark } from '../findings/issue-markers.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import type { Cause, RunOrder } from '../ledger/run-order.ts';
import type { AskedRun, IssueRuns } from '../ledger/runs-record.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Gate } from '../publishing/gate.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import type { Ports } from './ports.ts';
import { type ReadyRun, type Refused, type RunGitHub, readyRun } from './ready-run.ts';
import { identityOf } from './record-session.ts';

/** Where runs without a command of their own are started. */
export type OrderPlace = {
  github: RunGitHub & Pick<GitHub, 'workflows' | 'comments'>;
  remote: RemoteRepository;
  store: Store;
  config: Configuration;
  /** The file's name below `.github/workflows`. */
  workflow: string;
  /** Who opens the pull requests of runs, and starts what follows from their ends. */
  opens: AskedRun['opens'];
  gate: Gate;
  clock: Ports['clock'];
};

/** The same for whoever looks after all of them. */
export type OrderDesk = OrderPlace & { github: Pick<GitHub, 'checks' | 'roleOf' | 'self'>; log: Log };

/** A run that no command of its own asks for. `id`: the same, however often it is tried. */
export type Order = {
  id: string;
  issue: number;
  cause: Cause;
  /** Where it is told: the pull request, or the issue. */
  on: number;
  /** On whose word. */
  by: string;
  /** ISO time; what was written until then is its context. */
  at: string;
  text?: string | undefined;
  model?: string | undefined;
  heeded?: IssueRuns['heeded'];
  /** Why, for people. */
  say: SafeText;
};

/**
 * Puts a run on record and starts the workflow for it, which reads all of it anew. After a crash the same order may be given again: where two
 * workflows were started, one gets it.
 */
export async function orderRun(order: Order, desk: OrderPlace): Promise<ReadyRun | Refused> {
  const { remote, store, config, opens, github, clock } = desk;
  const { id, issue, cause, on, by, at, text, model, heeded } = order;
  const now = isoTime(clock.now());
  const words = { ...(text === undefined ? {} : { text }), ...(model === undefined ? {} : { model }) };
  const ready = await readyRun(
    {
      issue,
      ask: (): AskedRun => ({ issue: on, index: 0, at, by, opens, ...words, order: { id, cause, at: now } }),
      wishes: {},
      isSame: (asked) => asked.order?.id === id,
      besides: () => (heeded ? { heeded } : {}),
      ...{ at: now, by },
    },
    { github, remote, store, ledgerBranch: config.ledger.branch },
  );
  if ('refused' in ready) return ready;
  const started = await start(order, ready, desk);
  if ('refused' in started) return started;
  const reply = await tellOrder(order, { say: safe`${order.say} ${started.say}` }, desk);
  await changeOrder({ id, issue }, desk, (now) => ({ ...now, reply }));
  return ready;
}

async function start({ id, issue }: Order, { head }: ReadyRun, desk: OrderPlace): Promise<{ say: SafeText } | Refused> {
  const { github, workflow, remote, gate, clock } = desk;
  const request = renderRequest({ version: 1, kind: 'run', issue, order: id, head });
  const started = await github.workflows.dispatch(workflow, { branch: remote.defaultBranch, request });
  if ('missing' in started)
    return { refused: `The workflow ${workflow} could not be started (${gate.plain(started.missing)}).` };
  const { run } = started;
  await changeOrder({ id, issue }, desk, (order) => ({
    ...order,
    started: { at: isoTime(clock.now()), ...(run === undefined ? {} : { run }) },
  }));
  const link = run === undefined ? safe`A run` : gate.link(safe`A run`, `${remote.url}/actions/runs/${run}`);
  return { say: safe`${link} of the workflow ${gate.codeSpan(workflow)} does it.` };
}

/** Changes an order where it is on record still. @returns it, as it then is. */
export async function changeOrder(
  { id, issue }: Pick<Order, 'id' | 'issue'>,
  { store, remote }: Pick<OrderPlace, 'store' | 'remote'>,
  change: (order: RunOrder) => RunOrder,
): Promise<RunOrder | undefined> {
  const { decided } = await updateLedger(
    store,
    `#${issue}: the run ${id}`,
    async (ledger): Promise<LedgerChanges & { order?: RunOrder }> => {
      const runs = await ledger.readRuns(issue);
      if (!runs?.asked?.order || runs.asked.order.id !== id) return {};
      const order = change(runs.asked.order);
      return { order, runs: { ...runs, asked: { ...runs.asked, order } } };
    },
    identityOf(remote),
  );
  return decided.order;
}

/** Says what came of an order, and that it was said. */
export async function endOrder(
  { id, issue, on, reply }: Pick<Order, 'id' | 'issue' | 'on'> & Pick<RunOrder, 'reply'>,
  say: SafeText,
  place: Telling & Pick<OrderPlace, 'store' | 'remote'>,
): Promise<void> {
  await tellOrder({ id, on }, { say, reply }, place);
  await changeOrder({ id, issue }, place, (order) => ({ ...order, told: true }));
}

type Telling = { github: Pick<GitHub, 'comments'>; gate: Gate };

/** One comment for each order, edited in place. `reply`: where it stands; else what stands there already is later, and stays. @returns its id. */
export async function tellOrder(
  { id, on }: Pick<Order, 'id' | 'on'>,
  { say, reply }: { say: SafeText; reply?: number | undefined },
  { github, gate }: Telling,
): Promise<number> {
  const mark = renderCommentMark(['run-order', id], gate);
  const body = gate.comment(safe`${say}\n\n${mark}`);
  if (reply !== undefined && (await github.comments.edit(reply, body))) return reply;
  return (await github.comments.ensure(on, mark, body)).id;
}
