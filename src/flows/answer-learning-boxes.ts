import { roleNeeded } from '../commands/authorise.ts';
import type { Configuration } from '../config/schema.ts';
import { learningsContent } from '../dashboard/render-learnings.ts';
import { digestOfText, type LearningDeed, replaceLearnings } from '../events/learning-boxes.ts';
import { isAtLeast } from '../events/role.ts';
import type { DashboardEdit } from '../events/understand-dashboard-edit.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { isoTime } from '../lib/clock.ts';
import type { Learnings } from '../memory/learning.ts';
import { type LearningAct, reviewLearning } from '../memory/review-learnings.ts';
import type { Gate } from '../publishing/gate.ts';
import { safe } from '../publishing/safe-text.ts';
import { auditLine } from './audit-line.ts';
import { lookUp } from './follow-command.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import type { Ports } from './ports.ts';
import { identityOf } from './record-session.ts';

export type BoxesDesk = {
  github: GitHub;
  store: Store;
  remote: RemoteRepository;
  permissions: Configuration['permissions'];
  clock: Ports['clock'];
  gate: Gate;
};

/** What came of it, a sentence each. */
export type BoxesAnswered = { done: readonly string[]; not: readonly string[] };

const nothing: BoxesAnswered = { done: [], not: [] };

/**
 * What somebody ticked beside learnings and rules on the dashboard, on that person's word: the edit itself says who ticked what, and GitHub what
 * they may do now. Bound to the words beside the box. The part of the dashboard is written anew, so that no tick stays which does nothing.
 */
export async function answerLearningBoxes(edit: DashboardEdit, desk: BoxesDesk): Promise<BoxesAnswered> {
  const { learned, sender, issue } = edit;
  if (learned.length === 0 || edit.byApp) return nothing;
  const { store, remote } = desk;
  const { dashboard } = await readLedger(await store.read(), identityOf(remote));
  if (dashboard?.issue?.number !== issue) return nothing;
  const why = await whyNot(sender, desk);
  const answered = why === undefined ? await record(edit, desk) : { done: [], not: [why] };
  await refresh(issue, desk);
  return answered;
}

async function whyNot(sender: string, { github, permissions }: BoxesDesk): Promise<string | undefined> {
  const needed = roleNeeded('approve', permissions);
  const standing = await lookUp(sender, { github });
  if ('unknown' in standing) return `What ${sender} may do could not be looked up: ${standing.unknown}`;
  if (isAtLeast(standing.role, needed)) return undefined;
  return `${sender} may not decide about learnings: that needs ${needed}, and the role is ${standing.role}.`;
}

async function record(edit: DashboardEdit, { store, remote, clock }: BoxesDesk): Promise<BoxesAnswered> {
  const { sender: by, issue, learned } = edit;
  const at = isoTime(clock.now());
  const from = `${remote.url}/issues/${issue}`;
  const { decided } = await updateLedger(
    store,
    `dashboard: ${by} decided about learnings`,
    async (ledger) => {
      const before = await ledger.readLearnings();
      const after = followAll(before, learned, { by, at, from });
      if (after.learnings === before) return { done: after.done, not: after.not };
      const author = { session: `issue ${issue}`, actor: by };
      const audit = after.acted.map((target) => auditLine({ action: 'review-learning', target }, author, clock));
      return { done: after.done, not: after.not, learnings: after.learnings, audit };
    },
    identityOf(remote),
  );
  return { done: decided.done, not: decided.not };
}

type Followed = BoxesAnswered & { learnings: Learnings; acted: readonly string[] };

function followAll(
  before: Learnings,
  deeds: readonly LearningDeed[],
  said: { by: string; at: string; from: string },
): Followed {
  let followed: Followed = { done: [], not: [], acted: [], learnings: before };
  for (const deed of deeds) {
    const { done, not, acted, learnings } = followed;
    const reviewed = isStill(learnings, deed)
      ? reviewLearning(learnings, toAct(deed), { ...said, seen: said.at })
      : { refused: `${deed.id} has another text since: read it again.` };
    followed =
      'done' in reviewed
        ? { done: [...done, reviewed.done], not, acted: [...acted, deed.id], learnings: reviewed.learnings }
        : { done, not: [...not, reviewed.refused], acted, learnings };
  }
  return followed;
}

function isStill({ learnings, rules }: Learnings, { id, text }: LearningDeed): boolean {
  return [...learnings, ...rules].some((one) => one.id === id && digestOfText(one.text) === text);
}

function toAct({ id, act }: LearningDeed): LearningAct {
  return act === 'approve' ? { kind: 'approve', id } : { kind: 'decline', id };
}

const mostShown = 30;

async function refresh(issue: number, { github, store, remote, gate }: BoxesDesk): Promise<void> {
  const ledger = await readLedger(await store.read(), identityOf(remote));
  const now = (await github.issues.read([issue])).get(issue);
  if (now?.state !== 'open' || now.locked) return;
  const content = learningsContent(await ledger.readLearnings(), { gate, size: mostShown });
  const body = replaceLearnings(now.body, content ?? safe`No learning is proposed, and no rule was given by command.`);
  if (body !== undefined && body !== now.body) await github.issues.update(issue, { body });
}
