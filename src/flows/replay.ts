import { Configuration } from '../config/schema.ts';
import { UserError } from '../lib/errors.ts';
import { silentLog } from '../lib/log.ts';
import { parseLines } from '../lib/ndjson.ts';
import { count } from '../lib/text.ts';
import { createGate } from '../publishing/gate.ts';
import { beginSession } from '../sessions/begin-session.ts';
import { cleanDiscovery } from '../sessions/clean-discovery.ts';
import { compareReplay, type Replayed } from '../sessions/compare-replay.ts';
import { Discovery } from '../sessions/discovery.ts';
import { type Recording, toRecording } from '../sessions/recording.ts';
import { eventsFile, type SessionEvent, understandEvent } from '../sessions/session-event.ts';
import { resolveSettings, type ScanSettings } from '../sessions/settings.ts';
import { decideReplay } from './decide-replay.ts';
import { discover } from './discover.ts';
import type { Output, Ports } from './ports.ts';
import { createReplayAgent, createReplaySandboxes } from './replay-agent.ts';
import { openScannedFiles } from './replay-repository.ts';
import { createReplayWitness } from './replay-witness.ts';
import { noDesk } from './session-desk.ts';

/** What a replay came to. */
export type Replay = Replayed & {
  /** In what it differs from the record, a sentence each. */
  differences: readonly string[];
  /** What a person should know about how it was done. */
  notes: readonly string[];
};

// A session's events are far smaller; beyond this it is nothing that Courier wrote.
const largest = 256 << 20;

/**
 * Drives the whole pipeline again with a session's events in the place of model, sandbox, checks and GitHub: extraction, proof, identity and
 * plan are done anew, from what the agents handed over and the files of the scanned commit. Nothing is run, asked or written.
 * @throws UserError where there is no recording, or no such commit
 */
export async function replay(
  folder: Pick<Output, 'folder' | 'read'>,
  given: Pick<Ports, 'repository' | 'findScopes' | 'matchPattern' | 'commands' | 'tools' | 'localLedger'>,
): Promise<Replay> {
  const recording = await readRecording(folder);
  const recorded = await readDiscovery(folder);
  const { repository, note } = await openScannedFiles(recording, given.repository);
  const cutShort = recorded?.session.stopReason === 'user';
  const notes = [
    ...recording.gaps,
    ...(recording.plannedAnew
      ? [
          'Somebody else changed the issues before this session could write to them: what it planned then is not compared.',
        ]
      : []),
    ...(note === undefined ? [] : [note]),
    ...(cutShort
      ? ['The session was ended before its time: what was under way then is not on record and may differ.']
      : []),
  ];
  const gaps: string[] = [];
  const stop = new AbortController();
  const raw = await readRaw(folder, recording);
  const agent = createReplayAgent(recording.runs, {
    raw,
    unstarted: unstartedIn(recorded),
    onAbort: () => stop.abort(),
    onNote: (text) => notes.push(text),
  });
  const settings = settingsOf(recording);
  const gate = createGate({ secrets: [] });
  const started = Date.parse(recording.started.at);
  const scope = toScope(recording);
  const { discovery } = await discover(
    {
      ...scope,
      session: { ...beginSession({ ...scope, repository, settings, at: started }), reasons: recording.scope.reasons },
      desk: noDesk,
      settings,
      known: recording.known,
      ledgerKey: undefined,
      signal: stop.signal,
    },
    {
      ...given,
      repository: { ...repository, history: async () => ({ none: 'a replay has none' }) },
      gate,
      agent,
      sandboxes: createReplaySandboxes(recording.runs),
      github: undefined,
      model: undefined,
      output: nowhere,
      sessionFolder: () => nowhere,
      mailbox: () => ({ read: async () => [] }),
      clock: { now: () => started },
      log: silentLog,
      progress: () => {},
      witness: createReplayWitness(recording, (gap) => gaps.push(gap)),
    },
  );
  const replayed = decideReplay(withTimesOf(cleanDiscovery(discovery, gate.plain), recorded), { recording, settings });
  const differences = recorded
    ? compareReplay(replayed, { ...recording, discovery: recorded })
    : ['The session has no end on record: there is nothing to compare with.'];
  return { ...replayed, differences: [...gaps, ...differences], notes };
}

