import type { Change } from '../commands/executor.ts';
import { findLabels } from '../findings/labels.ts';
import type { Owed } from '../ledger/inbox-record.ts';
import type { Desk } from './follow-command.ts';
import { tellRestEnded } from './tell-rest-ended.ts';

/** What a change brings with it elsewhere, as it is on record until it was done. */
export function owedBy({ issue, effects = [] }: Change): Owed[] {
  if (!issue) return [...effects];
  const { addLabels = [], removeLabels = [] } = issue.update;
  return [{ kind: 'labels', issue: issue.number, add: [...addLabels], remove: [...removeLabels] }, ...effects];
}

type OwedDesk = Pick<Desk, 'github' | 'gate' | 'remote' | 'config' | 'clock'>;

/** In their order; each may be done twice. */
export async function doOwed(owed: readonly Owed[], desk: OwedDesk): Promise<void> {
  for (const one of owed) await doOne(one, desk);
}

async function doOne(owed: Owed, desk: OwedDesk): Promise<void> {
  const { github, gate, config } = desk;
  switch (owed.kind) {
    case 'labels': {
      const [addLabels, removeLabels] = [owed.add, owed.remove].map((names) => names.map((name) => gate.label(name)));
      if (addLabels && addLabels.length > 0) await github.issues.ensureLabels(findLabels(addLabels));
      return github.issues.update(owed.issue, {
        ...(addLabels && { addLabels }),
        ...(removeLabels && { removeLabels }),
      });
    }
    case 'cancel-run':
      return github.workflows.cancelRun(owed.run);
    case 'remove-artifact':
      for (const { id } of await github.workflows.listArtifacts(owed.run, owed.name))
        await github.workflows.removeArtifact(id);
      return;
    case 'rest-ended':
      return tellRestEnded(owed, { ...desk, store: github.ledger(config.ledger.branch), actor: 'courier' });
  }
}
