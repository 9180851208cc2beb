import { truncate } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';

/** What became of what is new in the base since a run's work was made and tried. `since`: the commit that it was made on. */
export type BaseNews = { base: string; since: string } & (
  | { came: 'brought' }
  /** Where both changed the same lines, as far as that is known. */
  | { came: 'conflict'; paths: readonly string[] }
  | { came: 'kept out'; why: string }
);

const most = 20;

/** For the pull request, under what was tried. */
export function renderBase(news: BaseNews, gate: Gate): SafeText {
  const base = gate.codeSpan(news.base);
  const since = gate.inline(news.since.slice(0, 7));
  if (news.came === 'brought')
    return safe`What is new in ${base} since ${since} was brought in afterwards. What was tried was tried without it.`;
  return joinSafe(
    [
      news.came === 'conflict'
        ? safe`### It conflicts with ${base}`
        : safe`### It does not hold what is new in ${base}`,
      safe`${sayWhy(news, gate)} What was tried was tried on ${base} at ${since}.`,
    ],
    safe`\n\n`,
  );
}

/** For whoever asked for the run, a sentence or two; nothing where there is nothing to do about it. */
export function sayBase(news: BaseNews | undefined, gate: Gate): string[] {
  return !news || news.came === 'brought' ? [] : [sayWhy(news, gate)];
}

function sayWhy(news: Exclude<BaseNews, { came: 'brought' }>, gate: Gate): SafeText {
  const base = gate.codeSpan(news.base);
  if (news.came === 'kept out')
    return safe`${base} has moved on while the run worked, and was not brought in: ${gate.inline(news.why)}`;
  const paths = news.paths.slice(0, most).map((path) => gate.codeSpan(truncate(path, 200)));
  const where = paths.length === 0 ? safe`` : safe` in ${joinSafe(paths, safe`, `)}`;
  return safe`${base} has moved on while the run worked, and the two conflict${where}. Merge ${base} into the branch and put it right; or close the pull request, delete its branch and ask for \`/courier run\` again, to have it made anew on what is there now.`;
}
