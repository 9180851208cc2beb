import type { PersonMessage, RunContext } from '../agents/agent.ts';
import type { JournalEntry } from '../agents/journal.ts';
import { isoTime } from '../lib/clock.ts';
import { messageOf } from '../lib/errors.ts';
import { createGrowingDigest } from '../lib/hash.ts';
import type { Gate } from '../publishing/gate.ts';
import { checkpointFile, digestOf, renderCheckpoint, type ScanState, transcriptFile } from '../sessions/checkpoint.ts';
import { heardBefore } from '../sessions/heard.ts';
import type { Mail } from '../sessions/mail.ts';
import { ownRef } from '../sessions/part-name.ts';
import { type EarlierScan, earlierScan, type Restored } from '../sessions/restored.ts';
import type { Session } from '../sessions/session.ts';
import { renderTranscriptLine } from '../sessions/transcript.ts';
import { createLedgerMailbox, type LedgerMailboxRequest } from './ledger-mailbox.ts';
import type { Mailbox, Ports } from './ports.ts';

/** Where a session's scans leave what another process needs to go on with them, and hear from people. */
export type Desk = {
  /** Aborts when somebody asked the session to stop; it can go on later. */
  readonly stop: AbortSignal;
  /** Aborts when somebody asked to end it at once. */
  readonly kill: AbortSignal;
  /** Where a scan stood when the session rested. */
  earlier(scan: string): EarlierScan;
  /** What its agent is given besides the task. */
  contextFor(scan: string): Pick<RunContext, 'stop' | 'journal' | 'messages'>;
  /** Something changed about a scan. */
  note(scan: string, change: Partial<Omit<ScanState, 'name'>>): Promise<void>;
  /** Keeps a scan's output as it was read. */
  keep(scan: string, outputs: Readonly<Record<string, string>>): Promise<void>;
  /** The last checkpoint; may be called again. @returns its digest; `undefined` where nothing may be kept. */
  close(): Promise<string | undefined>;
};

/** A desk at which nothing is kept and nobody speaks: for what was done before and is only told again. */
export const noDesk: Desk = {
  stop: new AbortController().signal,
  kill: new AbortController().signal,
  earlier: () => ({ state: 'begins' }),
  contextFor: () => ({}),
  note: async () => {},
  keep: async () => {},
  close: async () => undefined,
};

type DeskRequest = {
  session: Session;
  scans: readonly string[];
  repositoryId: string | undefined;
  dirty: boolean;
  /** Everybody can read what is kept. */
  isPublic: boolean;
  ledgerKey: string | undefined;
  /** Where comments to it are found; absent: it is not on record, and nobody can name it. */
  letters?: Pick<LedgerMailboxRequest, 'branch' | 'remote' | 'permissions'> | undefined;
  /** What an earlier part of the session left; absent: it begins. */
  restored?: { from: Restored; known: Parameters<typeof earlierScan>[1]['known'] } | undefined;
};

type DeskPorts = Pick<Ports, 'sessionFolder' | 'mailbox' | 'github' | 'clock' | 'log'> & { gate: Gate };

const checkpointEveryMs = 180_000;
const pollEveryMs = 2000;

/**
 * Opens it. The transcript is appended as the agents work, the checkpoint written now, every few minutes and at the end. On a public
 * repository, where artifacts are public, the transcript is sealed; without a key neither it nor any output is kept.
 */
