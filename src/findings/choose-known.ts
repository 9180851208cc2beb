import { UserError } from '../lib/errors.ts';
import { suggest } from '../lib/text.ts';
import type { Finding } from './finding.ts';
import { isOpen } from './judge-verdicts.ts';
import { isToProve } from './repair.ts';

/**
 * The open findings that these ids name, in any case; all open ones where none is named. One that a merge closed is named like an open one until it is
 * shown to be gone.
 *
 * @throws UserError for an id that the ledger does not know, with one that may be meant, and for one that is not open.
 */
export function chooseKnown(ids: readonly string[], known: readonly Finding[]): Finding[] {
  const open = known.filter(isOpen);
  if (ids.length === 0) return open;
  const chosen = ids.map((id) => {
    const finding = known.find((one) => one.id.toLowerCase() === id.toLowerCase());
    if (!finding) throw new UserError(unknown(id, open));
    if (isOpen(finding) || isToProve(finding)) return finding;
    throw new UserError(`${finding.id} is ${finding.state}: only open findings are checked again.`);
  });
  return [...new Set(chosen)];
}

function unknown(id: string, open: readonly Finding[]): string {
  const near = suggest(
    id,
    open.map((finding) => finding.id),
  );
  return `There is no finding ${id}.${near ? ` Did you mean ${near}?` : ''} \`courier findings\` lists them.`;
}
