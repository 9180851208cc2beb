import type { z } from 'zod';
import type { CheckOutcome } from '../checks/check.ts';
import type { Finding } from '../findings/finding.ts';
import { count } from '../lib/text.ts';
import { recordedKinds as kinds, type RecordedKind } from './recorded.ts';
import type { SessionEvent } from './session-event.ts';
import { toCheckOutcome } from './to-check-outcome.ts';

type Recorded<Kind extends RecordedKind> = z.infer<(typeof kinds)[Kind]>;
type EventOf<Type extends SessionEvent['type']> = Extract<SessionEvent, { type: Type }>;

/** One run of an agent, as its events tell. */
export type RecordedRun = {
  scan: string;
  started: EventOf<'agent-started'>;
  /** What it handed over, in order. */
  handedOver: readonly EventOf<'handed-over'>[];
  /** Absent: it was killed. */
  ended: EventOf<'agent-ended'> | undefined;
};

/** A session's events, put in the order in which a replay asks for them. */
export type Recording = {
  started: EventOf<'session-started'>;
  scope: Recorded<'scope'>;
  known: readonly Finding[];
  /** The findings that its result was applied to. */
  before: readonly Finding[];
  issues: readonly Recorded<'issue'>[];
  /** Issues of our own that may be of findings whose creation was never answered. */
  adoptable: readonly Recorded<'issue'>[];
  /** Ids of findings that somebody asked to be filed. */
  requested: readonly string[];
  /** What findings hang on and people settled, by their ids. */
  points: ReadonlyMap<string, Recorded<'points'>>;
  checks: readonly CheckOutcome[];
  renames: Recorded<'renames'> | undefined;
  /** By command, oldest first. */
  commands: ReadonlyMap<string, readonly Recorded<'command'>[]>;
  judge: Recorded<'judge'> | undefined;
  runs: readonly RecordedRun[];
  applied: Recorded<'applied'> | undefined;
  planned: readonly EventOf<'planned'>[];
  /** What was planned cannot be planned again: somebody else changed the issues meanwhile. */
  plannedAnew: boolean;
  /** What is not whole in it, a sentence each. */
  gaps: readonly string[];
};

/** @returns why there is nothing to replay, a sentence, where the events are no recording. */
export function toRecording(events: readonly SessionEvent[]): Recording | { unusable: string } {
  const started = events.find((event) => event.type === 'session-started');
  if (!started) return { unusable: 'Its events do not say what it was about.' };
  if (events.filter((event) => event.type === 'session-started').length > 1)
    return { unusable: 'It was resumed: sessions of several parts cannot be replayed yet.' };
  if (started.withheld)
    return { unusable: 'Its details were withheld, as everybody can read the repository: there is nothing to replay.' };
  const gaps: string[] = [];
  const answers = <Answer>(what: RecordedKind, schema: z.ZodType<Answer>) =>
    readAnswers(events, { what, schema, gaps });
  const scope = answers('scope', kinds.scope).at(-1)?.answer;
  if (!scope)
    return { unusable: 'Its events hold no recording: sessions that scan are recorded, from this version on.' };
  const known = byAbout(answers('known', kinds.known));
  const found = Map.groupBy(answers('check-finding', kinds['check-finding']), ({ about }) => about);
  const runsOf = Map.groupBy(answers('command', kinds.command), ({ about }) => about);
  return {
    started,
    scope,
    known: [...known.values()],
    before: [...new Map([...known, ...byAbout(answers('before', kinds.before))]).values()],
    issues: [...byAbout(answers('issue', kinds.issue)).values()],
    adoptable: [...byAbout(answers('adoptable', kinds.issue)).values()],
    requested: answers('requested', kinds.requested).at(-1)?.answer ?? [],
    points: byAbout(answers('points', kinds.points)),
    checks: answers('check', kinds.check).flatMap(
      ({ about, answer }) =>
        toCheckOutcome(
          answer,
          (found.get(about) ?? []).map((one) => one.answer),
        ) ?? [],
    ),
    renames: answers('renames', kinds.renames).at(-1)?.answer,
    commands: new Map([...runsOf].map(([about, runs]) => [about, runs.map(({ answer }) => answer)])),
    judge: answers('judge', kinds.judge).at(-1)?.answer,
    runs: toRuns(events),
    applied: answers('applied', kinds.applied).at(-1)?.answer,
    planned: events.filter((event) => event.type === 'planned'),
    plannedAnew: answers('planned-anew', kinds['planned-anew']).length > 0,
    gaps,
  };
}

type Given<Answer> = { about: string; answer: Answer };

function readAnswers<Answer>(
  events: readonly SessionEvent[],
  { what, schema, gaps }: { what: RecordedKind; schema: z.ZodType<Answer>; gaps: string[] },
): Given<Answer>[] {
  const all = events.flatMap((event) => (event.type === 'recorded' && event.what === what ? [event] : []));
  const read = all.flatMap(({ about, answer }): Given<Answer>[] => {
    const parsed = schema.safeParse(answer);
    return parsed.success ? [{ about, answer: parsed.data }] : [];
  });
  const lost = all.length - read.length;
  if (lost > 0)
    gaps.push(`${count(lost, 'recorded answer')} (${what}) could not be read, or had been too large to keep.`);
  return read;
}

function byAbout<Answer>(given: readonly Given<Answer>[]): Map<string, Answer> {
  return new Map(given.map(({ about, answer }) => [about, answer]));
}

/** Each run begins with its start; what scans did side by side is told apart by their names. */
function toRuns(events: readonly SessionEvent[]): RecordedRun[] {
  const runs: (RecordedRun & { handedOver: EventOf<'handed-over'>[] })[] = [];
  for (const event of events) {
    const { scan } = event;
    if (scan === undefined) continue;
    if (event.type === 'agent-started') runs.push({ scan, started: event, handedOver: [], ended: undefined });
    const run = runs.findLast((one) => one.scan === scan);
    if (event.type === 'handed-over') run?.handedOver.push(event);
    if (event.type === 'agent-ended' && run) run.ended = event;
  }
  return runs;
}
