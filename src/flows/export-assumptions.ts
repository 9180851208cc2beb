import { roleNeeded } from '../commands/authorise.ts';
import type { Answer, CommandContext } from '../commands/executor.ts';
import { isAtLeast } from '../events/role.ts';
import { systemClock } from '../lib/clock.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { PullGitHub } from './assumptions-pull.ts';
import { lookUp } from './follow-command.ts';
import type { GitHub } from './github-ports.ts';
import { type AssumptionsPull, openAssumptionsPull } from './open-assumptions-pull.ts';

/**
 * `/courier export assumptions`: offers all assumptions for review in a pull request, on the word of who may approve them. Asked twice it is the
 * same pull request.
 */
export async function exportAssumptions(
  { by, config, gate }: CommandContext,
  { github }: { github: PullGitHub & Pick<GitHub, 'repository' | 'ledger'> },
): Promise<Answer> {
  const { permissions, ledger } = config;
  const needed = roleNeeded('approve', permissions);
  const standing = await lookUp(by, { github });
  if ('unknown' in standing)
    return {
      outcome: 'failed',
      say: safe`What you may do here could not be looked up: ${gate.inline(standing.unknown)}`,
    };
  if (!isAtLeast(standing.role, needed)) {
    const say = safe`Refused: a review of assumptions needs the role ${gate.inline(needed)} in this repository, and yours is ${gate.inline(standing.role)}.`;
    return { outcome: 'refused', say };
  }
  const remote = await github.repository();
  const place = { github, store: github.ledger(ledger.branch), remote, gate, clock: systemClock, permissions };
  const pull = await openAssumptionsPull({ by }, place);
  return 'none' in pull ? { outcome: 'failed', say: gate.block(pull.none) } : { outcome: 'done', say: tellPull(pull) };
}

function tellPull({ number, isNew, shown, edited, left }: Exclude<AssumptionsPull, { none: string }>): SafeText {
  return joinSafe(
    [
      isNew
        ? safe`${shown} assumptions can be reviewed in #${number}.`
        : safe`#${number} is up to date: ${shown} assumptions.`,
      edited > 0 ? safe`${edited} of them were edited there, and stay so.` : undefined,
      left > 0 ? safe`${left} older ones have no room in the file.` : undefined,
    ],
    safe` `,
  );
}
