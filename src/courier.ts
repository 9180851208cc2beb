import type { LeftSandbox } from './adapters/e2b/end-sandboxes.ts';
import type { CourierOptions, E2bOptions } from './courier-options.ts';
import { createPorts, localLedgerFolder } from './create-ports.ts';
import type { AskedBy, CommandRequest, OrderedRequest } from './events/request.ts';
import type { Trigger } from './events/trigger.ts';
import type { DashboardEdit } from './events/understand-dashboard-edit.ts';
import { type AnsweringRequest, answerByItself } from './flows/answer-by-itself.ts';
import { answerOrder } from './flows/answer-order.ts';
import { answerRequest } from './flows/answer-request.ts';
import { answerSession } from './flows/answer-session.ts';
import { answerTicks } from './flows/answer-ticks.ts';
import { ask } from './flows/ask.ts';
import { beginFrom } from './flows/begin-from.ts';
import { closeKilled } from './flows/close-killed.ts';
import { controlSession } from './flows/control-session.ts';
import type { ScanOutcome } from './flows/outcome.ts';
import type { Ports, Reported } from './flows/ports.ts';
import { type Handed, publish } from './flows/publish.ts';
import { readEvents } from './flows/read-events.ts';
import { type Records, readRecords } from './flows/read-records.ts';
import type { Replay } from './flows/replay.ts';
import { resumeAsked } from './flows/resume-asked.ts';
import { scan } from './flows/scan.ts';
import type { Controlled, ControlRequest } from './flows/session-order.ts';
import { verify } from './flows/verify.ts';
import { verifyRepair } from './flows/verify-repair.ts';
import { systemClock } from './lib/clock.ts';
import type { Log } from './lib/log.ts';
import { environmentSecrets } from './publishing/environment-secrets.ts';
import { createGate, type Gate } from './publishing/gate.ts';
import { gatewayVendors } from './sandboxes/gateway.ts';
import type { Session } from './sessions/session.ts';
import type { SessionEvent } from './sessions/session-event.ts';
import type { Overrides, Split } from './sessions/settings.ts';

export type CourierEvent = {
  trigger: Trigger;
  overrides: Overrides;
  /** Of the configuration, repository-relative; `undefined`: the usual place. */
  configPath: string | undefined;
  /** A key without anything to scan for is an error, not a remark. */
  strict: boolean;
} /** `split`: it is one of the jobs of a session. */ & (
  | { kind: 'scan'; split?: Split | undefined }
  | { kind: 'verify'; findings: readonly string[] }
  /** The findings of an issue whose run's pull request was merged. */
  | { kind: 'verify-repair'; issue: number }
  | { kind: 'publish'; handed: readonly Handed[] }
  | { kind: 'ticks'; edit: DashboardEdit }
  | { kind: 'request'; request: CommandRequest }
  | { kind: 'order'; order: OrderedRequest }
  /** `session`: its id, the beginning of one, or `latest`; `files`: the folder that its artifact was unpacked to. */
  | { kind: 'resume'; session: string; files?: string | undefined; asked?: AskedBy | undefined }
  | { kind: 'ask'; question: string }
  | { kind: 'clone'; session: string }
  | { kind: 'follow-up'; session: string; text: string }
  /** `session`: the same; absent: the newest with anything open. */
  | { kind: 'answer-session'; session: string | undefined }
);

/** A session of this job whose process was killed, for its record. */
export type KilledSession = Pick<CourierEvent, 'trigger' | 'configPath'> & {
  session: string;
  /** Somebody had asked for its end. */
  stopped: boolean;
  /** What was found in each of its sandboxes. */
  reported: readonly Reported[];
};
export type CourierOrder = Pick<CourierEvent, 'trigger' | 'configPath'> & Pick<ControlRequest, 'order' | 'by' | 'from'>;

export type Courier = {
  /** @throws UserError for what a person has to set right, ExternalError where GitHub or the disk failed. */
  receive(event: CourierEvent, signal: AbortSignal): Promise<ScanOutcome>;
  /** @returns the record as it was closed; `undefined` where it had ended, or never began. */
  close(killed: KilledSession): Promise<Session | undefined>;
  /** What people want of a session besides that it works; the same errors. */
  control(order: CourierOrder): Promise<Controlled>;
};

/** What the local ledger of a folder knows; `undefined` where there is none. */
export async function readLocalRecords(repositoryPath: string): Promise<Records | undefined> {
  const { openRepository } = await import('./adapters/local/repository.ts');
  const { createFolderStore } = await import('./adapters/local/folder-store.ts');
  const repository = await openRepository(repositoryPath);
  return readRecords({
    repository,
    localLedger: createFolderStore(localLedgerFolder(repository.root)),
    clock: systemClock,
  });
}

