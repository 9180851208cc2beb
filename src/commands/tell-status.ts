import { isCounted } from '../findings/counted.ts';
import type { Finding } from '../findings/finding.ts';
import { placeText } from '../findings/permalink.ts';
import { priorities, toPriority } from '../findings/severity.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { count } from '../lib/text.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import { isSensitive } from '../sessions/audience.ts';
import { renderRun } from '../sessions/render-run.ts';
import { Session } from '../sessions/session.ts';
import { chooseSession, readSession } from './choose-session.ts';
import type { CommandOf } from './command.ts';
import { findFinding, noFinding } from './decide-finding.ts';
import { noSession } from './decide-session.ts';
import type { Change, CommandContext } from './executor.ts';
import { sessionOf } from './place-of.ts';

const lines = safe`\n`;
const told = (say: SafeText): Change => ({ answer: { outcome: 'done', say } });

/** How the finding or the session of the issue stands, or else the whole repository. */
export async function tellStatus(_: CommandOf<'status'>, context: CommandContext, ledger: Ledger): Promise<Change> {
  const finding = findFinding(undefined, context, ledger);
  if (finding) return told(renderFinding(finding, context));
  const id = sessionOf(context.issue, ledger);
  const session = id === undefined ? undefined : await readSession(id, ledger);
  return told(session ? renderWhole(session, context) : await renderAll(context, ledger));
}

async function renderAll({ gate, issue }: CommandContext, ledger: Ledger): Promise<SafeText> {
  const alive = ledger.findings.filter(isCounted);
  const counts = priorities.map((priority) => {
    const number = alive.filter(({ severity }) => toPriority(severity) === priority).length;
    return safe`${number} ${gate.inline(priority)}`;
  });
  const last = await chooseSession(undefined, { issue, meant: 'last' }, ledger);
  const paused = ledger.dashboard?.paused;
  return joinSafe(
    [
      safe`${gate.inline(count(alive.length, 'open finding'))}: ${joinSafe(counts, safe`, `)}.`,
      last ? safe`Last session: ${renderSession(last, gate)}` : safe`There was no session yet.`,
      paused ? safe`Scheduled scans are held by ${gate.inline(paused.by)} since ${gate.inline(paused.at)}.` : undefined,
    ],
    lines,
  );
}

const mostSessions = 10;

/** The last ones, newest first, without those that were put away. */
export async function tellSessions(
  _: CommandOf<'sessions'>,
  { gate }: CommandContext,
  ledger: Ledger,
): Promise<Change> {
  const pointers = ledger
    .listSessions()
    .slice(-3 * mostSessions)
    .reverse();
  const found = await Promise.all(pointers.map(({ id }) => ledger.readSession(id, Session)));
  const sessions = found
    .flatMap((each) => (each && 'session' in each ? [each.session] : []))
    .filter(({ archived }) => !archived)
    .slice(0, mostSessions);
  if (sessions.length === 0) return told(safe`There was no session yet.`);
  return told(
    joinSafe(
      sessions.map((session) => safe`- ${renderSession(session, gate)}`),
      lines,
    ),
  );
}

export async function tellOne(command: CommandOf<'show'>, context: CommandContext, ledger: Ledger): Promise<Change> {
  const id = command.id ?? sessionOf(context.issue, ledger);
  if (id?.startsWith('S')) {
    const session = await readSession(id, ledger);
    return session ? told(renderWhole(session, context)) : noSession(id, context);
  }
  const finding = findFinding(id, context, ledger);
  return finding ? told(renderFinding(finding, context)) : noFinding(id, context);
}

function renderFinding(finding: Finding, { gate, visibility }: CommandContext): SafeText {
  const { id, title, severity, state, occurrences, lastSeen, issue, location, ignored } = finding;
  const priority = gate.inline(toPriority(severity));
  const number = issue ? safe`, #${issue.number}` : undefined;
  const withheld = isSensitive(finding, visibility) || (visibility === 'public' && finding.sealed !== undefined);
  const head = withheld ? safe`a security finding, whose details are withheld here` : safe`**${gate.inline(title)}**`;
  const until = ignored?.until === undefined ? undefined : safe` until ${gate.inline(ignored.until)}`;
  const place = location && !withheld ? safe`At ${gate.codeSpan(placeText(location))}.` : undefined;
  return joinSafe(
    [
      safe`\`${gate.inline(id)}\`${number ?? safe``}: ${head}`,
      safe`Priority ${priority}, ${gate.inline(state)}${until ?? safe``}; seen in ${gate.inline(count(occurrences, 'session'))}, last at ${gate.inline(lastSeen.at)}.`,
      place,
    ],
    lines,
  );
}

function renderSession(
  { id, displayName, phase, result, startedAt, raised, run }: Session,
  gate: CommandContext['gate'],
): SafeText {
  const name = run === undefined ? gate.inline(displayName) : gate.link(gate.inline(displayName), run);
  const found = gate.inline(count(raised.length, 'new finding'));
  return safe`\`${gate.inline(id)}\` ${name}: ${gate.inline(result ?? phase)}, ${gate.inline(startedAt)}, ${found}`;
}

function renderWhole(session: Session, { gate }: CommandContext): SafeText {
  const { reasons, costUsd, updated, resolved, reopened, ratings, issueRun } = session;
  const up = ratings.filter(({ value }) => value === 'up').length;
  return joinSafe(
    [
      renderSession(session, gate),
      safe`${updated.length} known, ${resolved.length} resolved, ${reopened.length} reopened.`,
      issueRun && renderRun(issueRun, safe`Run of #${issueRun.issue}`, gate),
      costUsd === undefined ? undefined : safe`Cost: $${gate.inline(costUsd.toFixed(2))}.`,
      ratings.length === 0 ? undefined : safe`Rated up by ${up}, down by ${ratings.length - up}.`,
      ...reasons.slice(0, 5).map((reason) => safe`- ${gate.inline(reason)}`),
    ],
    lines,
  );
}