export async function openDesk(request: DeskRequest, ports: DeskPorts): Promise<Desk> {
  const { session, ledgerKey, isPublic } = request;
  const folder = ports.sessionFolder(session.id);
  const keeps = !isPublic || ledgerKey !== undefined;
  const format = { session: session.id, clean: ports.gate.plain, key: isPublic ? ledgerKey : undefined };
  const state = startOf(request);
  // What was torn off at the end is ended before the next line.
  if (state.torn) await folder.append(transcriptFile, '');
  const mail = openMail(mailboxesOf(request, format.key, ports), ports);
  let written = 0;
  let last: Promise<string | undefined> = Promise.resolve(undefined);
  let closed: Promise<string | undefined> | undefined;

  const checkpoint = () => {
    written = ports.clock.now();
    const text = renderCheckpoint({
      version: 1,
      session: session.id,
      ...(request.repositoryId === undefined ? {} : { repositoryId: request.repositoryId }),
      ...(session.commit === undefined ? {} : { commit: session.commit }),
      dirty: request.dirty,
      at: isoTime(written),
      scans: [...state.scans.values()],
      transcript: { bytes: state.transcript.bytes(), digest: `sha256:${state.transcript.sha256()}` },
      files: Object.fromEntries(state.files),
    });
    last = last.then(async () => {
      await folder.write(checkpointFile, text);
      return digestOf(text);
    });
    return last;
  };
  const append = async (scan: string, entry: JournalEntry) => {
    const line = renderTranscriptLine(scan, entry, format);
    const appended = folder.append(transcriptFile, line);
    state.transcript.add(`${line}\n`);
    await appended;
    if (entry.type === 'ended' || ports.clock.now() - written > checkpointEveryMs) await checkpoint();
  };
  if (keeps) await checkpoint();
  return {
    stop: mail.stop,
    kill: mail.kill,
    earlier(scan) {
      if (!request.restored) return { state: 'begins' };
      const { from, known } = request.restored;
      return earlierScan(scan, { session, restored: from, known, key: format.key });
    },
    contextFor: (scan) => ({
      stop: mail.stop,
      messages: () => mail.read(scan),
      ...(keeps ? { journal: { append: (entry) => append(scan, entry) } } : {}),
    }),
    async note(scan, change) {
      const told = tellable(change, { isPublic, clean: ports.gate.plain });
      state.scans.set(scan, { name: scan, state: 'waiting', asked: [], ...state.scans.get(scan), ...told });
      if (keeps) await checkpoint();
    },
    async keep(scan, outputs) {
      if (isPublic) return;
      for (const [name, given] of Object.entries(outputs)) {
        const path = `raw/${scan}/${name}`;
        const text = ports.gate.plain(given);
        await folder.write(path, text);
        state.files.set(path, digestOf(text));
      }
    },
    close() {
      mail.close();
      closed ??= keeps ? checkpoint() : Promise.resolve(undefined);
      return closed;
    },
  };
}

/** As in the record: an agent's closing words may tell of a vulnerability, and hold what it read. */
function tellable<Change extends Partial<ScanState>>(
  change: Change,
  { isPublic, clean }: { isPublic: boolean; clean: (text: string) => string },
): Change {
  const { record } = change;
  if (!record) return change;
  const { finalText, reason } = record;
  const told = {
    finalText: isPublic ? '' : clean(finalText),
    ...(reason === undefined ? {} : { reason: clean(reason) }),
  };
  return { ...change, record: { ...record, ...told } };
}

function startOf({ scans, restored }: DeskRequest) {
  const transcript = createGrowingDigest();
  const states = new Map<string, ScanState>(scans.map((name) => [name, { name, state: 'waiting', asked: [] }]));
  const files = new Map<string, string>();
  let torn = false;
  if (restored?.from.from === 'journal') {
    const { checkpoint, transcript: text } = restored.from;
    torn = text !== '' && !text.endsWith('\n');
    transcript.add(torn ? `${text}\n\n` : text);
    for (const scan of checkpoint.scans) states.set(scan.name, scan);
    for (const [name, digest] of Object.entries(checkpoint.files)) files.set(name, digest);
  }
  return { transcript, scans: states, files, torn };
}

function mailboxesOf(
  { session, letters, restored }: DeskRequest,
  key: string | undefined,
  ports: DeskPorts,
): Mailbox[] {
  const { github } = ports;
  const local = ports.mailbox(session.id);
  if (!letters || !github) return [local];
  const heard = restored ? heardBefore(restored.from, { session, key }) : new Set<string>();
  return [local, createLedgerMailbox({ ...letters, session, heard }, { ...ports, github })];
}

/** Letters from people: looked for every few seconds, as a turn or a command may take minutes, and whenever an agent asks. */
function openMail(mailboxes: readonly Mailbox[], { log }: Pick<DeskPorts, 'log'>) {
  const [stop, kill] = [new AbortController(), new AbortController()];
  const unread: Mail[] = [];
  let problem: string | undefined;
  const look = async (mailbox: Mailbox) => {
    try {
      for (const letter of await mailbox.read()) {
        if (letter.kind === 'stop') stop.abort();
        else if (letter.kind === 'kill') kill.abort();
        else unread.push(letter);
      }
    } catch (error) {
      if (problem !== messageOf(error)) log.warn(`Messages to the session could not be read: ${messageOf(error)}`);
      problem = messageOf(error);
    }
  };
  const poll = () => Promise.all(mailboxes.map(look));
  const timer = setInterval(poll, pollEveryMs);
  return {
    stop: stop.signal,
    kill: kill.signal,
    async read(name: string): Promise<PersonMessage[]> {
      await poll();
      // An answer is for the agent that asked; all else for whoever reads it first.
      return unread.splice(0).flatMap((letter): PersonMessage[] => {
        const { id, from, text, answers } = letter;
        const question = answers && ownRef(name, answers);
        if (!answers) return [{ id, from, text }];
        if (question !== undefined) return [{ id, from, text, question }];
        unread.push(letter);
        return [];
      });
    },
    close: () => clearInterval(timer),
  };
}
