import type { Spend } from '../ledger/ledger.ts';
import { sha256 } from '../lib/hash.ts';
import { titleOfScan } from './answer-settings.ts';
import { askName } from './ask-settings.ts';
import { reserve } from './budget.ts';
import type { Session } from './session.ts';
import type { AgentScan, ScanSettings } from './settings.ts';

/** With what a session begins, or why it does not. `notes` and `reasons` are a sentence each. */
export type Start =
  | { settings: ScanSettings; reservedUsd: number; notes: readonly string[]; reasons: readonly string[] }
  | { skipped: string; stopReason?: 'budget' };

/**
 * Whether a session may begin now: one session per scan at a time, whoever asks, and not more money than the day and the month have. A scan
 * that another session is at is left out; a session that has none left is skipped. Checks cost nothing and wait for nobody.
 *
 * @param others sessions that are under way.
 */
export function planStart(
  settings: ScanSettings,
  { others, spent, at }: { others: readonly Session[]; spent: readonly Spend[]; at: string },
): Start {
  if (settings.scans.length === 0) return { settings, reservedUsd: 0, notes: [], reasons: [] };
  const busy = new Map(others.flatMap((other) => scansOf(other).map((scan) => [keyOf(scan), other])));
  const free = settings.scans.filter((scan) => !busy.has(keyOf(scan)));
  const taken = settings.scans.flatMap((scan) => {
    const other = busy.get(keyOf(scan));
    return other ? [overlap(scan, other)] : [];
  });
  if (free.length === 0) return { skipped: taken.join(' ') };
  const reserved = reserve(settings.agent.budgetUsd, { budget: settings.budget, spent, at });
  if ('refused' in reserved) return { skipped: reserved.refused, stopReason: 'budget' };
  return {
    settings: { ...settings, scans: free, agent: { ...settings.agent, budgetUsd: reserved.usd } },
    reservedUsd: reserved.usd,
    notes: reserved.note ? [reserved.note] : [],
    reasons: taken.map((sentence) => `${sentence} It was left out.`),
  };
}

function scansOf({ configuration }: Session): readonly Pick<AgentScan, 'name' | 'prompt'>[] {
  return configuration?.scans ?? [];
}

/** A scan of the configuration is the same by its name; what a step or a person asks in its own words, by the words. Nobody waits for another's question. */
function keyOf({ name, prompt }: Pick<AgentScan, 'name' | 'prompt'>): string {
  return name === 'prompt' || name === askName ? `${name} ${sha256(prompt)}` : name;
}

function ruleOf(title: string, name: string): string {
  if (title === `Scan ${name}`) return 'one session per scan at a time';
  return title.startsWith('A run') ? 'one at a time' : 'one at a time for each session';
}

function overlap({ name, errand }: AgentScan, other: Session): string {
  const title = errand ? `A run of #${errand.issue}` : titleOfScan(name);
  const where = other.run ? ` (${other.run})` : '';
  const rule = ruleOf(title, name);
  return `${title} is under way in session ${other.id} since ${other.startedAt}${where}: ${rule}.`;
}
