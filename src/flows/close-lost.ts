import { extractFindings } from '../findings/extract/extract-findings.ts';
import type { RejectedCandidate } from '../findings/finding.ts';
import type { Proposed } from '../memory/apply-proposals.ts';
import type { Gate } from '../publishing/gate.ts';
import { extractQuestions } from '../questions/extract-questions.ts';
import { extractProposals } from '../questions/proposal.ts';
import type { Assumption, Question } from '../questions/question.ts';
import { cleanDiscovery } from '../sessions/clean-discovery.ts';
import { closeSession, type Lost } from '../sessions/close-session.ts';
import { numberQuestions } from '../sessions/number-questions.ts';
import { scanOfPart } from '../sessions/part-name.ts';
import type { Session } from '../sessions/session.ts';
import { readTraces } from '../sessions/traces.ts';
import { releaseLost } from './claim-run.ts';
import type { Ports, Reported } from './ports.ts';
import type { Prepared } from './prepare-scan.ts';
import { type Claim, raiseFindings, toClaims } from './raise-findings.ts';
import { recordSession } from './record-session.ts';
import { createTextReader } from './text-reader.ts';
import { proposedBy } from './verify-proposals.ts';

export type LostRequest = Pick<Prepared, 'settings' | 'remote'> &
  Pick<Lost, 'ending' | 'why'> & {
    session: Session;
    ledgerKey: string | undefined;
    /** What somebody took out of its sandboxes already. */
    reported?: readonly Reported[];
  };

/**
 * Closes the record of a session that could not end itself. Its sandboxes are ended; what its agents had reported there, or in the session's
 * folder where that is on this machine, goes through the same proof as any claim and on record in the same commit. No issue is touched: the
 * next session files what it finds in the ledger.
 */
export async function closeLost(request: LostRequest, ports: Ports & { gate: Gate }): Promise<Session> {
  const { session, ending, why, settings, remote, ledgerKey } = request;
  ports.log.warn(ports.gate.logLine(`Session ${session.id} did not end by itself: ${why}`));
  const found = await collect(request, ports);
  const readText = createTextReader(ports.repository);
  const parts = found.scans.map((scan) => toPart(scan, session));
  // Of several copies, the fullest.
  const proven = await proposedBy(
    parts.toSorted((a, b) => b.salvaged - a.salvaged),
    readText,
  );
  const { raised, rejected } = await raiseFindings(
    parts.flatMap(({ claims }) => claims),
    { readText, findScopes: ports.findScopes, clean: ports.gate.plain },
  );
  const closed = closeSession(session, {
    ending,
    why,
    scans: parts.map(({ salvaged, ...part }) => ({ scan: part.scan, iterations: part.iterations, salvaged })),
    ...(session.answering ? { of: handedBack } : {}),
    ...numberQuestions(parts, session),
    rejected: [...parts.flatMap((part) => part.rejected), ...rejected, ...proven.rejected],
    costUsd: found.costUsd,
    at: ports.clock.now(),
  });
  const discovery = cleanDiscovery(
    {
      version: 1,
      session: closed,
      raised,
      ...proven.told,
      ...{ determined: [], verdicts: [], covered: [], renames: [], gone: [], judged: [], reconciles: true },
      ...(remote ? { repositoryId: remote.id, visibility: remote.visibility } : {}),
    },
    ports.gate.plain,
  );
  const recorded = await recordSession({ discovery, settings, remote, ledgerKey, reportsOnly: false }, ports);
  // What works on an issue holds it: the next run must not wait for this one.
  const { ledgerBranch } = settings;
  const outcome = ending === 'stopped' ? 'stopped' : 'failed';
  await releaseLost(session, { outcome, why }, { ...ports, ledgerBranch, repositoryId: remote?.id });
  return recorded.session;
}

type FoundScan = { scan: string; iterations: number; issues: Uint8Array | string; questions: Uint8Array | string };

const largestEvents = 200_000_000;
const handedBack = { one: 'proposal or withdrawal', many: 'proposals and withdrawals' };

/** A sandbox holds what its agent reported last; the events of the session, what all of its scans did. */
async function collect(
  { session, reported = [] }: LostRequest,
  ports: Pick<Ports, 'salvage' | 'sessionFolder' | 'log'>,
): Promise<{ scans: FoundScan[]; costUsd: number | undefined }> {
  const left = [...reported, ...(await ports.salvage(session.id))];
  const text = await ports.sessionFolder(session.id).read('events.ndjson', { maxBytes: largestEvents });
  const { scans: traced, costUsd } = readTraces(text ?? '', session.id);
  const scans = traced.map(({ scan, iterations, files }) => ({
    ...{ scan, iterations, issues: files['issues.json'], questions: files['questions.json'] },
  }));
  const current = scans.at(-1);
  const name = current?.scan ?? session.configuration?.scans[0]?.name ?? 'scan';
  const salvaged = left.map((files) => ({
    ...{ scan: name, iterations: current?.iterations ?? 0 },
    ...{ issues: files['issues.json'] ?? '', questions: files['questions.json'] ?? '' },
  }));
  return { scans: salvaged.length > 0 ? [...scans.slice(0, -1), ...salvaged] : scans, costUsd };
}

type Part = {
  scan: string;
  iterations: number;
  claims: readonly Claim[];
  rejected: readonly RejectedCandidate[];
  questions: readonly Question[];
  assumptions: readonly Assumption[];
  /** How much of what its agent had handed over there is. */
  salvaged: number;
  proposed?: Proposed;
};

// Where both kinds of sandboxes keep the repository: an agent may name its files by it.
const workspace = '/home/user/repo';

function toPart({ scan, iterations, issues, questions }: FoundScan, { answering }: Session): Part {
  if (answering) return toProposals({ scan, iterations, questions }, answering);
  const name = scanOfPart(scan);
  const { claims, rejected } = toClaims(extractFindings(issues), { kind: 'agent', name }, workspace);
  const asked = extractQuestions(questions);
  return {
    scan,
    iterations,
    claims,
    rejected,
    questions: asked.questions,
    assumptions: asked.assumptions,
    salvaged: claims.length,
  };
}

/** What an answering agent proposed: bound to the texts that it was told of, as its session's record has them. */
function toProposals(
  { scan, iterations, questions }: Omit<FoundScan, 'issues'>,
  { session, seen = {} }: NonNullable<Session['answering']>,
): Part {
  const { outcome: _, ...found } = extractProposals(questions);
  const nothing = { claims: [], rejected: [], questions: [], assumptions: [] };
  const salvaged = found.proposals.length + found.withdrawals.length;
  return { scan, iterations, ...nothing, salvaged, proposed: { session, seen, ...found } };
}
