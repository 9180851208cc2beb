import { isAtLeast } from '../events/role.ts';
import type { Finding } from '../findings/finding.ts';
import { mostRatings } from '../findings/rating.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import { withWord } from '../runs/pull-fate.ts';
import { isSensitive } from '../sessions/audience.ts';
import { keepRecord } from '../sessions/keep-record.ts';
import type { Session } from '../sessions/session.ts';
import { chooseSession } from './choose-session.ts';
import type { CommandOf } from './command.ts';
import { findFinding, noFinding } from './decide-finding.ts';
import type { Change, CommandContext } from './executor.ts';
import { runsHere } from './stop-asked.ts';

export function noSession(id: string | undefined, { gate }: CommandContext): Change {
  const say =
    id === undefined
      ? safe`There is no session yet.`
      : safe`The ledger holds no session ${gate.inline(id)} that can be read.`;
  return { answer: { outcome: 'refused', say } };
}

export function rename(command: CommandOf<'rename'>, context: CommandContext, ledger: Ledger): Promise<Change> {
  const name = context.gate.plain(command.name);
  return rewrite(command.session, context, ledger, {
    action: 'rename-session',
    change: (session) => ({ ...session, displayName: name }),
    told: (id) => safe`Session ${id} is now named ${context.gate.codeSpan(name)}.`,
  });
}

export function archive(command: CommandOf<'archive'>, context: CommandContext, ledger: Ledger): Promise<Change> {
  return rewrite(command.session, context, ledger, {
    action: 'archive-session',
    change: (session) => ({ ...session, archived: true }),
    told: (id) => safe`Session ${id} is archived: lists leave it out.`,
  });
}

/** One rating for each person: the last one counts. On the issue of a finding it is the finding that is meant, where nothing is named. */
export function rate(command: CommandOf<'rate'>, context: CommandContext, ledger: Ledger): Promise<Change> | Change {
  const finding = command.session === undefined ? findFinding(command.finding, context, ledger) : undefined;
  if (finding) return rateFinding(finding, command, context);
  return command.finding === undefined ? rateSession(command, context, ledger) : noFinding(command.finding, context);
}

function rateFinding(finding: Finding, { rating, text }: CommandOf<'rate'>, context: CommandContext): Change {
  const { by, at, gate, role = 'none' } = context;
  const id = gate.inline(finding.id);
  if (!isAtLeast(role, 'triage')) {
    const say = safe`Not on record: a rating of a finding counts from people who may triage. \`/courier rate S… ${rating === 'up' ? safe`up` : safe`down`}\` rates a session.`;
    return { answer: { outcome: 'refused', say } };
  }
  // What somebody says about a weakness may tell of it.
  const told = text === undefined || isSensitive(finding, context.visibility) ? {} : { text: gate.plain(text) };
  const others = (finding.ratings ?? []).filter((each) => each.from !== 'rate' || each.by !== by);
  const ratings = [...others, { by, at, value: rating, from: 'rate' as const, ...told }].slice(-mostRatings);
  return {
    answer: { outcome: 'done', say: safe`Thank you: your rating of ${id} is on record.` },
    changes: { findings: [{ ...finding, ratings }] },
    audit: { action: 'rate-finding', target: finding.id },
  };
}

/** On an issue that runs worked on, or on their pull request, the last of these is meant. */
async function rateSession(command: CommandOf<'rate'>, context: CommandContext, ledger: Ledger): Promise<Change> {
  const { by, at, gate } = context;
  const text = command.text === undefined ? {} : { text: gate.plain(command.text) };
  const named = command.session ?? (await runsHere(context, ledger))?.attempts.at(-1)?.session;
  const rated = await rewrite(named, context, ledger, {
    action: 'rate-session',
    change: (session) => ({
      ...session,
      ratings: [...session.ratings.filter((rating) => rating.by !== by), { by, at, value: command.rating, ...text }],
    }),
    told: (id) => safe`Thank you: your rating of session ${id} is on record.`,
  });
  return withRunRated(rated, {
    command,
    context,
    ledger,
    session: await chooseSession(named, { issue: context.issue, meant: 'last' }, ledger),
  });
}

type Rated = {
  command: CommandOf<'rate'>;
  context: CommandContext;
  ledger: Ledger;
  session: Session | undefined;
};

/** What a person who may triage finds wrong with a run's pull request is kept with the runs: it is to be learned of where that is closed. */
async function withRunRated(rated: Change, { command, context, ledger, session }: Rated): Promise<Change> {
  const { by, at, gate, role = 'none' } = context;
  const runs = session?.issueRun && (await ledger.readRuns(session.issueRun.issue));
  const pullRequest = runs?.pullRequest?.number ?? runs?.turnedDown?.at(-1)?.pullRequest;
  if (!rated.changes || !runs || pullRequest === undefined || !isAtLeast(role, 'triage')) return rated;
  const text = command.rating === 'down' && command.text !== undefined ? gate.plain(command.text) : undefined;
  return { ...rated, changes: { ...rated.changes, runs: withWord(runs, { pullRequest, by, at, text }) } };
}

type Rewriting = { action: string; change: (session: Session) => Session; told: (id: SafeText) => SafeText };

async function rewrite(
  id: string | undefined,
  context: CommandContext,
  ledger: Ledger,
  { action, change, told }: Rewriting,
): Promise<Change> {
  const session = await chooseSession(id, { issue: context.issue, meant: 'last' }, ledger);
  if (!session) return noSession(id, context);
  const kept = keepRecord(session, change(session));
  if ('refused' in kept) return { answer: { outcome: 'refused', say: context.gate.inline(kept.refused) } };
  return {
    answer: { outcome: 'done', say: told(context.gate.inline(session.id)) },
    changes: { session: kept.record },
    audit: { action, target: session.id },
  };
}
