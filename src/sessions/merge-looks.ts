import { mergeRanges, type Range } from '../coverage/blocks.ts';
import type { CoverageTotals } from '../coverage/coverage.ts';
import { parseLook, renderLook } from '../coverage/coverage-text.ts';
import type { Discovery } from './discovery.ts';

type Discovered = NonNullable<Discovery['coverage']>;

/** What the jobs of a session looked at, together. */
export function mergeLooks(parts: readonly Pick<Discovery, 'coverage'>[]): Discovered | undefined {
  const all = parts.flatMap(({ coverage }) => coverage ?? []);
  if (all.length === 0) return undefined;
  const scans = Map.groupBy(
    all.flatMap((coverage) => coverage.scans),
    ({ scan }) => scan,
  );
  return {
    files: Object.assign({}, ...all.map(({ files }) => files)),
    scans: [...scans].map(([scan, own]) => ({
      scan,
      day:
        own
          .map(({ day }) => day)
          .toSorted()
          .at(-1) ?? '',
      looks: own.map(({ looks }) => looks).reduce(addLooks),
    })),
  };
}

function addLooks(one: Readonly<Record<string, string>>, other: Readonly<Record<string, string>>) {
  const both = Object.entries(other).map(([path, text]) => {
    const before = one[path];
    return [path, before === undefined ? text : addLook(before, text)] as const;
  });
  return { ...one, ...Object.fromEntries(both) };
}

function addLook(one: string, other: string): string {
  const seen = (parseLook(one)?.seen ?? 0) | (parseLook(other)?.seen ?? 0);
  return renderLook({ seen, ranges: mergeRanges([...rangesIn(one), ...rangesIn(other)]) });
}

function rangesIn(text: string): Range[] {
  return [...text.matchAll(/(\d{1,8})-(\d{1,8})/g)].map(([, from, to]) => [Number(from), Number(to)] as const);
}

type JobTotals = { totals: CoverageTotals | undefined; before: CoverageTotals['soFar'] | undefined };

/** How far they came: each in a part of its own, so that what each added adds up. */
export function mergeTotals(jobs: readonly JobTotals[]): CoverageTotals | undefined {
  const known = jobs.flatMap(({ totals, before }) => (totals ? [{ totals, before: before ?? totals.soFar }] : []));
  const [first] = known;
  if (!first) return undefined;
  const { files, lines } = first.totals;
  const upTo = { files, lines };
  const sum = (amountOf: (job: (typeof known)[number]) => number, most: number, from = 0) =>
    Math.min(
      most,
      known.reduce((total, job) => total + amountOf(job), from),
    );
  const added = (what: 'files' | 'lines') =>
    sum(({ totals, before }) => Math.max(0, totals.soFar[what] - before[what]), upTo[what], first.before[what]);
  return {
    ...upTo,
    looked: {
      files: sum(({ totals }) => totals.looked.files, files),
      lines: sum(({ totals }) => totals.looked.lines, lines),
    },
    soFar: { files: added('files'), lines: added('lines') },
  };
}
