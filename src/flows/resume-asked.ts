import { isHandedOver } from '../commands/read-request.ts';
import type { AskedBy } from '../events/request.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Gate } from '../publishing/gate.ts';
import { mayPublish } from '../sessions/may-reconcile.ts';
import { runnerOf } from '../sessions/runner.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import { readConfiguration } from './read-configuration.ts';
import { type ResumeRequest, resume } from './resume.ts';
import { takeRequest } from './take-request.ts';
import { tellWork } from './tell-request.ts';

/**
 * Goes on with a session, and tells whoever asked for it by a command how far it is and what came of it, where the ledger knows of that command.
 * Whether the session may go on is its record's word alone, so that a request that names another command is told to nobody and does no harm.
 */
export async function resumeAsked(
  request: ResumeRequest,
  asked: AskedBy | undefined,
  ports: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  const at = asked && (await findAsking(request, asked, ports));
  return asked && at ? tellWork([asked], at, ports, (told) => resume(request, told)) : resume(request, ports);
}

/** Where the command is told; nothing for one that is not this run's. */
async function findAsking({ trigger, configPath }: ResumeRequest, asked: AskedBy, ports: Ports & { gate: Gate }) {
  const { github } = ports;
  const remote = await github?.repository();
  const runner = runnerOf(trigger, ports.processes);
  if (!github || !remote || runner.kind !== 'workflow' || !mayPublish(trigger, remote).may) return undefined;
  const config = await readConfiguration(configPath, { trigger, remote }, ports);
  const store = github.ledger(config.ledger.branch);
  const ledger = await readLedger(await store.read(), { repositoryId: remote.id });
  if (!isHandedOver(asked, await ledger.readInbox(asked.issue))) return undefined;
  const { run, attempt } = runner;
  const place = { store, repositoryId: remote.id };
  if (!(await takeRequest(asked, { run, ...place }))) return undefined;
  return { run: { id: run, attempt, url: trigger.run }, github, ...place };
}
