import { systemClock } from '../lib/clock.ts';
import { ExternalError, messageOf, UserError } from '../lib/errors.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import type { PullGitHub, PullPlace } from './assumptions-pull.ts';
import { openAssumptionsPull } from './open-assumptions-pull.ts';
import type { PanelPlace } from './panel-place.ts';

/** Somebody who may approve ticked the box: all assumptions are offered for review in a pull request. @returns why not, a sentence. */
export async function reviewInPull(
  by: string,
  { github, permissions, place }: { github: PullGitHub; permissions: PullPlace['permissions']; place: PanelPlace },
): Promise<SafeText | undefined> {
  const { store, remote, gate } = place;
  try {
    const pull = await openAssumptionsPull({ by }, { github, store, remote, gate, clock: systemClock, permissions });
    return 'none' in pull ? gate.inline(pull.none) : undefined;
  } catch (error) {
    if (!(error instanceof UserError || error instanceof ExternalError)) throw error;
    const hint = error instanceof ExternalError && error.hint ? safe` ${gate.inline(error.hint)}` : safe``;
    return safe`the pull request could not be opened. ${gate.inline(messageOf(error))}${hint}`;
  }
}
