import { distinguish } from '../findings/distinguish.ts';
import type { RaisedFinding } from '../findings/finding.ts';
import { mergeParts } from '../findings/merge-parts.ts';
import { sha256 } from '../lib/hash.ts';
import { isWhole } from './agent-part.ts';
import type { Discovery } from './discovery.ts';
import { mergeJobs } from './merge-jobs.ts';
import { mergeLooks } from './merge-looks.ts';
import type { SplitMark } from './split.ts';

type Part = Discovery & { split: SplitMark };

/**
 * What the jobs of a split session saw, as the one session that they are: the same whatever order they come in. A job that is missing makes
 * it partial. Each of these files is anybody's text, as that of a session in one job is.
 *
 * @returns why they are not put together (a sentence) where they are not of one session, commit and plan.
 */
export function mergeSplit(given: readonly Discovery[]): Discovery | { refused: string } {
  const [only] = given;
  if (only && given.length === 1 && !only.split) return only;
  const newest = newestOfEach(given.filter((one): one is Part => one.split !== undefined));
  const refused = given.some(({ split }) => !split)
    ? 'It holds several sessions, and not all of them are parts of one.'
    : brokenSplit(newest);
  const [first] = newest;
  if (refused !== undefined || !first) return { refused: refused ?? 'It holds no session.' };
  return merge(newest, first);
}

function merge(parts: readonly Part[], first: Part): Discovery {
  const missing = Array.from({ length: first.split.of }, (_, index) => index + 1).filter(
    (number) => !parts.some(({ split }) => split.number === number),
  );
  const session = mergeJobs(parts, missing);
  const raised = mergeRaised(parts.map((part) => part.raised));
  const titles = new Map(raised.map(({ fingerprint, title }) => [fingerprint, title]));
  const whole = missing.length === 0 ? session.agents.filter(isWhole).map(({ scan }) => scan) : [];
  const scans = first.session.configuration?.scans ?? [];
  const { split: _, coverage: __, ...rest } = first;
  const coverage = mergeLooks(parts);
  const held = parts.find(({ reconciles }) => !reconciles);
  return {
    ...rest,
    session: { ...session, id: idOf(parts, first) },
    raised,
    determined: parts.flatMap(({ determined }) => determined),
    verdicts: unique(parts.flatMap(({ verdicts }) => verdicts)),
    covered: scans.flatMap(({ name, paths }) => (whole.includes(name) ? [{ scan: name, paths: [...paths] }] : [])),
    renames: unique(parts.flatMap(({ renames }) => renames)),
    gone: unique(parts.flatMap(({ gone }) => gone)).toSorted(),
    judged: parts.flatMap((part) => part.judged.filter(({ fingerprint }) => keptItsName(fingerprint, part, titles))),
    ...(coverage ? { coverage } : {}),
    reconciles: held === undefined,
    ...(held?.reconcilesNot === undefined ? {} : { reconcilesNot: held.reconcilesNot }),
  };
}

/** A job that was run again takes the place of what it had left before. */
function newestOfEach(parts: readonly Part[]): Part[] {
  const byNumber = Map.groupBy(parts, ({ split }) => split.number);
  return [...byNumber.values()]
    .flatMap((same) => {
      const newest = Math.max(...same.map(attemptOf));
      return same.filter((part) => attemptOf(part) === newest);
    })
    .toSorted((a, b) => a.split.number - b.split.number);
}

function brokenSplit(parts: readonly Part[]): string | undefined {
  const [first] = parts;
  if (!first) return undefined;
  const twice = parts.find(({ split }, index) => parts[index + 1]?.split.number === split.number);
  if (twice) return `Job ${twice.split.number} of ${twice.split.of} is there twice.`;
  const facts = {
    session: ({ session }: Part) => session.id,
    commit: ({ session }: Part) => session.commit,
    plan: ({ split }: Part) => `${split.plan} ${split.of}`,
    'workflow run': ({ session: { runner } }: Part) => (runner?.kind === 'workflow' ? runner.run : undefined),
  };
  for (const [what, factOf] of Object.entries(facts)) {
    const other = parts.find((part) => factOf(part) !== factOf(first));
    if (other) return `Jobs ${first.split.number} and ${other.split.number} are not of the same ${what}.`;
  }
  const beyond = parts.find(({ split }) => split.number > split.of);
  return beyond && `There is a job ${beyond.split.number} of ${beyond.split.of}.`;
}

function attemptOf({ session: { runner } }: Discovery): number {
  return runner?.kind === 'workflow' ? runner.attempt : 1;
}

/** What was recorded never changes: jobs that were run again make another session of it. */
function idOf(parts: readonly Part[], { session: { id } }: Part): string {
  const attempt = Math.max(...parts.map(attemptOf));
  return attempt === 1 ? id : `${id.slice(0, -4)}${sha256(`${id} ${attempt}`).slice(0, 4)}`;
}

/**
 * A problem that several jobs found is one. Fingerprints are numbered anew, as each job numbered its own; what is withheld cannot be compared
 * and is the same only where its fingerprint is.
 */
function mergeRaised(parts: readonly (readonly RaisedFinding[])[]): RaisedFinding[] {
  const told = parts.map((raised) => raised.filter((one) => !isWithheld(one)).map(withoutNumber));
  const withheld = new Map(parts.flat().flatMap((one) => (isWithheld(one) ? [[one.fingerprint, one]] : [])));
  return [...distinguish(mergeParts(told)), ...withheld.values()];
}

function isWithheld({ description, evidence, location }: RaisedFinding): boolean {
  return description === '' && evidence.length === 0 && location === undefined;
}

function withoutNumber(finding: RaisedFinding): RaisedFinding {
  return { ...finding, fingerprint: finding.fingerprint.replace(/#\d+$/, '') };
}

function keptItsName(fingerprint: string, { raised }: Part, titles: ReadonlyMap<string, string>): boolean {
  const title = raised.find((one) => one.fingerprint === fingerprint)?.title;
  return title !== undefined && titles.get(fingerprint) === title;
}

function unique<Value>(values: readonly Value[]): Value[] {
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}