async function readRecording(folder: Pick<Output, 'folder' | 'read'>): Promise<Recording> {
  const text = await folder.read(eventsFile, { maxBytes: largest });
  if (text === undefined)
    throw new UserError(`There are no events in ${folder.folder}: a session is replayed from the folder that it left.`);
  const { values, damaged } = parseLines(text, understandLine);
  const recording = toRecording(values.filter((event) => event !== 'unknown'));
  if ('unusable' in recording) throw new UserError(`This session cannot be replayed. ${recording.unusable}`);
  return damaged === 0
    ? recording
    : {
        ...recording,
        gaps: [...recording.gaps, `${count(damaged, 'line')} of its events ${damaged === 1 ? 'is' : 'are'} damaged.`],
      };
}

/** A kind of event that a later Courier writes is no damage. */
function understandLine(value: unknown): SessionEvent | 'unknown' | undefined {
  const event = understandEvent(value);
  if (event) return event;
  return typeof value === 'object' && value !== null && 'type' in value ? 'unknown' : undefined;
}

async function readDiscovery(folder: Pick<Output, 'read'>): Promise<Discovery | undefined> {
  const text = await folder.read('session.json', { maxBytes: largest });
  if (text === undefined) return undefined;
  try {
    return Discovery.parse(JSON.parse(text));
  } catch (error) {
    throw new UserError("The session's session.json is damaged, or of another version of Courier.", { cause: error });
  }
}

async function readRaw(folder: Pick<Output, 'read'>, { runs }: Recording): Promise<Map<string, string>> {
  const raw = new Map<string, string>();
  for (const { scan } of runs)
    for (const file of ['issues.json', 'questions.json']) {
      const text = await folder.read(`raw/${scan}/${file}`, { maxBytes: largest });
      if (text !== undefined) raw.set(`${scan}/${file}`, text);
    }
  return raw;
}

function settingsOf({ scope }: Recording): ScanSettings {
  const none = resolveSettings(Configuration.parse({}), { agent: 'none' }, { hasModelKey: false, strict: false });
  return { ...none, ...scope.settings };
}

function toScope({ scope: { trigger, remote, reconciles, changedLines, recheckAll } }: Recording) {
  return {
    trigger: {
      ...trigger,
      actor: trigger.actor,
      ref: trigger.ref,
      pullRequest: trigger.pullRequest,
    },
    remote: remote && { ...remote, defaultHead: remote.defaultHead },
    reconciles,
    changedLines: changedLines && new Map(changedLines),
    recheckAll,
  };
}

/** The scans whose agent could not begin, as their sandbox could not, with the reason. */
function unstartedIn(recorded: Discovery | undefined): ReadonlyMap<string, string> {
  const failed = recorded?.session.agents.filter(
    ({ ending, currentIteration }) => ending === 'failed' && currentIteration === 0,
  );
  return new Map(failed?.map(({ scan, reason = '' }) => [scan, reason]));
}

/** When it was, and under which name: what is decided depends on it. */
function withTimesOf(discovery: Discovery, recorded: Discovery | undefined): Discovery {
  if (!recorded) return discovery;
  const { id, startedAt, endedAt } = recorded.session;
  return {
    ...discovery,
    session: { ...discovery.session, id, startedAt, ...(endedAt === undefined ? {} : { endedAt }) },
  };
}

const nowhere: Output = {
  folder: '',
  write: async () => '',
  append: async () => {},
  read: async () => undefined,
  list: async () => [],
  remove: async () => {},
};
