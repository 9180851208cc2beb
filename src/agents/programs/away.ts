import { type ProgramName, programPackages } from '../../sandboxes/program-package.ts';
import type { TaskKind } from '../task-kinds.ts';

/** What can be handed over in files: people, or a comparison with the repository, judge it afterwards. */
const kinds: ReadonlySet<TaskKind> = new Set<TaskKind>(['scan', 'ask', 'answer']);

/**
 * Why a program cannot do that in a sandbox from which it does not reach this host, as at E2B; `undefined`: it can.
 *
 * What it hands over lies in files there, which whatever it runs may write to as well. What a role of a run comes to decides what is pushed.
 */
export function whyNotAway(tool: ProgramName, kind: TaskKind = 'scan'): string | undefined {
  if (kinds.has(kind)) return undefined;
  const { title } = programPackages[tool];
  return `${title} does no runs at E2B: what it comes to there, the repository's own commands could forge. Set sandbox.provider to local, or the agent's tool to anthropic.`;
}
