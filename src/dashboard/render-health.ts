import type { SessionLine } from '../ledger/dashboard-record.ts';
import { count } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { costText, dateText } from '../reports/measures.ts';
import type { DashboardContent } from './content.ts';

const shown = 5;

/** How the last scans went: a sentence on the last one, what publishing failed on, a small table, and what it cost. */
export function renderHealth(
  { sessions, failure, spend }: DashboardContent,
  { gate, url }: { gate: Gate; url: string },
): SafeText {
  const rows = sessions.slice(0, shown).map((session) => renderRow(session, { gate, url }));
  return joinSafe(
    [
      safe`### Health`,
      renderLast(sessions[0], gate),
      failure === undefined ? undefined : safe`**Not everything was published.** ${gate.inline(failure)}`,
      rows.length === 0
        ? undefined
        : joinSafe([safe`| When | Scan | Result | Cost |`, safe`|---|---|---|---|`, ...rows], safe`\n`),
      spend && renderSpend(spend, gate),
    ],
    safe`\n\n`,
  );
}

function renderLast(last: SessionLine | undefined, gate: Gate): SafeText {
  if (!last) return safe`No scan has ended yet.`;
  if (last.result === 'complete') return safe`The last scan was complete.`;
  const what = last.result === 'partial' ? safe`**The last scan was only partial.**` : safe`**The last scan failed.**`;
  return joinSafe([what, ...last.reasons.map((reason) => gate.inline(reason))], safe` `);
}

function renderRow({ at, name, result, costUsd, run, scans }: SessionLine, { gate, url }: { gate: Gate; url: string }) {
  const when = gate.cell(dateText(at));
  const linked = run !== undefined && isRunOf(run, url) ? gate.link(when, run) : when;
  const cost = scans.length > 0 && costUsd === undefined ? 'unknown' : costText(costUsd ?? 0);
  return safe`| ${linked} | ${gate.cell(name)} | ${gate.cell(result)} | ${gate.cell(cost)} |`;
}

/** Only a page of this repository: the address may have come through another job's file. */
function isRunOf(run: string, url: string): boolean {
  return run.startsWith(`${url}/actions/runs/`) && /^[\d/a-z]*$/.test(run.slice(`${url}/actions/runs/`.length));
}

function renderSpend(
  { month, usd, sessions, unpriced }: NonNullable<DashboardContent['spend']>,
  gate: Gate,
): SafeText | undefined {
  const unknown = unpriced > 0 ? `; ${count(unpriced, 'more session')} without a known price` : '';
  return safe`Spent in ${gate.inline(month)}: ${gate.inline(costText(usd))} in ${gate.inline(count(sessions, 'agent session'))}${gate.inline(unknown)}.`;
}
