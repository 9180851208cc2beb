import { findManagedBlock } from '../findings/issue-markers.ts';
import { baseLabel, findLabels, labelFor } from '../findings/labels.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { randomBase32 } from '../lib/hash.ts';
import { isPutForward } from '../sessions/put-assumptions.ts';
import { openOf } from '../sessions/put-questions.ts';
import { renderSessionIssue } from '../sessions/render-session-issue.ts';
import { Session } from '../sessions/session.ts';
import { type PanelLook, panelIn } from './panel-look.ts';
import { lookAtPanel, type PanelPlace, remember, toldFindings } from './panel-place.ts';
import { identityOf } from './record-session.ts';
import { ensureComment, writePanel } from './write-panel.ts';

// Others may answer while it is written: what they did is shown in the end by whoever wrote last.
const mostRounds = 5;

/**
 * Brings the issue and the panel of a session in line with the ledger. It may be called at any time, by anybody, as often as one likes; nothing
 * is written where all is as it should be. The issue is made where people are needed, and by one process.
 *
 * @throws ExternalError, UserError where GitHub failed.
 */
export async function keepPanel(id: string, place: PanelPlace): Promise<void> {
  for (let round = 0; round < mostRounds; round++) {
    const opened = await openWhereNeeded(id, place);
    if (!opened) return;
    await writePanel(opened, place);
    const after = await lookAtPanel(id, place);
    if (!after || isSame(opened, after)) return;
  }
}

async function openWhereNeeded(id: string, place: PanelPlace): Promise<PanelLook | undefined> {
  const look = await lookAtPanel(id, place);
  if (!look || (look.panel.issue && look.panel.comment !== undefined)) return look;
  return look.panel.issue || (await isNeeded(look)) ? open(look, place) : undefined;
}

function isSame(one: PanelLook, other: PanelLook): boolean {
  return (
    one.panel.acts.length === other.panel.acts.length &&
    one.panel.sentAt === other.panel.sentAt &&
    one.panel.unsent === other.panel.unsent &&
    JSON.stringify(one.panel.refine) === JSON.stringify(other.panel.refine) &&
    one.session.phase === other.session.phase &&
    stateOf(one.assumed) === stateOf(other.assumed)
  );
}

function stateOf({ told }: PanelLook['assumed']): string {
  return JSON.stringify(
    told.map(({ id, revision, state, history, stale, pullRequest }) => {
      return [id, revision, state, history.length, stale?.at, pullRequest];
    }),
  );
}

/**
 * Whether anybody is needed: something is open in a session that rests or has ended, and another open panel does not ask all of it already; or an
 * answering session put assumptions forward. Who asks every night asks once, and what agents assume by the way asks for nobody.
 */
async function isNeeded({ ledger, session, panel, asked, assumed }: PanelLook): Promise<boolean> {
  if (session.phase !== 'stopped' && session.phase !== 'completed') return false;
  if (assumed.told.some(isPutForward)) return true;
  const open = openOf([...asked.told, ...asked.withheld], panel);
  if (session.phase === 'stopped' || open.length === 0) return open.length > 0;
  const others = ledger.sessionIssues.filter((issue) => issue.open && issue.session !== session.id);
  const sessions = await Promise.all(others.slice(-10).map((issue) => ledger.readSession(issue.session, Session)));
  const known = new Set(
    sessions.flatMap((found) => (found && 'session' in found ? found.session.questions.map(wordsOf) : [])),
  );
  return asked.told.some((question) => !known.has(wordsOf(question)));
}

function wordsOf({ question, options }: Session['questions'][number]): string {
  const words = [question, ...options.map(({ label }) => label)];
  return JSON.stringify(words.map((each) => each.toLowerCase().replace(/\s+/g, ' ').trim()));
}

// In milliseconds. Who claimed the creation and is silent for as long has died.
const claimLasts = 15 * 60_000;

/** @returns `undefined` where somebody else is making it. */
async function open(look: PanelLook, place: PanelPlace): Promise<PanelLook | undefined> {
  const { store, remote, clock } = place;
  const { id } = look.session;
  const holder = randomBase32(12);
  const at = isoTime(clock.now());
  const { decided } = await updateLedger(
    store,
    `session ${id}: its issue claimed`,
    async (ledger) => {
      const before = (await panelIn(ledger, id, remote))?.panel;
      if (!before || (before.issue && before.comment !== undefined)) return { state: 'there' as const };
      const { claim } = before;
      if (claim && clock.now() - Date.parse(claim.at) < claimLasts) return { state: 'taken' as const };
      return { panel: { ...before, claim: { holder, at } }, state: claim ? ('again' as const) : ('mine' as const) };
    },
    identityOf(remote),
  );
  if (decided.state === 'taken') return undefined;
  if (decided.state === 'there') return lookAtPanel(id, place);
  try {
    const opened = look.panel.issue ? look : await create(look, decided.state === 'again', place);
    await ensureComment(opened, place);
  } catch (error) {
    // The next one need not wait for the claim to grow old; whether the issue was made shows in the list of our own.
    await remember(id, place, ({ claim, ...panel }) => ({ ...panel, claim: claim && { ...claim, at: isoTime(0) } }));
    throw error;
  }
  return lookAtPanel(id, place);
}

async function create(look: PanelLook, mayBeThere: boolean, place: PanelPlace): Promise<PanelLook> {
  const { github, gate } = place;
  const { id } = look.session;
  const about = `session ${id}`;
  const known = mayBeThere ? await github.issues.listOwn(baseLabel) : [];
  const lost = known.find(({ body }) => findManagedBlock(body)?.about === about);
  const names = [baseLabel, labelFor({ state: 'awaiting-answer' })];
  const made = lost ? [] : await github.issues.ensureLabels(findLabels(names));
  const written = renderSessionIssue(look.session, toldFindings(look, place), gate);
  const labels = names.map((name) => gate.label(name));
  const { number, url } = lost ?? (await github.issues.create({ ...written, labels, assignees: [] }));
  const issue = { number, url };
  const audit = made.map((target) => ({ action: 'create-label', target: gate.plain(target) }));
  await remember(id, place, (panel) => ({ ...panel, issue }), [
    ...audit,
    { action: lost ? 'adopt-issue' : 'create-issue', target: `#${number}` },
  ]);
  return { ...look, panel: { ...look.panel, issue } };
}
