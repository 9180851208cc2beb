import type { LedgerChanges } from '../ledger/ledger.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { count } from '../lib/text.ts';
import type { AssumptionRecord, Said } from '../memory/assumption.ts';
import { followReview } from '../memory/follow-review.ts';
import { type Memory, withAssumptions } from '../memory/memory.ts';
import type { ReviewDeed } from '../questions/panel.ts';
import { auditLine } from './audit-line.ts';
import { panelIn } from './panel-look.ts';
import type { PanelPlace } from './panel-place.ts';
import { identityOf } from './record-session.ts';
import { tellSettled } from './tell-open-pulls.ts';

/**
 * Puts what people clicked about assumptions on record, each bound to the text that the panel showed, and tells the findings that hang on them.
 *
 * @returns why clicks count for nothing (sentences).
 */
export async function recordVotes(
  session: string,
  { deeds, said }: { deeds: readonly ReviewDeed[]; said: Said },
  place: PanelPlace,
): Promise<readonly string[]> {
  const { store, remote, clock } = place;
  const { decided } = await updateLedger(
    store,
    `session ${session}: ${count(deeds.length, 'word')} on assumptions`,
    async (ledger): Promise<LedgerChanges & { refused: string[]; before?: Memory }> => {
      const look = await panelIn(ledger, session, remote);
      if (!look) return { refused: [] };
      const { records, refused } = vote(look.assumed.told, deeds, said);
      if (records.length === 0) return { refused };
      const before = await ledger.readMemory();
      const audit = records.map(({ id }) =>
        auditLine({ action: 'review-assumption', target: `${session} ${id}` }, { session, actor: said.by }, clock),
      );
      return { memory: withAssumptions(before, records), audit, refused, before };
    },
    identityOf(remote),
  );
  const { before, memory, refused } = decided;
  if (before && memory) await tellSettled({ before, after: memory }, place);
  return refused;
}

function vote(told: readonly AssumptionRecord[], deeds: readonly ReviewDeed[], said: Said) {
  const now = new Map(told.map((record) => [record.id, record]));
  const changed = new Set<string>();
  const refused: string[] = [];
  for (const { assumption, revision, verdict, on } of deeds) {
    const record = now.get(assumption);
    if (!record) continue;
    const reviewed = followReview(record, { ...said, revision, verdict, on });
    if ('refused' in reviewed) refused.push(reviewed.refused);
    else if (reviewed.record !== record) {
      now.set(assumption, reviewed.record);
      changed.add(assumption);
    }
  }
  return { records: [...changed].flatMap((id) => now.get(id) ?? []), refused };
}
