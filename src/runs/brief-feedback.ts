import type { Briefing } from '../agents/briefing.ts';
import { oneLine, truncate } from '../lib/text.ts';

/** A review that asks for changes, as far as it says something besides what stands at lines. */
export type Requested = { author: string; at: string };

/** A check that failed on the commit that is worked on. All its words are those of programs, which may have run anybody's code. */
export type FailedOn = {
  name: string;
  how: 'failed' | 'timed-out';
  title: string;
  summary: string;
  notes: readonly { path: string; line: number | undefined; text: string }[];
};

const longest = { summary: 3_000, note: 600 } as const;
const most = { checks: 8, notes: 10 } as const;
const room = 16_000;

/** What is to be put right in a pull request that is there: data, however it is worded. */
export function briefFeedback({
  pullRequest,
  requested,
  failed,
}: {
  pullRequest: number;
  requested: readonly Requested[];
  failed: readonly FailedOn[];
}): Briefing[] {
  return [...briefRequested(pullRequest, requested), ...briefFailed(failed)];
}

function briefRequested(pullRequest: number, requested: readonly Requested[]): Briefing[] {
  if (requested.length === 0) return [];
  const documents = requested.map(({ author, at }) => ({
    label: oneLine(`review by ${author}`),
    text: oneLine(`${author} asked for changes of pull request #${pullRequest} on ${at}.`),
  }));
  const intro =
    'The change that is on the branch was reviewed, and is not accepted as it is. What the reviewers said stands among what was said about the issue, with the lines that it is about: put that right, and leave the rest.';
  return [{ title: 'Changes that were requested', intro, documents }];
}

function briefFailed(failed: readonly FailedOn[]): Briefing[] {
  if (failed.length === 0) return [];
  const documents: { label: string; text: string }[] = [];
  let left = room;
  for (const check of failed.slice(0, most.checks)) {
    const text = truncate(textOf(check), left);
    left -= text.length;
    if (text !== '') documents.push({ label: oneLine(`check ${check.name}`), text });
  }
  const more = failed.length > documents.length ? ` Of ${failed.length}, ${documents.length} are told of in full.` : '';
  const intro = `The repository's own checks failed on the commit that you work on. Find out why, and repair it where the change on the branch is the cause; do not weaken a check to silence it.${more}`;
  return [{ title: 'Checks that failed', intro, documents }];
}

function textOf({ name, how, title, summary, notes }: FailedOn): string {
  const lines = notes
    .slice(0, most.notes)
    .map(({ path, line, text }) => `- ${path}${line === undefined ? '' : `:${line}`}: ${truncate(text, longest.note)}`);
  const said = how === 'failed' ? 'failed' : 'took too long';
  const parts = [`${oneLine(name)} ${said}.`, oneLine(title), truncate(summary.trim(), longest.summary), ...lines];
  return parts.filter((part) => part !== '').join('\n');
}
