import type { Finding } from './finding.ts';
import { createScope } from './in-scope.ts';
import { ownFileOf, type ScannedFiles } from './judge-verdict.ts';
import { isOpen } from './judge-verdicts.ts';
import { quoteStands } from './quote-stands.ts';
import { isToProve } from './repair.ts';

export const mostToVerify = 20;

/**
 * The known findings that a scan's agent is asked about: those that complete scans missed, whose code is not there any more, or for which a
 * run's pull request was merged; those that were looked for longest ago come first. Only agents' findings in the scan's paths, each in the scan that raised it, or in any where that
 * one does not run. What a check raised, the check decides; what is withheld cannot be shown.
 */
export async function chooseToVerify(
  known: readonly Finding[],
  { scan, running }: { scan: { name: string; paths: readonly string[] }; running: readonly string[] },
  scanned: ScannedFiles,
): Promise<Finding[]> {
  const inScope = createScope(scan.paths, scanned.renames);
  const belongs = ({ origin }: Finding) =>
    origin.kind === 'agent' && (origin.name === scan.name || !running.includes(origin.name));
  const open = known.filter(
    (finding) =>
      (isOpen(finding) || isToProve(finding)) && belongs(finding) && finding.description !== '' && inScope(finding),
  );
  const chosen: Finding[] = [];
  for (const finding of open.toSorted(byLastLook)) {
    if (chosen.length === mostToVerify) break;
    if (finding.missed > 0 || isToProve(finding) || (await isChanged(finding, scanned))) chosen.push(finding);
  }
  return chosen;
}

async function isChanged(finding: Finding, scanned: ScannedFiles): Promise<boolean> {
  const own = ownFileOf(finding, scanned);
  if (!own) return false;
  if (!scanned.files.has(own.path)) return true;
  const text = await scanned.readText(own.path);
  return text !== undefined && quoteStands(own.quote, text) === false;
}

function byLastLook(a: Finding, b: Finding): number {
  return (
    compare(a.lastCheck?.at ?? '', b.lastCheck?.at ?? '') ||
    compare(a.lastSeen.at, b.lastSeen.at) ||
    compare(a.id, b.id)
  );
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
