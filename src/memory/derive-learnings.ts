import type { Finding } from '../findings/finding.ts';
import { lastRatings } from '../findings/rating.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';
import { count, oneLine, truncate } from '../lib/text.ts';
import type { AssumptionRecord } from './assumption.ts';
import type { Learning, Learnings } from './learning.ts';
import type { Scope } from './scope.ts';

type Source = Learning['sources'][number];

/** Somebody who may triage said that something like this is not wanted here. */
type Signal = Source & { about: string; scope: Scope; like?: string; reason?: string };

/** What is proposed at the same time, at most: a list that nobody reads through helps nobody. */
const mostProposed = 20;
const mostKept = 500;
const mostSources = 50;
const longest = { title: 120, reason: 300 } as const;
// "wontfix" or "no" is no reason that says something about the next one.
const fewestWords = 3;

export type Said = {
  /** Those of which everybody may be told who can read the ledger. */
  findings: readonly Finding[];
  assumptions: readonly AssumptionRecord[];
  /** Of issues that runs worked on: the pull requests that were turned down, and what people said of them. */
  runs?: readonly Pick<IssueRuns, 'issue' | 'turnedDown' | 'reproaches'>[];
  /** ISO time. */
  at: string;
};

/**
 * What people's reactions, ratings, ignores, declined assumptions and reasons for closing the pull requests of runs come to: short learnings, proposed and without effect before somebody
 * approves them. The same signals give the same learnings; what was decided about one is left alone, and what was declined or deleted is not
 * proposed again. One whose signals were taken back is withdrawn.
 */
export function deriveLearnings(before: Learnings, said: Said): Learnings {
  const groups = [...Map.groupBy(signalsOf(said), ({ about }) => about).values()].filter(isEnough);
  const all = new Map(before.learnings.map((learning) => [learning.id, learning]));
  const found = new Set<string>();
  for (const group of groups) {
    const learning = learn(group, [...all.values()], said.at);
    if (!learning) continue;
    found.add(learning.id);
    all.set(learning.id, learning);
  }
  const learnings = [...all.values()].map((one) => (found.has(one.id) ? one : withdraw(one, said.at)));
  const known = new Set(before.learnings);
  return learnings.every((one) => known.has(one)) ? before : { ...before, learnings };
}

function learn(group: readonly Signal[], all: readonly Learning[], at: string): Learning | undefined {
  const known = all.find((learning) => sharesSource(learning, group));
  return known ? refine(known, group, at) : propose(group, all, at);
}

function signalsOf({ findings, assumptions, runs = [] }: Said): Signal[] {
  const places = new Map(
    findings.flatMap((finding) => (finding.issue ? [[finding.issue.number, finding] as const] : [])),
  );
  return [
    ...findings.flatMap(onFinding),
    ...assumptions.flatMap(onAssumption),
    ...runs.flatMap((each) => onRuns(each, places.get(each.issue))),
  ];
}

/** Only with a reason: that a change was not taken says nothing about the next one. It is about where its finding is, else about anything. */
function onRuns(
  { turnedDown = [], reproaches = [] }: NonNullable<Said['runs']>[number],
  finding: Finding | undefined,
): Signal[] {
  const folder = folderOf(finding?.location?.path);
  const paths = folder === undefined ? [] : [`${escaped(folder)}/**`];
  const scope = { paths, categories: finding ? [finding.category] : [] };
  return turnedDown.flatMap(({ pullRequest, title }) =>
    reproaches
      .filter((one) => one.pullRequest === pullRequest)
      .map(({ by, at, text }) => {
        const where = `#${pullRequest}`;
        return {
          about: JSON.stringify(['run', pullRequest]),
          scope,
          like: title,
          where,
          by,
          at,
          kind: 'run',
          ...reasoned(text),
        };
      }),
  );
}

/** Of agents' findings only: what a check finds is a matter of the configuration, and no learning reaches it. */
function onFinding({ id, origin, category, location, title, ratings = [], ignored }: Finding): Signal[] {
  if (origin.kind !== 'agent') return [];
  const folder = folderOf(location?.path);
  const scope = { paths: folder === undefined ? [] : [`${escaped(folder)}/**`], categories: [category] };
  const common = { about: JSON.stringify([category, origin.name, folder]), scope, like: title, where: id };
  const down = [...lastRatings(ratings).values()].filter(({ value }) => value === 'down');
  const isIgnored = ignored?.by !== undefined && ignored.how !== 'duplicate' && !ignored.by.endsWith('[bot]');
  return [
    ...down.map(({ by, at, from, text }) => ({ ...common, by, at, kind: from, ...reasoned(text) })),
    ...(isIgnored
      ? [{ ...common, by: ignored.by ?? '', at: ignored.at, kind: 'ignore' as const, ...reasoned(ignored.reason) }]
      : []),
  ];
}

function onAssumption({ session, id, state, scope, history, reason, text }: AssumptionRecord): Signal[] {
  const declined = history.findLast(({ what }) => what === 'declined');
  if (state !== 'declined' || !declined) return [];
  const folders = [...new Set(scope.paths.flatMap((path) => folderOf(path) ?? []))].sort();
  const about = JSON.stringify(['assumption', [...scope.categories].sort(), folders]);
  const where = `${id} of session ${session}`;
  const paths = folders.map((folder) => `${escaped(folder)}/**`);
  const common = { about, scope: { paths, categories: scope.categories }, like: text, where };
  return [{ ...common, by: declined.by, at: declined.at, kind: 'decline', ...reasoned(reason) }];
}

