import type { CommandOf } from '../commands/command.ts';
import type { Answer, CommandContext } from '../commands/executor.ts';
import type { ChainRecord } from '../ledger/chain-record.ts';
import type { LedgerChanges } from '../ledger/ledger.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { systemClock } from '../lib/clock.ts';
import { renderChain } from '../runs/render-chain.ts';
import { auditLine } from './audit-line.ts';
import type { OrderPlace } from './order-run.ts';
import { identityOf } from './record-session.ts';
import { tendChain } from './tend-chains.ts';

const mostLinks = 10;

/** Puts a chain on record and begins its first run. Once more for the same command, it comes to the same. */
export async function startChain(
  { issues }: CommandOf<'chain'>,
  context: CommandContext,
  desk: OrderPlace,
): Promise<Answer> {
  const { gate } = desk;
  const why = await whyNoChain(issues, desk);
  if (why !== undefined) return { outcome: 'refused', say: gate.inline(why) };
  const { chain, refused } = await record(issues, context, desk);
  if (!chain) return { outcome: 'refused', say: gate.inline(refused ?? '') };
  await tendChain(context.issue, desk);
  return { outcome: 'started', say: renderChain(chain, gate) };
}

async function whyNoChain(issues: readonly number[], { github }: OrderPlace): Promise<string | undefined> {
  if (issues.length > mostLinks) return `A chain has ${mostLinks} issues at most, and this one ${issues.length}.`;
  const found = await github.issues.read(issues);
  const unknown = issues.find((issue) => !found.has(issue));
  if (unknown !== undefined) return `There is no issue #${unknown}: name issues of this repository, no pull requests.`;
  const closed = issues.find((issue) => found.get(issue)?.state === 'closed');
  return closed === undefined ? undefined : `Issue #${closed} is closed: open it again, or leave it out.`;
}

type Recorded = { chain?: ChainRecord; refused?: string };

async function record(
  issues: readonly number[],
  { issue, mandate: { comment, digest }, index, by, at }: CommandContext,
  { store, remote, opens }: OrderPlace,
): Promise<Recorded> {
  const links = issues.map((number) => ({ issue: number }));
  const chain: ChainRecord = { version: 1, issue, comment, index, digest, by, at, opens, links };
  const audit = auditLine(
    { action: 'ask-for-chain', target: issues.map((number) => `#${number}`).join(' ') },
    { session: 'runs', actor: by },
    systemClock,
  );
  const { decided } = await updateLedger(
    store,
    `#${issue}: a chain of ${issues.length} runs`,
    async (ledger): Promise<LedgerChanges & { recorded: Recorded }> => {
      const now = await ledger.readChain(issue);
      if (now?.comment === comment && now.index === index) return { recorded: { chain: now } };
      if (now && !now.end)
        return { recorded: { refused: `A chain of this issue is under way: end it with \`/courier stop\` first.` } };
      return { chain, audit: [audit], recorded: { chain } };
    },
    identityOf(remote),
  );
  return decided.recorded;
}
