import { roleNeeded, whyVoid } from '../commands/authorise.ts';
import { parseCommands } from '../commands/parse-commands.ts';
import type { Configuration } from '../config/schema.ts';
import { isAtLeast } from '../events/role.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { RunOrder } from '../ledger/run-order.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';
import { currentLink } from '../runs/advance-chain.ts';
import { lookUp } from './follow-command.ts';
import type { GitHub } from './github-ports.ts';
import { isOfRuns, readRequests } from './run-pull-view.ts';

type Place = {
  github: Pick<GitHub, 'pullRequests' | 'comments' | 'roleOf' | 'self'>;
  config: Configuration;
  ledger: Ledger;
  /** On whose word it is. */
  by: string;
};

/** Why a run that no command of its own asked for may not be done now, as the rest of a sentence; `undefined` where it may. */
export async function requireOrderRight(
  { runs, order: { id, cause } }: { runs: IssueRuns; order: RunOrder },
  place: Place,
): Promise<string | undefined> {
  const { github, by, config } = place;
  const standing = await lookUp(by, place);
  if ('unknown' in standing) return `what ${by} may do here could not be looked up (${standing.unknown})`;
  if (!isAtLeast(standing.role, roleNeeded('run', config.permissions)))
    return `${by}, on whose word it was, may not ask for runs any more`;
  if (cause.kind === 'chain') return whyNotInChain(runs.issue, { order: id, asked: cause.issue }, place);
  const pull = runs.pullRequest && (await github.pullRequests.read(runs.pullRequest.number));
  if (!pull || !isOfRuns(pull, runs)) return 'its pull request is not open any more';
  if (cause.kind === 'checks')
    return pull.head.commit === cause.commit ? undefined : 'the checks that failed are of another commit by now';
  const standingRequests = await readRequests(pull.number, place);
  return standingRequests.some(({ id }) => cause.reviews.includes(id))
    ? undefined
    : 'the changes are not asked for any more';
}

/** The chain has to stand, with the words in which it was asked for. */
async function whyNotInChain(
  issue: number,
  { order, asked }: { order: string; asked: number },
  { github, ledger, by }: Place,
): Promise<string | undefined> {
  const chain = await ledger.readChain(asked);
  const current = chain && !chain.end ? currentLink(chain) : undefined;
  if (!chain || current?.issue !== issue || current.order !== order) return 'its chain has ended';
  const { comment: key, digest, index } = chain;
  const comment = await github.comments.read(key);
  const why = whyVoid({ comment: key, by, digest }, { comment }) ?? whyNoneThere(comment?.body ?? '', { index, issue });
  return why === undefined
    ? undefined
    : `of its chain, ${why.charAt(0).toLowerCase()}${why.slice(1).replace(/\.$/, '')}`;
}

/** The record says where it was asked for; who may write to the ledger may have put any comment there. */
function whyNoneThere(body: string, { index, issue }: { index: number; issue: number }): string | undefined {
  const said = parseCommands(body)[index];
  const command = said && 'command' in said ? said.command : undefined;
  const isMeant = command?.verb === 'chain' && command.issues.includes(issue);
  return isMeant ? undefined : `The comment asks for no chain with #${issue}.`;
}
