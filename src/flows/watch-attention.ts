import type { AgentEvent } from '../agents/agent.ts';
import { isToolName } from '../agents/tool-inputs.ts';
import { mergeRanges, type Range, toBlocks } from '../coverage/blocks.ts';
import { chooseNext, type NextFiles } from '../coverage/choose-next.ts';
import { type Coverage, type CoverageTotals, totalCoverage, updateCoverage } from '../coverage/coverage.ts';
import { comparedLines, type FileFacts, toFileFacts } from '../coverage/file-facts.ts';
import { createLineMatcher } from '../coverage/match-lines.ts';
import { indexShown, type Shown } from '../coverage/shown-lines.ts';
import { isoTime } from '../lib/clock.ts';
import { createMatcher } from '../lib/glob.ts';
import { mapLimited } from '../lib/tasks.ts';
import type { AgentScan, ScanPart } from '../sessions/settings.ts';
import type { Ports, Repository } from './ports.ts';

/** What sessions have looked at, and what there is to look at. */
export type Attention = {
  files: readonly FileFacts[];
  coverage: Coverage;
  /** Paths of known findings. */
  marked: ReadonlySet<string>;
};

/** What one scan saw of a file; `seen` is 0 where it was offered and passed over. */
export type SeenFile = { path: string; seen: number; ranges: readonly Range[] };
export type ScanAttention = {
  day: string;
  looks: readonly SeenFile[];
  totals: CoverageTotals;
  /** How far the scan had come before. */
  before: CoverageTotals['soFar'];
};

/** Listens to one scan's agent, or to those of its parts. */
export type AttentionWatch = {
  /** Where its agent, or that of one of its parts, is to begin. */
  next(part?: ScanPart): NextFiles;
  onEvent(event: AgentEvent): void;
  /** After its end: what it looked at. Reads every file once. */
  settle(): Promise<ScanAttention>;
};

const readAtOnce = 32;

/** All files of the repository, each read once. */
export function surveyFiles(files: readonly string[], repository: Repository): Promise<FileFacts[]> {
  return mapLimited(files, readAtOnce, async (path) => toFileFacts(path, await repository.read(path)));
}

/** Watches what an agent looks at, by what its commands print. */
export function watchAttention(
  scan: Pick<AgentScan, 'name' | 'paths'>,
  { files, coverage, marked }: Attention,
  { repository, clock }: Pick<Ports, 'repository' | 'clock'>,
): AttentionWatch {
  const inScope = createMatcher(scan.paths);
  const scoped = files.filter(({ path }) => inScope(path));
  const before = coverage.get(scan.name) ?? new Map();
  const offered: NextFiles[] = [];
  const { shown, onEvent } = collectShown();
  return {
    next(part) {
      const next = chooseNext(part ? scoped.filter(({ path }) => part.files.has(path)) : scoped, before, { marked });
      offered.push(next);
      return next;
    },
    onEvent,
    async settle() {
      const ranges = await matchFiles(files, shown(), repository);
      const looks = toLooks(files, ranges, new Set(offered.flatMap((next) => [...passedOver(next, ranges)])));
      const day = isoTime(clock.now()).slice(0, 10);
      const byPath = new Map(files.map((file) => [file.path, file]));
      const after = updateCoverage(before, { files: byPath, looks, day });
      const { soFar } = totalCoverage(scoped, { looks: [], after: before });
      return { day, looks, totals: totalCoverage(scoped, { looks, after }), before: soFar };
    },
  };
}

/** The commands of an agent with what they printed. */
function collectShown(): { shown: () => Shown[]; onEvent: (event: AgentEvent) => void } {
  const commands = new Map<string, string>();
  const shown: Shown[] = [];
  const onEvent = (event: AgentEvent) => {
    if (event.type === 'tool-use' && mayShow(event.tool)) commands.set(event.id, commandOf(event.input));
    if (event.type !== 'tool-result') return;
    const command = commands.get(event.id);
    if (command !== undefined) shown.push({ command, output: event.output });
  };
  return { shown: () => shown, onEvent };
}

/** A shell, or what agent tools of others have to read and search with; Courier's own tools show no file. */
function mayShow(tool: string): boolean {
  return tool === 'bash' || !isToolName(tool);
}

/** What names the file, or the files: a command, or else all the words of the call. */
function commandOf(input: unknown): string {
  if (typeof input !== 'object' || input === null) return '';
  if ('command' in input) return typeof input.command === 'string' ? input.command : '';
  return Object.values(input)
    .filter((value) => typeof value === 'string')
    .join(' ');
}

async function matchFiles(
  files: readonly FileFacts[],
  shown: readonly Shown[],
  repository: Repository,
): Promise<ReadonlyMap<string, readonly Range[]>> {
  const matcher = createLineMatcher(indexShown(shown));
  if (shown.length === 0) return new Map();
  const readable = files.filter(({ kind }) => kind !== 'unread');
  await mapLimited(readable, readAtOnce, async ({ path }) => {
    const bytes = await repository.read(path);
    if (bytes) matcher.take(path, comparedLines(new TextDecoder().decode(bytes)));
  });
  return matcher.settle();
}

/** Listed files that an agent left out: those before the last one that it took; all of them where it took none, but looked at others. */
function passedOver({ changed, unseen }: NextFiles, seen: ReadonlyMap<string, unknown>): ReadonlySet<string> {
  if (seen.size === 0) return new Set();
  const listed = [...changed, ...unseen].map(({ path }) => path);
  const last = listed.findLastIndex((path) => seen.has(path));
  return new Set(last === -1 ? listed : listed.slice(0, last));
}

function toLooks(
  files: readonly FileFacts[],
  seen: ReadonlyMap<string, readonly Range[]>,
  left: ReadonlySet<string>,
): SeenFile[] {
  return files.flatMap(({ path, lines }) => {
    const ranges = mergeRanges(seen.get(path) ?? []);
    const blocks = toBlocks(ranges, lines);
    return blocks > 0 || left.has(path) ? [{ path, seen: blocks, ranges }] : [];
  });
}
