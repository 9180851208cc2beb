import type { FileFacts } from './file-facts.ts';

/** A part of a repository that one agent looks at. */
export type RepositoryPart = {
  /** Globs: whole folders (`src/agents/**`), or the files right in one (`src/*`). */
  paths: readonly string[];
  files: ReadonlySet<string>;
  lines: number;
};

export type PartLimits = {
  /** At most so many agents work side by side. */
  most: number;
  /** Lines of code that one agent is to look at. */
  linesEach: number;
};

/** A few at once: they share a budget, and each has to find its way about first. */
export const partLimits: PartLimits = { most: 4, linesEach: 60_000 };

/**
 * Splits what a scan is to look at among agents: folders stay together, the parts are as equal in lines as that allows, and each is a stretch
 * of the tree in the order of its paths, so that a small change of the files moves little. The same files give the same parts. One part: the
 * repository is small enough for one agent.
 */
export function planParts(files: readonly FileFacts[], limits: PartLimits = partLimits): RepositoryPart[] {
  const readable = files.filter(({ kind }) => kind !== 'unread');
  const total = linesOf(readable);
  const wanted = Math.min(limits.most, Math.ceil(total / limits.linesEach));
  if (wanted < 2) return [toPart([{ folder: '', files: readable, lines: total }])];
  const units = toUnits(readable, { folder: '', largest: total / (wanted * unitsPerPart) });
  return cut(units, smallestLimit(units, wanted)).map(toPart);
}

// The finer the units, the more equal the parts, and the more folders are torn apart.
const unitsPerPart = 4;

/** Files that stay together: a folder with all below it, or (`isFlat`) what lies right in it. */
type Unit = { folder: string; files: readonly FileFacts[]; lines: number; isFlat?: true };

function toUnits(files: readonly FileFacts[], { folder, largest }: { folder: string; largest: number }): Unit[] {
  const lines = linesOf(files);
  if (lines <= largest && folder !== '') return [{ folder, files, lines }];
  const prefix = folder === '' ? 0 : folder.length + 1;
  const below = Map.groupBy(files, ({ path }) => {
    const cutAt = path.indexOf('/', prefix);
    return cutAt === -1 ? '' : path.slice(0, cutAt);
  });
  const here = below.get('') ?? [];
  const folders = [...below.keys()].filter((name) => name !== '').sort();
  return [
    ...(here.length > 0 ? [{ folder, files: here, lines: linesOf(here), isFlat: true as const }] : []),
    ...folders.flatMap((name) => toUnits(below.get(name) ?? [], { folder: name, largest })),
  ];
}

/** The smallest size of a part with which so many parts are enough. */
function smallestLimit(units: readonly Unit[], parts: number): number {
  let [low, high] = [Math.max(...units.map(({ lines }) => lines)), units.reduce((sum, { lines }) => sum + lines, 0)];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (cut(units, middle).length <= parts) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** In order, each part as long as it stays within the limit. */
function cut(units: readonly Unit[], limit: number): Unit[][] {
  const parts: Unit[][] = [];
  let lines = 0;
  for (const unit of units) {
    const last = parts.at(-1);
    if (last && lines + unit.lines <= limit) last.push(unit);
    else {
      parts.push([unit]);
      lines = 0;
    }
    lines += unit.lines;
  }
  return parts;
}

function toPart(units: readonly Unit[]): RepositoryPart {
  return {
    paths: units.map(({ folder, isFlat }) => globOf(folder, isFlat ? '*' : '**')),
    files: new Set(units.flatMap(({ files }) => files.map(({ path }) => path))),
    lines: units.reduce((sum, { lines }) => sum + lines, 0),
  };
}

/** A folder's name may hold what a glob takes for a pattern. */
function globOf(folder: string, rest: '*' | '**'): string {
  return folder === '' ? rest : `${folder.replace(/[\\*?[\]{}()!+@|]/g, '\\$&')}/${rest}`;
}

function linesOf(files: readonly FileFacts[]): number {
  return files.reduce((sum, { lines }) => sum + lines, 0);
}
