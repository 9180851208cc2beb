import type { AgentTask, RunContext, SettledBefore } from '../agents/agent.ts';
import { categories } from '../findings/category.ts';
import type { Finding } from '../findings/finding.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { isWithheld } from '../ledger/withhold.ts';
import { isoTime } from '../lib/clock.ts';
import { createMatcher } from '../lib/glob.ts';
import { chooseContext, type Gaze, type Known } from '../memory/choose-context.ts';
import { findKindred, findSettled, type Kindred, type Settling, tellSettling } from '../memory/find-settled.ts';
import { rulesAbout, rulesOf } from '../memory/rules.ts';
import type { EarlierScan } from '../sessions/restored.ts';
import type { AgentRecord } from '../sessions/session.ts';
import type { AgentScan } from '../sessions/settings.ts';
import type { Ports } from './ports.ts';

/** What the ledger knows to be settled, for whoever starts an agent: `chooseContext` says what of it a prompt gets. */
export async function readKnown(ledger: Pick<Ledger, 'readMemory' | 'readLearnings' | 'findings'>): Promise<Known> {
  const [memory, learned] = await Promise.all([ledger.readMemory(), ledger.readLearnings()]);
  const ignored = ledger.findings.filter((finding) => finding.state === 'ignored' && !isWithheld(finding));
  return { memory, learnings: learned.learnings, rules: rulesOf(learned), ignored };
}

/** What its agent is told of it, and the names of that for the record. A transcript goes on with the prompt that it began with. */
export async function settledFor(
  scan: AgentScan,
  { memory, known, earlier }: { memory?: Known | undefined; known: readonly Finding[]; earlier: EarlierScan },
  { repository, clock }: Pick<Ports, 'repository' | 'clock'>,
): Promise<{ task: Pick<AgentTask, 'settled'>; told: Pick<AgentRecord, 'settled'> }> {
  const files = memory ? await repository.files() : [];
  const context = memory && chooseContext(memory, gazeOf(scan, { files, known }), { at: isoTime(clock.now()) });
  const before = earlier.state === 'goes-on' ? earlier.scan : undefined;
  const ids = before ? before.settled : context?.ids;
  return {
    task: context ? { settled: context.settled } : {},
    told: ids && ids.length > 0 ? { settled: [...ids] } : {},
  };
}

/** The rules of the configuration and those that people gave, as far as they are about what the scan looks at. */
export function rulesFor(
  scan: AgentScan,
  {
    configured,
    memory,
    files,
  }: { configured: AgentTask['rules']; memory: Known | undefined; files: readonly string[] },
): AgentTask['rules'] {
  const given = (memory?.rules ?? []).map(({ paths, text }) => ({ paths, text }));
  return rulesAbout([...configured, ...given], filesOf(scan, files));
}

function filesOf({ paths, part }: AgentScan, files: readonly string[]): readonly string[] {
  return part ? files.filter((path) => part.files.has(path)) : files.filter(createMatcher(paths));
}

/**
 * What answers a question that its agent asks, in the moment that it asks. What only may be the same question is brought up once: where the agent
 * asks all the same, it means another.
 */
export function settledAnswerFor(
  { name, paths, part }: AgentScan,
  { memory }: { memory?: Known | undefined },
  { clock }: Pick<Ports, 'clock'>,
): RunContext['settledAnswer'] {
  if (!memory) return undefined;
  const origin = { scan: part?.of.name ?? name, paths: part?.of.paths ?? paths };
  const broughtUp = new Set<string>();
  return ({ question, options }) => {
    const [asked, where] = [
      { question, options: [...options] },
      { origin, at: isoTime(clock.now()) },
    ];
    const settling = findSettled(asked, memory.memory, where);
    if (settling) return toSettled(settling);
    const kindred = findKindred(asked, memory.memory, where);
    if (!kindred || broughtUp.has(kindred.ref)) return undefined;
    broughtUp.add(kindred.ref);
    return toSettled(kindred);
  };
}

function toSettled(settling: Settling | Kindred): SettledBefore {
  const { ref, answer } = settling;
  return { ref, answer, told: tellSettling(settling), ...('asked' in settling ? { kindred: settling.asked } : {}) };
}

/** What a scan's agent looks at. A scan that is named after a matter is about it, and about what it found before. */
function gazeOf(
  scanned: AgentScan,
  { files, known }: { files: readonly string[]; known: readonly Pick<Finding, 'category' | 'origin'>[] },
): Gaze {
  const scan = scanned.part?.of.name ?? scanned.name;
  const seen = filesOf(scanned, files);
  const matter = categories.find((category) => category === scan);
  const found = known.filter(({ origin }) => origin.kind === 'agent' && origin.name === scan);
  const about = matter && [...new Set([matter, ...found.map(({ category }) => category)])];
  return { files: seen, scan, ...(about ? { categories: about } : {}) };
}