function reasoned(text: string | undefined): { reason?: string } {
  const reason = oneLine(text ?? '').replace(/[.\s]+$/, '');
  return reason === '' ? {} : { reason };
}

/** Up to three names deep, so that neighbours come together; `undefined` for what lies in the root or has no place. */
function folderOf(path: string | undefined): string | undefined {
  const folders = (path ?? '').split('/').slice(0, -1);
  return folders.length === 0 ? undefined : folders.slice(0, 3).join('/');
}

/** A folder's name is meant as it is written, also where it looks like a pattern. */
function escaped(folder: string): string {
  return folder.replace(/[\\*?[\]{}!@+()|]/g, '\\$&');
}

/** Two people, or two things, or a reason in so many words. A declined assumption is told to agents by itself: it takes two. */
function isEnough(group: readonly Signal[]): boolean {
  const isSeveral = new Set(group.map(({ by }) => by)).size > 1 || new Set(group.map(({ where }) => where)).size > 1;
  const isReasoned = group.some(
    ({ kind, reason = '' }) => kind !== 'decline' && kind !== 'reaction' && reason.split(/\s+/).length >= fewestWords,
  );
  return isSeveral || isReasoned;
}

function sharesSource({ sources }: Learning, group: readonly Signal[]): boolean {
  return group.some(({ kind, where, by }) =>
    sources.some((source) => source.kind === kind && source.where === where && source.by === by),
  );
}

function propose(group: readonly Signal[], others: readonly Learning[], at: string): Learning | undefined {
  const proposed = others.filter(({ state }) => state === 'proposed').length;
  const [first] = group;
  if (!first || proposed >= mostProposed || others.length >= mostKept) return undefined;
  const id = `L${Math.max(0, ...others.map((other) => numberOf(other.id))) + 1}`;
  const { text, why, sources } = describe(group);
  const history = [{ what: 'proposed', by: 'courier', at, from: first.where, text }];
  return { id, text, why, scope: first.scope, state: 'proposed', sources, history };
}

/** Only what nobody decided about follows what is said; a person's words stay. */
function refine(known: Learning, group: readonly Signal[], at: string): Learning {
  const isBack = known.state === 'deleted' && known.history.at(-1)?.what === 'withdrawn';
  const isOpen = known.state === 'proposed' && !known.history.some(({ what }) => what === 'corrected');
  if (!isBack && !isOpen) return known;
  const { text, why, sources } = describe(group);
  if (!isBack && text === known.text && why === known.why) return known;
  const news = { what: isBack ? 'proposed' : 'refined', by: 'courier', at, from: group[0]?.where ?? '', text };
  const history = isBack || text !== known.text ? [...known.history, news] : known.history;
  return { ...known, text, why, sources, state: 'proposed', history };
}

function withdraw(learning: Learning, at: string): Learning {
  if (learning.state !== 'proposed') return learning;
  const gone = { what: 'withdrawn', by: 'courier', at, from: learning.sources[0]?.where ?? '' };
  return { ...learning, state: 'deleted', history: [...learning.history, gone] };
}

function describe(group: readonly Signal[]): Pick<Learning, 'text' | 'why' | 'sources'> {
  const ordered = group.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at) || (a.where < b.where ? -1 : 1));
  const sources = ordered.slice(-mostSources).map(({ kind, where, by, at }) => ({ kind, where, by, at }));
  const people = new Set(ordered.map(({ by }) => by)).size;
  const things = [...new Set(ordered.map(({ where }) => where))];
  const told = `${things.slice(0, 5).join(', ')}${things.length > 5 ? ` and ${things.length - 5} more` : ''}`;
  return { text: textOf(ordered), why: `${count(people, 'person', 'people')} said so of ${told}.`, sources };
}

function textOf(group: readonly Signal[]): string {
  const [first] = group;
  if (!first) return '';
  const { categories, paths } = first.scope;
  const where =
    paths.length === 0 ? '' : ` in ${paths.map((path) => path.replace(/\*\*$/, '').replaceAll('\\', '')).join(', ')}`;
  const matter = categories.join(' and ');
  const likes = [...new Set(group.flatMap(({ like }) => like ?? []))].map((like) =>
    truncate(oneLine(like), longest.title),
  );
  const such = likes
    .slice(0, 3)
    .map((like) => `“${like}”`)
    .join(', ');
  const reasons = group.flatMap(({ reason }) => reason ?? []).toSorted((a, b) => b.length - a.length);
  const why =
    reasons[0] === undefined ? 'people said that such findings are wrong there' : truncate(reasons[0], longest.reason);
  if (first.kind === 'run') return `A change for ${such} was turned down (${first.where}): ${why}.`;
  if (first.kind === 'decline')
    return `Ask rather than assume${matter === '' ? '' : ` in matters of ${matter}`}${where}: assumptions such as ${such} were declined${reasons[0] === undefined ? '' : ` (${why})`}.`;
  return `Do not report ${matter} findings such as ${such}${where}: ${why}.`;
}

function numberOf(id: string): number {
  return Number(id.slice(1));
}
