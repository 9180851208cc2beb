import { noTicks, readTicks, renderBox, type Ticks } from '../events/dashboard-boxes.ts';
import { findManagedBlock, renderManagedBlock } from '../findings/issue-markers.ts';
import { priorities, toPriority, toSeverity } from '../findings/severity.ts';
import { count, truncate } from '../lib/text.ts';
import { limits } from '../publishing/bound.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { type ClosedByApp, contentDigest, type DashboardContent, type Held } from './content.ts';
import { renderHealth } from './render-health.ts';
import { renderLearnings, renderPrecision } from './render-learnings.ts';
import { renderQuestions } from './render-questions.ts';

export type DashboardContext = {
  gate: Gate;
  /** Of the repository, where it is shown. */
  url: string;
  /** Boxes that somebody ticked and nothing was done about yet: they stay ticked. */
  ticked?: Ticks;
  /** Characters that people's own text leaves. */
  room?: number;
};

// How many entries a list may have: the first number with which all fits.
const sizes = [60, 30, 10, 3, 0] as const;
const longestTitle = 140;
const gap = safe`\n\n`;
const line = safe`\n`;

/** The managed part of the dashboard, with its markers, the digest of what is material in it among them. */
export function renderDashboard(content: DashboardContent, context: DashboardContext): SafeText {
  const { room = limits.body, gate } = context;
  for (const size of sizes) {
    const text = renderAt(content, { ...context, size });
    if (text.length <= room) return gate.body(text, room);
  }
  return gate.body(renderAt(content, { ...context, size: 0 }), room);
}

const digestLine = /^<!-- courier:digest ([0-9a-f]{64}) -->[ \t]*\r?$/m;

/** The digest of what the body shows; `undefined` where its managed part is not whole. */
export function findDashboardDigest(body: string): string | undefined {
  const block = findManagedBlock(body);
  if (block?.about !== 'dashboard') return undefined;
  return digestLine.exec(body.slice(block.start, block.end))?.[1];
}

/** Whether a body holds a dashboard. A hint, never a proof: anybody can write one. */
export function isDashboard(body: string): boolean {
  return findManagedBlock(body)?.about === 'dashboard';
}

type At = DashboardContext & { size: number };

function renderAt(content: DashboardContent, at: At): SafeText {
  const { gate, ticked = noTicks } = at;
  const text = joinSafe(
    [
      safe`<!-- courier:digest ${gate.inline(contentDigest(content))} -->`,
      safe`What Courier found here, what it waits for and how its last scans went. This part is written anew when something in it changes; what stands around it is yours.`,
      renderHealth(content, at),
      renderAsks(ticked, gate),
      renderOpen(content, at),
      renderHeld(content, { ...at, ticked }),
      renderClosed(content.closedByApps, at),
      renderQuestions(content.asking, at),
      content.learned && renderLearnings(content.learned.learnings, at),
      content.learned && renderPrecision(content.learned.precision, at),
    ],
    gap,
  );
  return renderManagedBlock('dashboard', text, gate);
}

function renderAsks(ticked: Ticks, gate: Gate): SafeText {
  const boxes = [
    renderBox({ asks: 'scan-now' }, { ticked: ticked.scan, label: safe`Scan now`, gate }),
    renderBox({ asks: 'verify' }, { ticked: ticked.verify, label: safe`Verify the open findings again`, gate }),
  ];
  const when = safe`A ticked box takes effect at once where the workflow runs on edited issues, else with the next scan.`;
  return joinSafe([safe`### Ask for`, joinSafe(boxes, line), when], gap);
}

