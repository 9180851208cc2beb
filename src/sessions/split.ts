import { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import { partName } from './part-name.ts';
import type { AgentScan, ScanSettings, Split } from './settings.ts';

export const sessionId = /^S\d{8}-\d{6}-[0-9a-z]{4}$/;
export const mostJobs = 16;

const amount = z.number().int().nonnegative();

/** What the file of a job says of the session that it is a part of: each names the whole, so that a missing one is noticed. */
export const SplitMark = z.object({
  /** A digest of who was to look at what: jobs of different plans have looked at different things. */
  plan: z.string().regex(/^[0-9a-f]{64}$/),
  number: z.number().int().min(1).max(mostJobs),
  of: z.number().int().min(2).max(mostJobs),
  /** How far each scan had come before this session. */
  before: z.record(z.string(), z.object({ files: amount, lines: amount })).default({}),
});
export type SplitMark = z.infer<typeof SplitMark>;

/**
 * What a matrix tells its jobs: `2/4`, and the id of the session that they share.
 * @returns `undefined`: this job does all of it.
 * @throws UserError for what is neither.
 */
export function parseSplit(part: string | undefined, session: string | undefined): Split | undefined {
  if (!part || part === '1/1') return undefined;
  const [, number, of] = /^(\d{1,2})\/(\d{1,2})$/.exec(part) ?? [];
  const split = { number: Number(number), of: Number(of) };
  const isPart = number !== undefined && split.number >= 1 && split.number <= split.of && split.of <= mostJobs;
  if (!isPart)
    throw new UserError(
      `COURIER_PART is ${part}: it has to be a job and how many there are, at most ${mostJobs}: 2/4.`,
    );
  if (!session || !sessionId.test(session))
    throw new UserError(
      'COURIER_PART needs COURIER_SESSION: an id that all jobs of the session share (S20261121-181500-ab3d).',
    );
  return { ...split, session };
}

/** The settings of one job of a split session. The checks are the first one's; a session in several jobs has nobody who could wait. */
export function toSplitSettings(settings: ScanSettings, split: Split | undefined): ScanSettings {
  if (!split) return settings;
  if (settings.publish !== 'none')
    throw new UserError(
      'A job of a split session publishes nothing itself: set publish to none, and publish in a job that follows.',
    );
  const scans = settings.scans.map((scan) => ({ ...scan, questions: 'record' as const }));
  const blocks = split.number === 1 && settings.scans.some(({ questions }) => questions === 'block');
  const note = 'Over several jobs no question blocks: the agents went on with assumptions.';
  return {
    ...settings,
    scans,
    split: { ...split, scans, budgetUsd: settings.agent.budgetUsd },
    ...(split.number === 1 ? {} : { presets: 'none', checks: {} }),
    notes: blocks ? [...settings.notes, note] : settings.notes,
  };
}

/** The job, from 1, that has the part with this index: as even as it goes, in order. */
export function jobOf(index: number, { parts, jobs }: { parts: number; jobs: number }): number {
  return Math.floor((index * jobs) / parts) + 1;
}

/** The parts of a scan that are one job's, of all. */
export type OwnParts = { own: readonly AgentScan[]; all: readonly AgentScan[] };

/** A scan as the agent gets it that looks at one of its parts. */
export function toScanPart(
  scan: AgentScan,
  { paths, files }: { paths: readonly string[]; files: ReadonlySet<string> },
  [number, count]: [number, number],
): AgentScan {
  return { ...scan, name: partName(scan.name, { number, count }), paths, part: { of: scan, number, count, files } };
}
