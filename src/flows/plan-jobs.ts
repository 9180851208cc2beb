import { partLimits, planParts } from '../coverage/plan-parts.ts';
import type { Finding } from '../findings/finding.ts';
import { stableLine } from '../ledger/json.ts';
import { createMatcher } from '../lib/glob.ts';
import { sha256 } from '../lib/hash.ts';
import type { AgentScan, ScanSettings } from '../sessions/settings.ts';
import { jobOf, type OwnParts, type SplitMark, toScanPart } from '../sessions/split.ts';
import { leastUsdEach } from './scan-parts.ts';
import type { Attention, ScanAttention } from './watch-attention.ts';

/** What one job of a split session is to do. */
export type JobPlan = {
  /** By the name of the scan; absent: the session has one job. */
  parts?: ReadonlyMap<string, OwnParts>;
  /** With this job's share of the budget. */
  settings: ScanSettings;
  /** The known findings that are this job's to look for again. */
  known: readonly Finding[];
  /** Which part of which plan this was, for the job that puts them together. */
  markOf: (scans: readonly { record: { scan: string }; attention?: ScanAttention }[]) => { split?: SplitMark };
};

/**
 * Divides the scans of a session among its jobs, without a word between them: the same files and settings give the same plan in each. The
 * money goes with the parts, so that together they never have more than the session. Where nobody took stock of the files (a pull request),
 * the first job does it all.
 */
export function planJob(
  { settings, known }: { settings: ScanSettings; known: readonly Finding[] },
  attention: Attention | undefined,
): JobPlan {
  const { split } = settings;
  if (!split) return { settings, known, markOf: () => ({}) };
  const all = new Map(split.scans.map((scan) => [scan.name, partsFor(scan, { attention, jobs: split.of, ...split })]));
  const isMine = (index: number, parts: number) => jobOf(index, { parts, jobs: split.of }) === split.number;
  const parts = new Map(
    [...all].map(([name, of]) => [name, { all: of, own: of.filter((_, index) => isMine(index, of.length)) }]),
  );
  const [first = []] = all.values();
  const shares = [...parts.values()].map((part) => part.own.length / part.all.length);
  const share = shares.reduce((sum, one) => sum + one, 0) / Math.max(1, shares.length);
  const plan = sha256(
    stableLine([split.of, [...all].map(([name, of]) => [name, of.map((part) => [part.prompt, part.paths])])]),
  );
  return {
    parts,
    settings: { ...settings, agent: { ...settings.agent, budgetUsd: settings.agent.budgetUsd * share } },
    known: known.filter(({ location }) => {
      const index = first.findIndex(({ part }) => location !== undefined && part?.files.has(location.path));
      return index < 0 ? split.number === 1 : isMine(index, first.length);
    }),
    markOf(scans) {
      const seen = scans.flatMap((scan) => (scan.attention ? [[scan.record.scan, scan.attention.before]] : []));
      return { split: { plan, number: split.number, of: split.of, before: Object.fromEntries(seen) } };
    },
  };
}

/** At least one part for each job, as that is what somebody asked for; more where one agent could not read its part; one per dollar at most. */
function partsFor(
  scan: AgentScan,
  { attention, jobs, budgetUsd }: { attention: Attention | undefined; jobs: number; budgetUsd: number },
): AgentScan[] {
  if (!attention) return [scan];
  const inScope = createMatcher(scan.paths);
  const files = attention.files.filter(({ path, kind }) => kind !== 'unread' && inScope(path));
  const lines = files.reduce((sum, file) => sum + file.lines, 0);
  const most = Math.min(partLimits.most * jobs, Math.max(1, Math.floor(budgetUsd / leastUsdEach)));
  const linesEach = Math.max(1, Math.min(partLimits.linesEach, Math.ceil(lines / jobs)));
  const parts = planParts(files, { most, linesEach });
  return parts.length < 2 ? [scan] : parts.map((part, index) => toScanPart(scan, part, [index + 1, parts.length]));
}
