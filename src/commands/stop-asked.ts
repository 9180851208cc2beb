import type { Ledger } from '../ledger/ledger.ts';
import type { AskedRun, IssueRuns } from '../ledger/runs-record.ts';
import { safe } from '../publishing/safe-text.ts';
import { openCommands } from './command-ends.ts';
import type { Change, CommandContext } from './executor.ts';

/** The runs of the issue that a command stands on, or whose pull request that is. */
export async function runsHere(
  { issue, place }: Pick<CommandContext, 'issue' | 'place'>,
  ledger: Ledger,
): Promise<IssueRuns | undefined> {
  if (place !== 'pull-request') return ledger.readRuns(issue);
  const all = await Promise.all(ledger.listRuns().map((number) => ledger.readRuns(number)));
  return all.find((runs) => runs?.pullRequest?.number === issue);
}

/**
 * Stops a run that was asked for here and has not begun: its workflow waits for a runner, or prepares itself. Whoever was to do it finds that on
 * record; its workflow is cancelled where it is known.
 *
 * @returns `undefined` where there is none.
 */
export async function stopAsked(context: CommandContext, ledger: Ledger): Promise<Change | undefined> {
  const runs = await runsHere(context, ledger);
  const asked = runs?.asked;
  if (!runs || !asked || runs.claim || asked.stopped) return undefined;
  const waiting = await findWaiting(asked, runs, ledger);
  if (!waiting) return undefined;
  const { gate, by, at } = context;
  return {
    answer: {
      outcome: 'done',
      say: safe`The run that ${gate.inline(asked.by)} asked for has not begun, and does not. \`/courier retry\` on #${runs.issue} asks for it again.`,
    },
    changes: { runs: { ...runs, asked: { ...asked, stopped: { by, at } } } },
    audit: { action: 'stop-run', target: `#${runs.issue}` },
    effects: waiting.run === undefined ? [] : [{ kind: 'cancel-run', run: waiting.run }],
  };
}

async function findWaiting(
  asked: AskedRun,
  { attempts }: IssueRuns,
  ledger: Ledger,
): Promise<{ run: number | undefined } | undefined> {
  const { order } = asked;
  if (order) {
    const began = attempts.some((attempt) => attempt.order === order.id);
    return began ? undefined : { run: order.taken ?? order.started?.run };
  }
  const open = openCommands(await ledger.readInbox(asked.issue));
  return open.find(({ comment, index }) => comment === asked.comment && index === asked.index);
}
