import type { Answer, CommandContext } from '../commands/executor.ts';
import { type NamedReview, nameAssumption, type ReviewCommand } from '../commands/name-assumption.ts';
import { sessionOf } from '../commands/place-of.ts';
import { renderProblem } from '../commands/render-help.ts';
import { type ReviewResult, reviewAssumptions } from '../commands/review-assumptions.ts';
import { nameOfComment } from '../events/comment-key.ts';
import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { systemClock } from '../lib/clock.ts';
import type { AssumptionRecord, Said } from '../memory/assumption.ts';
import { type Memory, withAssumptions } from '../memory/memory.ts';
import type { Gate } from '../publishing/gate.ts';
import { joinSafe, type SafeText, safe } from '../publishing/safe-text.ts';
import type { AnswerGitHub } from './answer-command.ts';
import { auditLine } from './audit-line.ts';
import type { GitHub } from './github-ports.ts';
import { keepPanel } from './keep-panel.ts';
import { panelIn } from './panel-look.ts';
import type { PanelPlace } from './panel-place.ts';
import { asCommented, type Commented, readCommented, seenAt } from './read-commented.ts';
import { identityOf } from './record-session.ts';
import { tellSettled } from './tell-open-pulls.ts';

/**
 * `/courier approve`, `decline` and `correct`: on the issue of a session about what it assumed, on a pull request about what the ledger says that it
 * reviews. What fits is done and the rest is told, each with its reason. Following it again, after a crash, changes nothing.
 */
export async function reviewByCommand(
  command: ReviewCommand,
  context: CommandContext,
  github: AnswerGitHub & Pick<GitHub, 'readFile'>,
): Promise<Answer> {
  const { gate, by, issue, mandate, config } = context;
  const commented = await readCommented(context, github);
  const named = nameAssumption(command, commented.entry?.id);
  if ('misused' in named) return { outcome: 'refused', say: commented.unclear ?? sayMisused(command, named, gate) };
  const remote = await github.repository();
  const store = github.ledger(config.ledger.branch);
  const place: PanelPlace = { github, store, remote, gate, clock: systemClock, actor: by };
  const said = { by, at: context.written, from: context.url ?? `${remote.url}/issues/${issue}` };
  const words = cleaned(named, gate);
  const { decided } = await updateLedger(
    store,
    `${nameOfComment(mandate.comment)} of #${issue}: ${command.verb}`,
    (ledger) => decide(words, { ledger, context, commented, said, place }),
    identityOf(remote),
  );
  const { before, memory, result, sessions } = decided;
  if (before && memory) await tellSettled({ before, after: memory }, place);
  for (const session of sessions) await keepPanel(session, place);
  return tell(named, result, gate);
}

/** What is kept of a person's words is what may be told again. */
function cleaned(command: NamedReview, { plain }: Gate): NamedReview {
  if (command.verb === 'correct') return { ...command, text: plain(command.text) };
  if (command.verb !== 'decline' || command.reason === undefined) return command;
  return { ...command, reason: plain(command.reason) };
}

type Deciding = { ledger: Ledger; context: CommandContext; commented: Commented; said: Said; place: PanelPlace };
type Decided = LedgerChanges & { result: ReviewResult | undefined; sessions: readonly string[]; before?: Memory };

async function decide(command: NamedReview, { ledger, context, commented, said, place }: Deciding): Promise<Decided> {
  const before = await ledger.readMemory();
  const meant = await findMeant(before, { ledger, context, commented, place });
  if (!meant) return { result: undefined, sessions: [] };
  const result = reviewAssumptions(command, { ...meant, said, seen: seenAt(commented, meant.records, place.gate) });
  const sessions = [...new Set(meant.records.map(({ session }) => session))];
  if (result.changed.length === 0) return { result, sessions };
  const audit = result.changed.map(({ session, id }) =>
    auditLine({ action: 'review-assumption', target: `${session} ${id}` }, { session, actor: said.by }, place.clock),
  );
  return { memory: withAssumptions(before, result.changed), audit, before, result, sessions };
}

type Meant = { records: readonly AssumptionRecord[]; withheld: ReadonlySet<string> };

/** `undefined`: no assumption belongs here. Which those of a pull request are, the ledger alone says. */
async function findMeant(
  memory: Memory,
  { ledger, context, commented, place }: Omit<Deciding, 'said'>,
): Promise<Meant | undefined> {
  const session = context.place === 'pull-request' ? undefined : sessionOf(context.issue, ledger);
  const ofPullRequest = memory.assumptions.filter(({ pullRequest }) => pullRequest === context.issue);
  const ids = session === undefined ? ofPullRequest.map((record) => record.session) : [session];
  const looks = await Promise.all([...new Set(ids)].map((id) => panelIn(ledger, id, place.remote)));
  const isMeant = (record: AssumptionRecord) => session !== undefined || record.pullRequest === context.issue;
  const put = looks.flatMap((look) => look?.assumed ?? []);
  const records = asCommented(put.flatMap(({ told, withheld }) => [...told, ...withheld]).filter(isMeant), commented);
  const hidden = new Set(put.flatMap((each) => each.withheld));
  const withheld = new Set(records.filter((record) => hidden.has(record)).map(({ id }) => id));
  return records.length === 0 ? undefined : { records, withheld };
}

function sayMisused({ verb }: ReviewCommand, { misused }: { misused: string }, gate: Gate): SafeText {
  return renderProblem({ kind: 'misused', verb, why: misused }, gate);
}

const done = {
  approve: safe`Approved`,
  decline: safe`Declined`,
  correct: safe`Corrected`,
} as const satisfies Record<ReviewCommand['verb'], SafeText>;

function tell({ verb }: NamedReview, result: ReviewResult | undefined, gate: Gate): Answer {
  if (!result) return { outcome: 'refused', say: safe`No assumption is put to people here.` };
  const { held, not } = result;
  const list = gate.inline(held.slice(0, 50).join(', '));
  const why = joinSafe(
    not.slice(0, 20).map((sentence) => safe`- ${gate.inline(sentence)}`),
    safe`\n`,
  );
  if (held.length === 0 && not.length === 0)
    return { outcome: 'refused', say: safe`Nobody has anything left to decide here: each assumption was decided on.` };
  if (not.length === 0) return { outcome: 'done', say: safe`${done[verb]}: ${list}.` };
  if (held.length === 0)
    return {
      outcome: 'refused',
      say: not.length === 1 ? gate.inline(not[0] ?? '') : safe`Nothing was done:\n\n${why}`,
    };
  return { outcome: 'refused', say: safe`${done[verb]}: ${list}. The others not:\n\n${why}` };
}
