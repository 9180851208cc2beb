import type { Finding } from '../findings/finding.ts';
import type { AssumptionRecord } from '../memory/assumption.ts';
import type { Memory } from '../memory/memory.ts';
import { lastSubmit } from '../questions/answers-of.ts';
import type { PanelRecord } from '../questions/panel.ts';
import type { Visibility } from './audience.ts';
import { mayTellOf } from './put-questions.ts';
import type { Session } from './session.ts';

/** Which assumptions of a session everybody who can read the repository may be told, and which not. */
export type PutAssumptions = { told: readonly AssumptionRecord[]; withheld: readonly AssumptionRecord[] };

/** As with questions; what an answering session proposed is as secret as the question that it is about. */
export function putAssumptions(
  session: Session,
  { memory, findings }: { memory: Memory; findings: readonly Finding[] },
  visibility: Visibility | undefined,
): PutAssumptions {
  const own = memory.assumptions.filter((record) => record.session === session.id);
  const mayTell = mayTellOf(session, findings, visibility);
  const isTold = (record: AssumptionRecord) => {
    const question = session.questions.find(({ id }) => id === record.questionId);
    const scan = record.scan ?? question?.scan;
    return mayTell({ scan, findings: record.findings }) && (question === undefined || mayTell(question));
  };
  return { told: own.filter(isTold), withheld: own.filter((record) => !isTold(record)) };
}

/** Those on which nobody decided, and of which nobody said since that this was all. */
export function undecidedOf(
  { told }: PutAssumptions,
  { acts }: Pick<PanelRecord, 'acts'>,
): readonly AssumptionRecord[] {
  const submitted = Date.parse(lastSubmit(acts)?.at ?? '');
  const isNew = ({ history }: AssumptionRecord) =>
    !(Math.max(0, ...history.map(({ at }) => Date.parse(at))) <= submitted);
  return told.filter((record) => record.state === 'proposed' && isNew(record));
}

/** Whether an answering session put it to people: what an agent assumed by the way is no reason to ask for anybody. */
export function isPutForward({ state, scan, history }: AssumptionRecord): boolean {
  return state === 'proposed' && (scan === undefined || history.some(({ what }) => what === 'refined'));
}