function renderOpen({ open, withheld, privately }: DashboardContent, { gate, size }: At): SafeText {
  const rows = open
    .slice(0, size)
    .map(
      ({ severity, issue, title }) =>
        safe`| ${gate.cell(toPriority(severity))} | #${issue?.number ?? 0} | ${gate.cell(truncate(title, longestTitle))} |`,
    );
  const counts = priorities
    .map((priority) => ({ priority, number: open.filter(({ severity }) => severity === toSeverity(priority)).length }))
    .filter(({ number }) => number > 0)
    .map(({ priority, number }) => `${number} ${priority}`)
    .join(', ');
  return joinSafe(
    [
      safe`### Open findings`,
      open.length === 0 ? safe`No issue is open.` : safe`**${open.length}:** ${gate.inline(counts)}.`,
      rows.length === 0
        ? undefined
        : joinSafe([safe`| Priority | Issue | Finding |`, safe`|---|---|---|`, ...rows], line),
      renderMore(open.length - rows.length, gate),
      withheld === 0 ? undefined : renderWithheld(withheld, privately, gate),
    ],
    gap,
  );
}

function renderWithheld(withheld: number, { advisories, alerts }: DashboardContent['privately'], gate: Gate): SafeText {
  const findings = gate.inline(count(withheld, 'security finding'));
  const places = [
    advisories > 0 ? safe`${advisories} in security advisories` : undefined,
    alerts > 0 ? safe`${alerts} in code scanning alerts` : undefined,
  ];
  const told = advisories + alerts > 0 ? safe` Those who may know find ${joinSafe(places, safe` and `)}.` : safe``;
  return safe`Besides, ${findings} that a public repository may not tell of. A scan in a checkout on your machine shows ${withheld === 1 ? safe`it` : safe`them`}: \`courier scan\`.${told}`;
}

const holds = {
  'below-min-priority': 'below the lowest priority that gets an issue',
  unverified: 'not verified',
  review: 'waits until somebody files it (review.gate)',
  'max-new': 'more new findings than one session may file',
} as const satisfies Record<Held['reason'], string>;

function renderHeld({ held }: DashboardContent, { gate, size, ticked }: At & { ticked: Ticks }): SafeText | undefined {
  if (held.length === 0) return undefined;
  // What somebody ticked is never left out, or the tick would be lost.
  const isTicked = ({ finding }: Held) => ticked.file.includes(finding);
  const shown = [...held.filter(isTicked), ...held.filter((entry) => !isTicked(entry))].slice(
    0,
    Math.max(size, held.filter(isTicked).length),
  );
  const boxes = shown.map((entry) => {
    const title = gate.inline(truncate(entry.title, longestTitle));
    const label = safe`**${gate.inline(toPriority(entry.severity))}** ${title} (${gate.codeSpan(entry.finding)}): ${gate.inline(holds[entry.reason])}`;
    return renderBox({ asks: 'file', finding: entry.finding }, { ticked: isTicked(entry), label, gate });
  });
  const intro = safe`${gate.inline(count(held.length, 'finding'))} without an issue. Tick one to have it filed.`;
  return joinSafe(
    [safe`### Held back`, intro, joinSafe(boxes, line), renderMore(held.length - shown.length, gate)],
    gap,
  );
}

function renderClosed(closed: readonly ClosedByApp[], { gate, size }: At): SafeText | undefined {
  if (closed.length === 0) return undefined;
  const rows = closed
    .slice(0, size)
    .map(
      ({ issue, title, by }) =>
        safe`| #${issue?.number ?? 0} | ${gate.cell(truncate(title, longestTitle))} | ${gate.cell(by)} |`,
    );
  const intro = safe`The problem is still there, but another app closed the issue. Courier does not reopen it.`;
  return joinSafe(
    [
      safe`### Closed by another app`,
      intro,
      rows.length === 0
        ? undefined
        : joinSafe([safe`| Issue | Finding | Closed by |`, safe`|---|---|---|`, ...rows], line),
      renderMore(closed.length - rows.length, gate),
    ],
    gap,
  );
}

/** What a list leaves out; nothing where it is whole. */
function renderMore(left: number, gate: Gate): SafeText | undefined {
  return left > 0 ? safe`And ${gate.inline(String(left))} more, kept in the ledger.` : undefined;
}

/** Boxes that are ticked in the body and were not dealt with. */
export function pendingTicks(body: string, done: Pick<Ticks, 'scan' | 'verify'>): Ticks {
  const { scan, verify, file } = readTicks(body);
  return { scan: scan && !done.scan, verify: verify && !done.verify, file };
}
