import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import { newFinding } from '../../src/findings/apply-finding.ts';
import { distinguish } from '../../src/findings/distinguish.ts';
import type { RaisedFinding } from '../../src/findings/finding.ts';
import { fingerprintOf } from '../../src/findings/fingerprint.ts';
import { identifyFindings } from '../../src/findings/identify-findings.ts';
import { createRandom } from '../bench/random.ts';

const Row = z.object({
  repo: z.string(),
  scanner: z.string(),
  run: z.string(),
  path: z.string(),
  line: z.number(),
  endLine: z.number(),
  cwe: z.array(z.string()),
  rule: z.string(),
  message: z.string(),
  problem: z.string().nullable(),
});
type Row = z.infer<typeof Row>;

/** What two runs of one scanner reported about one application. */
export type RunPair = { repo: string; before: readonly Row[]; after: readonly Row[] };

/** Share of the matches that are right, and of the problems in both runs that were recognised, in per cent; and the counts behind them. */
export type Quality = { precision: number; recall: number; right: number; wrong: number; common: number };

const file = new URL('../fixtures/repeated-scans/findings.jsonl.gz', import.meta.url);

/** Findings that match a known problem; of the others nobody knows whether two are the same. */
export function readRows(): Row[] {
  const lines = gunzipSync(readFileSync(file)).toString('utf8').trim().split('\n');
  return lines.map((line) => Row.parse(JSON.parse(line))).filter(({ problem }) => problem !== null);
}

/** By name, by turns: the score was tuned on the first half and is reported on the other. */
export function halvesOf(rows: readonly Row[]): { tuned: Set<string>; heldOut: Set<string> } {
  const names = [...new Set(rows.map(({ repo }) => repo))].toSorted();
  const half = (odd: number) => new Set(names.filter((_, index) => index % 2 === odd));
  return { tuned: half(0), heldOut: half(1) };
}

/** Every pair of runs of one scanner on one application. */
export function pairsOfRuns(rows: readonly Row[], repos: ReadonlySet<string>): RunPair[] {
  const groups = Map.groupBy(
    rows.filter(({ repo }) => repos.has(repo)),
    ({ repo, scanner }) => `${repo} ${scanner}`,
  );
  return [...groups.values()].flatMap((group) => {
    const runs = [...Map.groupBy(group, ({ run }) => run)].toSorted().map(([, list]) => list);
    return runs.flatMap((before, index) =>
      runs.slice(index + 1).map((after) => ({ repo: before[0]?.repo ?? '', before, after })),
    );
  });
}

/** 60 % of the problems dropped at random on each side, and the lines of each file of the second run shifted by -20 to +99. */
export function stress({ repo, before, after }: RunPair, random: () => number): RunPair {
  const shifts = new Map<string, number>();
  const shiftOf = (path: string) => {
    const shift = shifts.get(path) ?? Math.floor(random() * 120) - 20;
    shifts.set(path, shift);
    return shift;
  };
  const keep = () => random() >= 0.6;
  return {
    repo,
    before: before.filter(keep),
    after: after.filter(keep).map((row) => shiftBy(row, shiftOf(row.path))),
  };
}

function shiftBy(row: Row, lines: number): Row {
  return { ...row, line: row.line + lines, endLine: row.endLine + lines };
}

/** `seeds`: how many times the stressed form is drawn; none for the runs as they are. */
export function measureIdentity(pairs: readonly RunPair[], { seeds = 0 } = {}): Quality {
  const counts = { right: 0, wrong: 0, common: 0 };
  if (seeds === 0) count(counts, pairs);
  for (let seed = 1; seed <= seeds; seed += 1) {
    const random = createRandom(seed);
    count(
      counts,
      pairs.map((pair) => stress(pair, random)),
    );
  }
  const { right, wrong, common } = counts;
  return { ...counts, precision: (100 * right) / (right + wrong), recall: (100 * right) / common };
}

function count(counts: { right: number; wrong: number; common: number }, pairs: readonly RunPair[]): void {
  for (const { before, after } of pairs) {
    const [problemsBefore, problemsAfter] = [new Map<string, string | null>(), new Map<string, string | null>()];
    const known = raise(before, problemsBefore).map((raised, index) => ({
      ...newFinding(raised, { session: 'S1', at: '2026-01-01T00:00:00Z' }),
      id: `F-${String(index).padStart(8, '0')}`,
    }));
    const earlier = new Set(before.map(({ problem }) => problem));
    counts.common += after.filter(({ problem }) => earlier.has(problem)).length;
    for (const { finding, raised } of identifyFindings(raise(after, problemsAfter), known).matched) {
      if (problemsBefore.get(keyOf(finding)) === problemsAfter.get(keyOf(raised))) counts.right += 1;
      else counts.wrong += 1;
    }
  }
}

/** Findings as a session raises them. There is no source to quote: path, lines, CWE, rule (as the title) and message are all there is. */
function raise(rows: readonly Row[], problems: Map<string, string | null>): RaisedFinding[] {
  const raised = rows.map((row): RaisedFinding => {
    const origin = { kind: 'agent', name: 'security' } as const;
    const finding: RaisedFinding = {
      title: row.rule.split('.').slice(2).join(' ').replaceAll('-', ' '),
      description: row.message,
      severity: 2,
      category: 'security',
      ...(row.cwe[0] ? { cwe: row.cwe[0] } : {}),
      // A shift may end above the file; only differences count.
      location: { path: row.path, startLine: row.line, endLine: row.endLine },
      evidence: [],
      nextSteps: [],
      origin,
      verified: 'none',
      fingerprint: fingerprintOf({ origin, category: 'security', path: row.path, symbol: undefined, quote: undefined }),
    };
    problems.set(keyOf(finding), row.problem);
    return finding;
  });
  return distinguish(raised);
}

function keyOf({
  title,
  description,
  location,
}: {
  title: string;
  description: string;
  location?: { path: string; startLine?: number | undefined } | undefined;
}): string {
  return JSON.stringify([title, description, location?.path, location?.startLine]);
}
