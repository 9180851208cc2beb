import { linesIn } from '../coverage/blocks.ts';
import { type Coverage, type ScanCoverage, seenOf, updateCoverage } from '../coverage/coverage.ts';
import { parseFacts, parseLook, renderFacts, renderLook } from '../coverage/coverage-text.ts';
import type { FileFacts } from '../coverage/file-facts.ts';
import { sha256 } from '../lib/hash.ts';
import type { Report, ReportedFile } from '../reports/report.ts';
import type { Visibility } from '../sessions/audience.ts';
import type { Discovery } from '../sessions/discovery.ts';
import type { Attention, ScanAttention } from './watch-attention.ts';

type Discovered = NonNullable<Discovery['coverage']>;

/**
 * What stands for a file in what is kept: its path; on a public repository, where which file an agent lingered at may be a hint, a digest of
 * it, with a key one that nobody else can make.
 */
export type FileKey = (path: string) => string;

export function fileKeyFor(visibility: Visibility | undefined, ledgerKey: string | undefined): FileKey {
  if (visibility !== 'public') return (path) => path;
  return (path) => sha256(JSON.stringify([ledgerKey ?? '', path])).slice(0, 16);
}

/** What earlier sessions kept of the files that there are, by their paths. */
export function coverageByPath(kept: Coverage, files: readonly FileFacts[], keyOf: FileKey): Coverage {
  const byPath = (scan: ScanCoverage) =>
    files.flatMap(({ path }) => {
      const found = scan.get(keyOf(path));
      return found ? [[path, found] as const] : [];
    });
  return new Map([...kept].map(([name, scan]) => [name, new Map(byPath(scan))]));
}

/** What the scans of a session saw, as a later job can read it. */
export function toDiscoveredCoverage(
  attention: Attention | undefined,
  keyOf: FileKey,
  scans: readonly { record: { scan: string }; attention?: ScanAttention }[],
): { coverage?: Discovered } {
  const watched = scans.flatMap(({ record, attention: seen }) => (seen ? [{ scan: record.scan, ...seen }] : []));
  if (!attention || watched.length === 0) return {};
  return {
    coverage: {
      files: Object.fromEntries(attention.files.map((file) => [keyOf(file.path), renderFacts(file)])),
      scans: watched.map(({ scan, day, looks }) => ({
        scan,
        day,
        looks: Object.fromEntries(looks.map((look) => [keyOf(look.path), renderLook(look)])),
      })),
    },
  };
}

/** The files that a session found, as it told of them. */
function filesOf({ files }: Discovered): ReadonlyMap<string, FileFacts> {
  const parsed = Object.entries(files).flatMap(([path, text]) => {
    const file = parseFacts(path, text);
    return file ? [[path, file] as const] : [];
  });
  return new Map(parsed);
}

/** The ledger's coverage after a session. */
export function coverageAfter(before: Coverage, discovered: Discovered): Coverage {
  const files = filesOf(discovered);
  const after = new Map(before);
  for (const { scan, day, looks } of discovered.scans) {
    const seen = Object.entries(looks).flatMap(([path, text]) => {
      const look = parseLook(text);
      return look ? [{ path, seen: look.seen }] : [];
    });
    after.set(scan, updateCoverage(after.get(scan) ?? new Map(), { files, looks: seen, day }));
  }
  return after;
}

/** The files of a session for its report, with the latest look that any of its scans had. None of a public repository: everybody reads it. */
export function toReportedCoverage(
  { coverage, visibility }: Pick<Discovery, 'coverage' | 'visibility'>,
  after: Coverage | undefined,
): Report['coverage'] {
  if (!coverage || !after || visibility === 'public') return undefined;
  const scans = coverage.scans.flatMap(({ scan }) => after.get(scan) ?? []);
  const readable = [...filesOf(coverage).values()].filter(({ kind }) => kind !== 'unread');
  return { files: readable.map((file) => toReportedFile(file, scans)) };
}

function toReportedFile(file: FileFacts, scans: readonly ScanCoverage[]): ReportedFile {
  const { path, lines, blob } = file;
  const known = scans.flatMap((scan) => scan.get(path) ?? []).filter(({ day }) => day !== undefined);
  const day = known
    .flatMap((one) => one.day ?? [])
    .toSorted()
    .at(-1);
  const seen = Math.max(0, ...scans.map((scan) => linesIn(seenOf(file, scan), lines)));
  return { path, lines, seen, day, changed: known.length > 0 && known.every((one) => one.blob !== blob) };
}
