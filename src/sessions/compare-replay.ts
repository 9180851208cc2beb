import { stableLine } from '../ledger/json.ts';
import { truncate } from '../lib/text.ts';
import type { AppliedSession } from './apply-session.ts';
import type { Discovery } from './discovery.ts';
import type { Recording } from './recording.ts';

/** What a session came to, in the terms in which two of them are compared. */
export type Replayed = {
  discovery: Discovery;
  applied: AppliedSession;
  planned: readonly Planned[];
};
type Planned = { kind: string; finding: string; number?: number | undefined; reason?: string | undefined };

// Of a session's record those fields that follow from what was seen; the others say when and where it ran.
const told = [
  'phase',
  'result',
  'stopReason',
  'reasons',
  'agents',
  'checks',
  'usage',
  'costUsd',
  'rejected',
  'verdicts',
  'questions',
  'assumptions',
] as const;

/** In what a replay differs from the record, a sentence each; none: it came to the same. */
export function compareReplay(
  replayed: Replayed,
  recorded: { discovery: Discovery } & Pick<Recording, 'applied' | 'planned' | 'plannedAnew'>,
): string[] {
  const { raised, session, verdicts, determined, covered, gone, renames, judged } = recorded.discovery;
  const now = replayed.discovery;
  return [
    ...compareLists('finding', keyed(raised, nameOfRaised), keyed(now.raised, nameOfRaised)),
    ...told.flatMap((field) => compareValues(field, tidy(field, session), tidy(field, now.session))),
    ...compareValues('verdicts on known findings', verdicts, now.verdicts),
    ...compareValues('determined checks', determined, now.determined),
    ...compareValues('covered scans', covered, now.covered),
    ...compareValues('files that are gone', gone, now.gone),
    ...compareValues('renames', renames, now.renames),
    ...compareValues('what the judge said', judged, now.judged),
    ...compareApplied(recorded.applied, replayed.applied),
    ...(recorded.plannedAnew ? [] : comparePlanned(recorded.planned.map(toPlanned), replayed.planned)),
  ];
}

/** Of an agent's part what it came to: the tool that drove it now is a replay, and what it looked at and was told is not looked at again. */
function tidy(field: (typeof told)[number], session: Discovery['session']): unknown {
  if (field !== 'agents') return session[field];
  return session.agents.map(({ tool: _, coverage: __, settled: ___, ...agent }) => agent);
}

function compareApplied(recorded: Recording['applied'], applied: AppliedSession): string[] {
  if (!recorded) return [];
  const fresh = recorded.fresh.map(({ id }) => id);
  const known = applied.seen.filter((id) => !applied.fresh.includes(id));
  return [
    ...compareIds('new findings', fresh, applied.fresh),
    ...compareIds('known findings that were seen', recorded.seen, known),
    ...compareIds('resolved findings', recorded.resolved, applied.resolved),
    ...compareIds('reopened findings', recorded.reopened, applied.reopened),
    ...compareIds('ignored findings', recorded.ignored, applied.ignored),
  ];
}

function comparePlanned(recorded: readonly Planned[], now: readonly Planned[]): string[] {
  return compareLists('planned operation', keyed(recorded, nameOfPlanned), keyed(now, nameOfPlanned));
}

function compareIds(what: string, recorded: readonly string[], now: readonly string[]): string[] {
  return compareValues(what, recorded.toSorted(), now.toSorted());
}

function nameOfRaised({ fingerprint, title }: Discovery['raised'][number]): [string, string] {
  return [`${fingerprint} ${title}`, title];
}

function nameOfPlanned({ kind, finding }: Planned): [string, string] {
  return [finding, `${kind} ${finding}`];
}

function toPlanned({ kind, finding, number, reason }: Recording['planned'][number]): Planned {
  return { kind, finding, number, reason };
}

type Keyed = ReadonlyMap<string, { name: string; line: string }>;

function keyed<Item>(items: readonly Item[], keyOf: (item: Item) => [string, string]): Keyed {
  return new Map(
    items.map((item) => {
      const [key, name] = keyOf(item);
      return [key, { name, line: stableLine(item) }];
    }),
  );
}

function compareLists(what: string, recorded: Keyed, now: Keyed): string[] {
  const missing = [...recorded].filter(([key]) => !now.has(key)).map(([, { name }]) => `Missing ${what}: ${name}`);
  const further = [...now].filter(([key]) => !recorded.has(key)).map(([, { name }]) => `Further ${what}: ${name}`);
  const changed = [...now].flatMap(([key, { name, line }]) => {
    const before = recorded.get(key);
    return before && before.line !== line ? [`Other ${what}: ${name}: ${firstDifference(before.line, line)}`] : [];
  });
  return [...missing, ...further, ...changed];
}

function compareValues(what: string, recorded: unknown, now: unknown): string[] {
  const [before, after] = [stableLine(recorded ?? null), stableLine(now ?? null)];
  return before === after ? [] : [`Other ${what}: ${firstDifference(before, after)}`];
}

function firstDifference(before: string, after: string): string {
  let at = 0;
  while (before[at] === after[at] && at < before.length) at += 1;
  const from = Math.max(0, at - 40);
  const part = (text: string) => truncate(text.slice(from).trim(), 120);
  return `recorded ${part(before)}, replayed ${part(after)}`;
}
