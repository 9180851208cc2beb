import type { AgentTask } from '../agents/agent.ts';
import { messageOf } from '../lib/errors.ts';
import type { Sandbox } from '../sandboxes/sandbox.ts';
import { wantsHistory } from '../sessions/wants-history.ts';
import type { Ports } from './ports.ts';

const historyPlace = '/tmp/history.bundle';

/** The history, for a prompt that asks for it. It is a help: without it the scan goes on. */
export async function bringHistory(
  prompt: string,
  sandbox: Pick<Sandbox, 'writeFile' | 'exec'>,
  { repository, log }: Pick<Ports, 'repository' | 'log'>,
): Promise<Pick<AgentTask, 'history'>> {
  if (!wantsHistory(prompt)) return {};
  const history = await repository.history();
  if ('none' in history) return { history };
  try {
    await sandbox.writeFile(historyPlace, history.bundle);
    // Against accidents: whoever runs commands there could undo it. Courier reads nothing back from it.
    const { exitCode } = await sandbox.exec(['chmod', '0444', historyPlace], { timeoutMs: 10_000 });
    if (exitCode !== 0) log.warn('The history in the sandbox could not be made read-only.');
    return { history: { bundle: historyPlace } };
  } catch (error) {
    log.warn(`The history could not be brought into the sandbox: ${messageOf(error)}`);
    return { history: { none: 'it did not fit into the sandbox' } };
  }
}
