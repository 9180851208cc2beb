import type { RunOutcome } from '../ledger/runs-record.ts';
import { truncate } from '../lib/text.ts';
import type { PatchRefusal } from './judge-patch.ts';

/** What came of a run. `why`: a sentence or more, where it pushed nothing. */
export type RunEnding = { outcome: RunOutcome; why?: string };

const mostRefusals = 30;

/** The end of a run whose patch policy does not let out, with all reasons. */
export function refusedRun(refusals: readonly PatchRefusal[]): RunEnding {
  const head = 'None of it was pushed, because of:';
  return { outcome: 'refused', why: [head, ...toLines(refusals)].join('\n') };
}

/** The same for the implementer, who may do better. */
export function whyRefused(refusals: readonly PatchRefusal[]): string {
  const head = 'The change may not leave the sandbox as it is:';
  const tail =
    'Put back what is named here, and do without it; what a person would have to do there belongs under leftOut.';
  return [head, ...toLines(refusals), '', tail].join('\n');
}

function toLines(refusals: readonly PatchRefusal[]): string[] {
  const lines = refusals.slice(0, mostRefusals).map(({ path, why }) => `- ${path ?? 'The patch'}: ${why}`);
  const more = refusals.length > mostRefusals ? [`- and ${refusals.length - mostRefusals} more`] : [];
  return [...lines, ...more];
}

/** The end of one that went through and changed nothing: its agents say why. */
export function unchangedRun({
  unchanged,
  summary,
  plan,
}: {
  unchanged: string | undefined;
  summary: string | undefined;
  plan: string | undefined;
}): RunEnding {
  const why = unchanged ?? summary ?? plan ?? 'The agent changed nothing, and did not say why.';
  return { outcome: 'no-change', why: truncate(why, 7500) };
}

const features = /\b(?:enhancement|feature|improvement)\b/i;

/** What a change is, for titles. */
export function kindOfChange(blueprint: string, labels: readonly string[]): 'fix' | 'docs' | 'feat' {
  if (blueprint === 'docs' || blueprint === 'spec') return 'docs';
  return labels.some((label) => features.test(label)) ? 'feat' : 'fix';
}
