import type { AuditEntry, Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { applyProposals, placesOf } from '../memory/apply-proposals.ts';
import type { AssumptionRecord } from '../memory/assumption.ts';
import type { PanelAct } from '../questions/panel.ts';
import type { Withdrawal } from '../questions/proposal.ts';
import type { Assumption } from '../questions/question.ts';
import type { Discovery } from '../sessions/discovery.ts';
import type { Session } from '../sessions/session.ts';
import { openOfSession } from './find-open.ts';
import type { RemoteRepository } from './github-ports.ts';

/** Who proposed it, for records; a session and no person. */
const answeringBy = 'answering agent';

/** The record with what came of it, and what else changes with it. */
export type SettledProposals = {
  session: Session;
  changes: Pick<LedgerChanges, 'memory' | 'panel'>;
  audit: readonly AuditEntry[];
};

/**
 * What an answering session proposes goes on record with the session itself: refined and new assumptions, each with its history, and questions that
 * nobody needs to answer. It is decided on the ledger as it is at that moment: what people did meanwhile stays, and what came too late is listed.
 */
export async function settleProposals(
  session: Session,
  proposed: NonNullable<Discovery['proposed']>,
  { ledger, remote }: { ledger: Ledger; remote: Pick<RemoteRepository, 'visibility'> | undefined },
): Promise<SettledProposals> {
  const open = await openOfSession(proposed.session, ledger, remote);
  if (!open) {
    const reason = `Session ${proposed.session} is not in the ledger any more: nothing was proposed to it.`;
    return { session: { ...session, result: 'failed', reasons: [...session.reasons, reason] }, changes: {}, audit: [] };
  }
  const { look, memory, questions } = open;
  const at = session.endedAt ?? session.startedAt;
  const said = { by: answeringBy, at, from: `session ${session.id}` };
  const applied = applyProposals(memory, proposed, {
    said,
    open: questions,
    known: look.session.assumptions.map(({ id }) => id),
    issue: look.panel.issue?.number,
    findings: ledger.findings,
    scans: look.session.configuration?.scans ?? [],
  });
  const acts = applied.withdrawn.map((one): PanelAct => ({ ...said, comment: 0, kind: 'withdraw', ...toWhy(one) }));
  // Whoever asked for it has it now.
  const { refine, ...panel } = look.panel;
  return {
    session: {
      ...session,
      assumptions: applied.proposed.map(toAssumption),
      rejected: [...session.rejected, ...applied.refused],
      answering: {
        ...session.answering,
        session: proposed.session,
        withdrawn: applied.withdrawn.map(({ questionId, answer }) => ({ question: questionId, answer })),
      },
    },
    changes: {
      ...(applied.memory === memory ? {} : { memory: applied.memory }),
      ...(acts.length > 0 || refine ? { panel: { ...panel, acts: [...panel.acts, ...acts] } } : {}),
    },
    audit: auditOf(applied, { session, of: proposed.session, at }),
  };
}

function toWhy({ questionId, answer, basis }: Withdrawal): { question: string; why: string } {
  return { question: questionId, why: `${answer} (${placesOf(basis)})` };
}

function toAssumption({ id, text, basis, confidence, questionId, findings }: AssumptionRecord): Assumption {
  return {
    id,
    text,
    ...(basis === undefined ? {} : { basis }),
    ...(confidence === undefined ? {} : { confidence }),
    ...(questionId === undefined ? {} : { questionId }),
    findings,
  };
}

function auditOf(
  { proposed, withdrawn }: Pick<ReturnType<typeof applyProposals>, 'proposed' | 'withdrawn'>,
  { session, of, at }: { session: Session; of: string; at: string },
): AuditEntry[] {
  const by = { at, session: session.id, actor: session.actor ?? session.trigger };
  return [
    ...proposed.map(({ id }) => ({ ...by, action: 'propose-assumption', target: `${of} ${id}` })),
    ...withdrawn.map(({ questionId }) => ({ ...by, action: 'withdraw-question', target: `${of} ${questionId}` })),
  ];
}
