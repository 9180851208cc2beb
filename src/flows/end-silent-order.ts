import { whyEnded } from '../commands/why-ended.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import { renderPushed } from '../sessions/render-run.ts';
import type { GitHub, WorkflowRun } from './github-ports.ts';
import { endOrder, type OrderPlace } from './order-run.ts';

type SilentPlace = Pick<OrderPlace, 'store' | 'remote' | 'gate'> & { github: Pick<GitHub, 'comments' | 'workflows'> };

/**
 * Says what became of a run that no command of its own asked for, where the workflow's run that did it ended without a word. Repeatable; the issue
 * of a run that had begun has to be given back before.
 */
export async function endSilentOrder(
  { issue, asked, attempts, offer, branch }: IssueRuns,
  place: SilentPlace,
): Promise<void> {
  const { order } = asked ?? {};
  const id = order?.taken ?? order?.started?.run;
  if (!asked || !order || order.told || order.reply === undefined || id === undefined) return;
  const attempt = attempts.find((one) => one.order === order.id);
  if (attempt && attempt.outcome === undefined) return;
  const run = await place.github.workflows.readRun(id);
  if (run?.status !== 'completed') return;
  const pushed = attempt?.outcome === 'pushed' ? { branch, commit: attempt.commit, held: offer?.held } : undefined;
  const why = attempt?.why ?? whyEnded(run.conclusion);
  const { gate } = place;
  const sign = attempt?.outcome === 'stopped' ? safe`Stopped.` : safe`**Failed.**`;
  const say = pushed ? renderPushed(pushed, gate) : safe`${sign} ${gate.inline(why)}`;
  await endOrder({ ...order, issue, on: asked.issue }, renderSilent(say, run, place), place);
}

function renderSilent(say: SafeText, { url }: WorkflowRun, { gate }: SilentPlace): SafeText {
  const end = say.endsWith('.') ? safe`` : safe`.`;
  return safe`${say}${end} The run ended before it could say more: ${gate.link(safe`what it left`, url)}.`;
}
