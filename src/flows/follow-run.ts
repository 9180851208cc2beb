import { type CommandAt, commandsOfRun, type OpenCommand, openCommands } from '../commands/command-ends.ts';
import { neverBegan, runGone, whyEnded } from '../commands/why-ended.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import { renderPushed } from '../sessions/render-run.ts';
import { endLeftChecks } from './end-left-checks.ts';
import { readAllRuns } from './find-run.ts';
import type { WorkflowRun } from './github-ports.ts';
import { type CheckDesk, keepCheckRun, type RunDesk } from './keep-checks.ts';
import { endCommand, type StatusDesk } from './status-comment.ts';

/**
 * What became of a workflow's run that does commands, as GitHub has it now: one that ended without a word (it died, was cancelled, never began) is
 * told in the status comment. Repeatable, and nothing for runs that do no command.
 *
 * Its check run on a pull request follows, where `desk` belongs to an app.
 *
 * @returns the commands that it has.
 */
export async function followRun(id: number, desk: CheckDesk): Promise<readonly CommandAt[]> {
  const inboxes = await readInboxes(desk);
  const commands = inboxes.flatMap((inbox) => commandsOfRun(inbox, id));
  if (commands.length === 0) return commands;
  const run = await desk.github.workflows.readRun(id);
  for (const command of run ? commands : []) {
    if (run?.status === 'completed') await endSilent(command, run, desk);
    if (run) await keepCheckRun(command, run, desk);
  }
  return commands;
}

// In milliseconds. A dispatch becomes a run within seconds; where GitHub did not say which, the run says so itself when it begins.
const longestStart = 3_600_000;
const mostLooked = 100;

/** The same for all commands that have no end yet: for the start of the app and for a timer, as events may have been lost. */
export async function followOpenRuns(desk: CheckDesk): Promise<void> {
  await followOpenCommands(desk);
  await endLeftChecks(desk);
}

/** Those of the commands alone. */
export async function followOpenCommands(desk: RunDesk): Promise<void> {
  const { store, repositoryId } = desk;
  const ledger = await readLedger(await store.read(), { repositoryId });
  // A chain is many runs, and says itself when it has ended.
  const chains = (await ledger.listChains()).filter(({ end }) => !end?.told);
  const isChain = ({ issue, comment, index }: CommandAt) =>
    chains.some((chain) => chain.issue === issue && chain.comment === comment && chain.index === index);
  const open = (await ledger.listInboxes()).flatMap(openCommands).filter((command) => !isChain(command));
  const runs = new Map<number, WorkflowRun | undefined>();
  for (const command of open.slice(0, mostLooked)) {
    const { run } = command;
    if (run === undefined) {
      if (desk.clock.now() - Date.parse(command.at) > longestStart)
        await fail(command, { why: neverBegan, run: 0 }, desk);
      continue;
    }
    if (!runs.has(run)) runs.set(run, await desk.github.workflows.readRun(run));
    await followOpen(command, { id: run, run: runs.get(run) }, desk);
  }
}

async function followOpen(
  command: OpenCommand,
  { id, run }: { id: number; run: WorkflowRun | undefined },
  desk: RunDesk,
): Promise<void> {
  if (!run) await fail(command, { why: runGone, run: id }, desk);
  else if (run.status === 'completed') await endSilent(command, run, desk);
}

/** What the run said itself stays, and is shown where it could not do so any more. */
async function endSilent(command: CommandAt, run: WorkflowRun, desk: RunDesk): Promise<void> {
  const { id, attempt, url } = run;
  const made = await findPushed(command, desk);
  if (!made) return fail(command, { why: whyEnded(run.conclusion), run: id, attempt, url }, desk);
  const { gate } = desk;
  const say = safe`${renderPushed(made, gate)}. The run ended before it could say more: ${gate.link(safe`what it left`, url)}.`;
  await endCommand(command, { outcome: 'done', say, run: id, attempt }, desk);
}

/** What the run of an issue that a command asked for had pushed and put on record before it was cut off: nothing of that is lost. */
async function findPushed({ comment, index }: CommandAt, { store, repositoryId }: RunDesk) {
  const all = await readAllRuns(await readLedger(await store.read(), { repositoryId }));
  const runs = all.find(({ asked }) => asked?.comment === comment && asked.index === index);
  const last = runs?.attempts.at(-1);
  if (!runs?.asked || last?.outcome !== 'pushed' || Date.parse(last.at) < Date.parse(runs.asked.at)) return undefined;
  return { branch: runs.branch, commit: last.commit, held: runs.offer?.held };
}

type Failure = { why: string; run: number; attempt?: number; url?: string };

async function fail(at: CommandAt, { why, run, attempt = 1, url }: Failure, desk: RunDesk): Promise<void> {
  const more: SafeText = url === undefined ? safe`` : safe` ${desk.gate.link(safe`What it left`, url)}.`;
  await endCommand(at, { outcome: 'failed', say: safe`${desk.gate.inline(why)}${more}`, run, attempt }, desk);
}

async function readInboxes({ store, repositoryId }: StatusDesk) {
  return (await readLedger(await store.read(), { repositoryId })).listInboxes();
}