/** What happened in a session whose files are in this folder; none where they are not. */
export async function readSessionEvents(folder: string): Promise<readonly SessionEvent[]> {
  const { createFolderOutput } = await import('./adapters/local/output.ts');
  return readEvents(createFolderOutput(folder));
}

/**
 * Replays a session from its folder: the files are those of `repositoryPath`'s clone at the session's commit.
 * @throws UserError where it cannot be replayed.
 */
export async function replaySession(
  { repositoryPath, folder }: { repositoryPath: string; folder: string },
  { log }: { log: Log },
): Promise<Replay> {
  const { replay } = await import('./flows/replay.ts');
  const { openRepository } = await import('./adapters/local/repository.ts');
  const { createCommandRunner } = await import('./adapters/local/command-runner.ts');
  const { createFolderOutput } = await import('./adapters/local/output.ts');
  const { createFolderStore } = await import('./adapters/local/folder-store.ts');
  const { createPatternMatcher } = await import('./adapters/local/pattern-matcher.ts');
  const { createScopeFinder } = await import('./adapters/syntax/scope-finder.ts');
  const repository = await openRepository(repositoryPath, { log });
  return replay(createFolderOutput(folder), {
    repository,
    findScopes: createScopeFinder({ log }),
    matchPattern: createPatternMatcher(),
    commands: createCommandRunner({ env: {} }),
    tools: { assets: '', locate: async () => ({ unavailable: 'A replay runs no tools.' }) },
    localLedger: createFolderStore(localLedgerFolder(repository.root)),
  });
}

type Received = Pick<AnsweringRequest, 'signal' | 'ledgerKey' | 'hasModelKey' | 'modelKeys' | 'hasE2bKey'> & {
  event: CourierEvent;
};

async function begin({ event, ...given }: Received, ports: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const request = { ...event, ...given };
  switch (event.kind) {
    case 'scan':
      return scan({ ...request, split: event.split }, ports);
    case 'verify':
      return verify({ ...request, findings: event.findings }, ports);
    case 'verify-repair':
      return verifyRepair({ ...request, issue: event.issue }, ports);
    case 'ticks':
      return answerTicks({ ...request, edit: event.edit }, ports);
    case 'request':
      return answerRequest({ ...request, request: event.request }, ports);
    case 'order':
      return answerOrder({ ...request, request: event.order }, ports);
    case 'publish':
      return publish({ ...request, handed: event.handed }, ports);
    case 'resume': {
      const { createFolderOutput } = await import('./adapters/local/output.ts');
      const files = event.files === undefined ? undefined : createFolderOutput(event.files);
      return resumeAsked({ ...request, session: event.session, files }, event.asked, ports);
    }
    case 'ask':
      return ask({ ...request, question: event.question }, ports);
    case 'answer-session':
      return answerSession({ ...request, session: event.session }, ports);
    case 'clone':
      return beginFrom({ ...request, how: 'clone', session: event.session }, ports);
    case 'follow-up':
      return beginFrom({ ...request, how: 'follow-up', session: event.session, text: event.text }, ports);
  }
}

/** One set of ports for each event. */
export function createCourier(options: CourierOptions): Courier {
  const gate = createGate({ secrets: [...options.secrets, ...environmentSecrets(options.env)] });
  return {
    async control(order) {
      return controlSession(order, { ...(await createPorts(options)), gate });
    },
    async receive(event, signal) {
      const ports = { ...(await createPorts(options)), gate };
      const modelKeys = gatewayVendors.filter((vendor) => options.models[vendor] !== undefined);
      const request: Received = {
        ...{ event, signal, ledgerKey: options.ledgerKey },
        ...{ hasModelKey: modelKeys.length > 0, modelKeys, hasE2bKey: options.e2b !== undefined },
      };
      return answerByItself(await begin(request, ports), { ...event, ...request }, ports);
    },
    async close(killed) {
      const gate = createGate({ secrets: [...options.secrets, ...environmentSecrets(options.env)] });
      return closeKilled({ ...killed, ledgerKey: options.ledgerKey }, { ...(await createPorts(options)), gate });
    },
  };
}

/** Ends what still runs in the local sandbox of a step that was killed. */
export async function endLeftProcesses(storage: string): Promise<void> {
  const local = await import('./adapters/local/end-left-processes.ts');
  await local.endLeftProcesses(storage);
}

/**
 * Ends the sandboxes at E2B that a step left which was killed.
 * @returns what an agent had reported in each, by file name, unread and untrusted.
 */
export async function endLeftSandboxes({ access, job }: E2bOptions): Promise<LeftSandbox[]> {
  const { endSandboxesOf } = await import('./adapters/e2b/end-sandboxes.ts');
  return endSandboxesOf({ job }, { access });
}
