import type { CommandOf } from '../commands/command.ts';
import type { CommandContext } from '../commands/executor.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { AskedRun, IssueRuns } from '../ledger/runs-record.ts';
import { findRunOfPull } from './find-run.ts';
import { type ReadyRun, type Refused, type RunGitHub, readyRun } from './ready-run.ts';
import { identityOf } from './record-session.ts';

/** @returns who opens the pull request at last: the workflow's job, or the app. */
type Place = { github: RunGitHub; opens: AskedRun['opens'] };

/**
 * Makes everything ready for the run that a command asks for, but the run. It may be done again for the same command, and comes to the same. A
 * second command finds the first one's.
 */
export async function prepareRun(
  command: CommandOf<'run'> | CommandOf<'retry'>,
  context: CommandContext,
  { github, opens }: Place,
): Promise<ReadyRun | Refused> {
  const { mandate, index, at, by, config } = context;
  const remote = await github.repository();
  const store = github.ledger(config.ledger.branch);
  const number = await issueOf(context, await readLedger(await store.read(), identityOf(remote)));
  if (typeof number !== 'number') return number;
  return readyRun(
    {
      issue: number,
      ask: (runs) => order(command, runs, { context, opens }),
      wishes: command.verb === 'run' ? command : {},
      isSame: (asked) => asked.comment === mandate.comment && asked.index === index,
      ...{ at, by },
    },
    { github, remote, store, ledgerBranch: config.ledger.branch },
  );
}

/** The issue of the comment, or the one whose run made the pull request. */
async function issueOf({ place, issue }: CommandContext, ledger: Ledger): Promise<number | Refused> {
  if (place !== 'pull-request') return issue;
  const runs = await findRunOfPull(issue, ledger);
  if (runs) return runs.issue;
  return { refused: `Pull request #${issue} is not one of Courier's runs: a run is asked for on an issue.` };
}

/** What the run is to do, as it goes on record. */
function order(
  command: CommandOf<'run'> | CommandOf<'retry'>,
  runs: IssueRuns | undefined,
  { context, opens }: { context: CommandContext; opens: AskedRun['opens'] },
): AskedRun | Refused {
  const { issue, mandate, index, at, by } = context;
  const pointer = { issue, comment: mandate.comment, index, at, by, opens };
  if (command.verb === 'run') {
    const { text, model } = command;
    return { ...pointer, ...(text === undefined ? {} : { text }), ...(model === undefined ? {} : { model }) };
  }
  if (!runs?.asked) return { refused: 'There was no run yet that could be repeated: ask for one with `/courier run`.' };
  const { order: _, stopped: __, ...asked } = runs.asked;
  return { ...asked, ...pointer };
}
