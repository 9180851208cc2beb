import { stableLine } from '../ledger/json.ts';
import { isEnded, mayFollow, mayStandBeside } from './phases.ts';
import type { Session } from './session.ts';

/**
 * What may change in a record that has ended: its name, whether it is put away, what people think of it, and where its bulky part lies (an
 * artifact moves and expires). None of it is about what happened. Phase, cost, findings, verdicts and times never change again.
 */
const changeable = ['displayName', 'archived', 'ratings', 'artifact'] as const satisfies readonly (keyof Session)[];

/**
 * Whether a record may take the place of what the ledger has under its id; every writer of a session asks here.
 * @returns the record, or why it is refused (a sentence).
 */
export function keepRecord(before: Session | undefined, after: Session): { record: Session } | { refused: string } {
  const refused = brokenPart(after) ?? (before && brokenMove(before, after));
  return refused === undefined ? { record: after } : { refused };
}

function brokenPart({ id, phase, result, endedAt, stopReason }: Session): string | undefined {
  if (stopReason && !mayStandBeside(stopReason, phase))
    return `Session ${id} cannot be ${phase} because of ${stopReason}.`;
  if (isEnded(phase) && (result === undefined || endedAt === undefined))
    return `Session ${id} is ${phase}, but its record has no ${result === undefined ? 'result' : 'end'}.`;
  return undefined;
}

function brokenMove(before: Session, after: Session): string | undefined {
  const { id, phase } = before;
  if (before.id !== after.id) return `The record of session ${id} cannot become that of ${after.id}.`;
  if (isEnded(phase))
    return fixed(before) === fixed(after)
      ? undefined
      : `Session ${id} has ended (${phase}): its record cannot be changed.`;
  return mayFollow(phase, after.phase) ? undefined : `Session ${id} is ${phase} and cannot become ${after.phase}.`;
}

function fixed(session: Session): string {
  const rest: Partial<Session> = { ...session };
  for (const name of changeable) delete rest[name];
  return stableLine(rest);
}
