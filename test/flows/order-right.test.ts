import { afterEach, expect, it } from 'vitest';
import { defaultConfiguration } from '../../src/config/parse-config.ts';
import { requireOrderRight } from '../../src/flows/order-right.ts';
import { ChainRecord } from '../../src/ledger/chain-record.ts';
import { IssueRuns } from '../../src/ledger/runs-record.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { aCommentsBed, type CommentsBed } from './comments-bed.ts';

const beds: CommentsBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) await double.close();
});

const order = 'O-abcdefgh';
const at = '2026-11-21T18:14:00Z';

/** A chain of issue 3 that rests on a comment of wanda's, as the ledger has it. */
async function aChainOn(body: string, { index = 0 }: { index?: number } = {}) {
  const bed = await aCommentsBed();
  beds.push(bed);
  const comment = bed.double.act.comment('wanda', body, { issue: 1 });
  const chain = ChainRecord.parse({
    ...{ version: 1, issue: 1, comment: comment.id, index, digest: sha256(body), by: 'wanda', at, opens: 'app' },
    links: [{ issue: 3, order }],
  });
  await bed.seed({ chain });
  const cause = { kind: 'chain', issue: 1 } as const;
  const runs = IssueRuns.parse({ version: 1, issue: 3, branch: 'courier/issue-3-x', base: 'main', attempts: [] });
  return async () =>
    requireOrderRight(
      { runs, order: { id: order, cause, at } },
      { github: bed.connect(), config: defaultConfiguration, ledger: await bed.ledger(), by: 'wanda' },
    );
}

it('a run of a chain may be done while the comment asks for the chain', async () => {
  const why = await aChainOn('Please:\n\n/courier status\n/courier chain #1 #3', { index: 1 });
  expect(await why()).toBeUndefined();
});

it.each([
  ['no chain', 'I like this.', 0],
  ['a run', '/courier run', 0],
  ['a chain of other issues', '/courier chain #1 #2', 0],
  ['a chain that is another of its commands', '/courier status\n/courier chain #3', 0],
])('no run is done on the word of a comment that asks for %s, whatever the ledger says', async (_, body, index) => {
  const why = await aChainOn(body, { index });
  expect(await why()).toContain('the comment asks for no chain with #3');
});
