import { ConflictError, ExternalError, UserError } from '../lib/errors.ts';
import type { Memory } from '../memory/memory.ts';
import type { PanelPlace } from './panel-place.ts';
import { tellFindings } from './tell-findings.ts';
import { type LatePlace, tellLate } from './tell-late.ts';
import { type OverlapPlace, saidOfOthers, tellOverlaps } from './tell-overlaps.ts';

export type OpenPullsPlace = LatePlace & OverlapPlace;

/** What the open pull requests of runs are to say as things go on around them: other open work, and what people said since. Repeatable. */
export async function tellOpenPulls(place: OpenPullsPlace): Promise<void> {
  await tellOverlaps(place);
  await tellLate(place);
}

/**
 * The same after a run, which it must not undo: what fails is told by the next look.
 * @returns what is to be told of an issue's own work, a sentence or two for each.
 */
export async function tellAfterPush(issue: number, place: OpenPullsPlace): Promise<string[]> {
  await orLater(() => tellOpenPulls(place));
  return saidOfOthers(issue, place);
}

/**
 * What people settled shows where it matters: on the issues of findings that hang on it, and on the pull requests of runs that rest on something else.
 * @param memory before and after it was settled.
 */
export async function tellSettled(memory: { before: Memory; after: Memory }, place: PanelPlace): Promise<void> {
  await tellFindings(memory, place);
  await orLater(() => tellLate(place));
}

async function orLater(tell: () => Promise<void>): Promise<void> {
  try {
    await tell();
  } catch (error) {
    if (!(error instanceof ExternalError || error instanceof UserError || error instanceof ConflictError)) throw error;
  }
}
