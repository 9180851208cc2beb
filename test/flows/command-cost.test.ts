import { afterEach, expect, it } from 'vitest';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { aCommentsBed, type CommentsBed } from './comments-bed.ts';

const beds: CommentsBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

/** A replica that has been there for a while, with the ledger on the branch of the repository itself. */
async function aReplica() {
  const bed = await aCommentsBed();
  beds.push(bed);
  const github = bed.connect({ store: 'branch' });
  const ledger = github.ledger('courier-ledger');
  const known = { repositoryId: String(bed.repository.id) };
  await updateLedger(ledger, 'seed', () => ({ findings: [bed.finding] }), known);
  bed.double.act.comment('tom', '/courier help');
  await bed.handle(1, { github });
  return async (command: string): Promise<number> => {
    bed.double.act.comment('wanda', `/courier ${command}`);
    bed.double.forget();
    await bed.handle(1, { github });
    return bed.double.requests.length;
  };
}

// Each request is a part of what an installation may send in an hour, and of the time that a person waits.
it.each([
  ['status', 18],
  ['priority high', 26],
  ['scan', 24],
])('`/courier %s` takes at most %i requests', async (command, most) => {
  const cost = await aReplica();
  expect(await cost(command)).toBeLessThanOrEqual(most);
});
