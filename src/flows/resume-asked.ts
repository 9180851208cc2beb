import { readSession } from '../commands/choose-session.ts';
import type { CommandAt } from '../commands/command-ends.ts';
import { isHandedOver } from '../commands/read-request.ts';
import type { AskedBy } from '../events/request.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Gate } from '../publishing/gate.ts';
import { mayPublish } from '../sessions/may-reconcile.ts';
import { runnerOf } from '../sessions/runner.ts';
import { commandOf } from './end-parked-run.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { readConfiguration } from './read-configuration.ts';
import { type ResumeRequest, resume } from './resume.ts';
import { takeRequest } from './take-request.ts';
import { tellWork } from './tell-request.ts';

/**
 * Goes on with a session, and tells whoever asked for it by a command how far it is and what came of it, where the ledger knows of that command; of a
 * run also where that was asked for. Whether the session may go on is its record's word alone, so that a request that names another command is told
 * to nobody and does no harm.
 */
export async function resumeAsked(
  request: ResumeRequest,
  asked: AskedBy | undefined,
  ports: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  const found = await findAsking(request, asked, ports);
  if (!found || found.commands.length === 0) return resume(request, ports);
  return tellWork(found.commands, found.at, ports, (told) => resume(request, told));
}

/** Where it is told; nothing of a command that is not this run's. */
async function findAsking(
  { trigger, configPath, session }: ResumeRequest,
  asked: AskedBy | undefined,
  ports: Ports & { gate: Gate },
) {
  const { github } = ports;
  const remote = await github?.repository();
  const runner = runnerOf(trigger, ports.processes);
  if (!github || !remote || runner.kind !== 'workflow' || !mayPublish(trigger, remote).may) return undefined;
  const config = await readConfiguration(configPath, { trigger, remote }, ports);
  const store = github.ledger(config.ledger.branch);
  const ledger = await readLedger(await store.read(), { repositoryId: remote.id });
  const { run, attempt } = runner;
  const place = { store, repositoryId: remote.id };
  const isOurs =
    asked && isHandedOver(asked, await ledger.readInbox(asked.issue)) && (await takeRequest(asked, { run, ...place }));
  const commands = [...(isOurs ? [asked] : []), ...(await askedForRun(session, ledger))];
  return { commands, at: { run: { id: run, attempt, url: trigger.run }, github, ...place } };
}

/** The command that asked for the run which the session is. What another workflow's run tells of it is not shown. */
async function askedForRun(id: string, ledger: Ledger): Promise<CommandAt[]> {
  const issue = (await readSession(id, ledger))?.issueRun?.issue;
  const runs = issue === undefined ? undefined : await ledger.readRuns(issue);
  const command = runs?.attempts.at(-1)?.session === id ? commandOf(runs) : undefined;
  return command ? [command] : [];
}
