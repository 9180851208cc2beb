import { z } from 'zod';
import type { Coverage, FileAttention } from '../coverage/coverage.ts';
import { parseScanCoverage, renderAttention } from '../coverage/coverage-text.ts';
import { sha256 } from '../lib/hash.ts';
import { parseJson, stableJson } from './json.ts';
import { quarantinePath } from './layout.ts';
import type { Snapshot } from './store.ts';

/** Which files the agents looked at, in sixteen files by the digest of the path: each one readable in a single request. */
const folder = 'coverage/';
const file = /^coverage\/[0-9a-f]\.json$/;

const CoverageFile = z.object({
  version: z.literal(1),
  /** By scan, by path, one text per file. */
  scans: z.record(z.string(), z.record(z.string(), z.string())),
});

// Sixteen of them stay below 6 MB; 20,000 files of one scan take a quarter of it.
const mostCharacters = 380_000;

function coveragePath(path: string): string {
  return `${folder}${sha256(path).charAt(0)}.json`;
}

/** What cannot be read counts as never looked at: it is looked at again, and nothing is lost by that. */
export async function readCoverage(snapshot: Snapshot): Promise<Coverage> {
  const paths = snapshot.list(folder).filter((path) => file.test(path));
  const texts = await Promise.all(paths.map((path) => snapshot.read(path)));
  const merged = new Map<string, Map<string, FileAttention>>();
  for (const text of texts) {
    for (const [scan, record] of Object.entries(understand(text)?.scans ?? {})) {
      const known = merged.get(scan) ?? new Map();
      for (const [path, one] of parseScanCoverage(record)) known.set(path, one);
      merged.set(scan, known);
    }
  }
  return merged;
}

function understand(text: string | undefined): z.infer<typeof CoverageFile> | undefined {
  const json = text === undefined ? undefined : parseJson(text);
  return json && 'value' in json ? CoverageFile.safeParse(json.value).data : undefined;
}

/** The files that hold a coverage, `null` for those of the ledger that hold nothing any more. What is no coverage is put aside. Where one would grow too large, what was looked at longest ago is forgotten first. */
export async function coverageFiles(
  coverage: Coverage,
  before: Pick<Snapshot, 'list' | 'read'>,
): Promise<Map<string, string | null>> {
  const known = before.list(folder).filter((path) => file.test(path));
  const files = new Map<string, string | null>(known.map((path) => [path, null]));
  for (const [path, text] of renderCoverage(coverage)) files.set(path, text);
  for (const path of known) {
    const text = await before.read(path);
    if (text !== undefined && !understand(text)) files.set(quarantinePath(path, text), text);
  }
  return files;
}

function renderCoverage(coverage: Coverage): Map<string, string> {
  const entries = [...coverage].flatMap(([scan, files]) =>
    [...files].map(([path, one]) => ({ scan, path, day: one.day ?? '', text: renderAttention(one) })),
  );
  const byFile = Map.groupBy(entries, ({ path }) => coveragePath(path));
  return new Map([...byFile].map(([name, list]) => [name, renderFile(withinSize(list))]));
}

type Entry = { scan: string; path: string; day: string; text: string };

function withinSize(entries: readonly Entry[]): readonly Entry[] {
  let room = mostCharacters;
  const newestFirst = entries.toSorted((a, b) => compare(b.day, a.day) || compare(a.path, b.path));
  return newestFirst.filter(({ path, text }) => {
    room -= path.length + text.length + 20;
    return room > 0;
  });
}

function compare(one: string, other: string): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}

function renderFile(entries: readonly Entry[]): string {
  const byScan = Map.groupBy(entries, ({ scan }) => scan);
  const scans = [...byScan].map(
    ([scan, list]) => [scan, Object.fromEntries(list.map(({ path, text }) => [path, text]))] as const,
  );
  return stableJson({ version: 1, scans: Object.fromEntries(scans) });
}
