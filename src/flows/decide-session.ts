import type { Finding } from '../findings/finding.ts';
import { isToProve } from '../findings/repair.ts';
import { isDoubtful } from '../findings/sight-finding.ts';
import { type AppliedSession, applySession } from '../sessions/apply-session.ts';
import { isConfirmed } from '../sessions/confirmed.ts';
import type { Discovery } from '../sessions/discovery.ts';
import { nameFindings } from '../sessions/name-findings.ts';
import type { Session } from '../sessions/session.ts';
import type { ScanSettings } from '../sessions/settings.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import { createIssueLook, type IssueLook, type Looked } from './look-at-issues.ts';

/** What a session comes to, and the issues that it was decided with; none where it may not plan anything. */
export type DecidedSession = {
  applied: AppliedSession;
  session: Session;
  issues: Looked['issues'];
  /** The findings that it was applied to. */
  before: readonly Finding[];
};

export type SessionDecider = {
  /** The findings after what people did to their issues. */
  look: (known: readonly Finding[]) => Promise<Looked>;
  /** The same, and after what the session saw. */
  decide: (known: readonly Finding[]) => Promise<DecidedSession>;
};

type DecideRequest = {
  discovery: Discovery;
  settings: ScanSettings;
  remote: RemoteRepository | undefined;
  reportsOnly: boolean;
};

/** Decides a session, as often as the ledger moves on. Issues are looked at only where the session may change some. */
export function createDecider(request: DecideRequest, github: GitHub | undefined): SessionDecider {
  const { discovery, settings, remote } = request;
  const common = { ignore: settings.ignore, at: timeOf(discovery), visible: github === undefined };
  const issueLook = lookFor(request, github);
  const look = async (known: readonly Finding[]) =>
    issueLook ? issueLook.at(known) : { findings: known, issues: new Map() };

  async function decide(known: readonly Finding[]): Promise<DecidedSession> {
    const { findings, issues } = await look(known);
    const repaired = await findRepaired(findings, discovery, github);
    const options = { ...common, repaired };
    const first = applySession(findings, discovery, options);
    const compared = await compareClosings(findings, first, { discovery, look: issueLook, remote });
    const applied = compared ? applySession(compared, discovery, options) : first;
    return {
      applied,
      session: nameFindings(withOutcome(discovery.session, applied), applied),
      issues,
      before: compared ?? findings,
    };
  }
  return { look, decide };
}

function lookFor(
  { discovery, settings, remote, reportsOnly }: DecideRequest,
  github: GitHub | undefined,
): IssueLook | undefined {
  const plans = !reportsOnly && discovery.reconciles && settings.publish !== 'none';
  if (!github || !remote || !plans) return undefined;
  return createIssueLook(github, timeOf(discovery));
}

/** The findings whose merged repair is in the commit that was looked at. */
async function findRepaired(
  findings: readonly Finding[],
  { session: { commit }, reconciles }: Discovery,
  github: Pick<GitHub, 'isAhead'> | undefined,
): Promise<ReadonlySet<string>> {
  const due = github && commit !== undefined && reconciles ? findings.filter(isToProve) : [];
  const merges = [...new Set(due.flatMap(({ repair }) => repair?.commit ?? []))].slice(-mostMerges);
  const there = await Promise.all(
    merges.map(async (merge) => merge === commit || (await github?.isAhead(merge, commit ?? '')) === true),
  );
  const held = new Set(merges.filter((_, index) => there[index]));
  return new Set(due.flatMap(({ id, repair }) => (repair && held.has(repair.commit) ? [id] : [])));
}

// Each takes a request; the others are looked at by the next session.
const mostMerges = 20;

function timeOf({ session }: Discovery): string {
  return session.endedAt ?? session.startedAt;
}

/** What people closed is asked about only where it was found again, and by a whole session. @returns `undefined`: nothing to ask. */
async function compareClosings(
  findings: readonly Finding[],
  { findings: after, seen }: AppliedSession,
  { discovery, look, remote }: Pick<DecideRequest, 'discovery' | 'remote'> & { look: IssueLook | undefined },
): Promise<readonly Finding[] | undefined> {
  const { commit, result } = discovery.session;
  if (!look || !remote || commit === undefined || result !== 'complete') return undefined;
  const found = new Set(seen);
  const doubtful = after.filter((finding) => found.has(finding.id) && isDoubtful(finding, commit));
  if (doubtful.length === 0) return undefined;
  return look.compare(
    findings,
    doubtful.map(({ id }) => id),
    { commit, defaultBranch: remote.defaultBranch },
  );
}

/** A session that went on keeps what its earlier parts came to. */
function withOutcome(session: Session, applied: AppliedSession): Session {
  const seen = new Set(applied.seen);
  const raised = union(session.raised, applied.fresh);
  return {
    ...session,
    raised,
    updated: union(session.updated, applied.seen).filter((id) => !raised.includes(id)),
    resolved: union(session.resolved, applied.resolved),
    reopened: union(session.reopened, applied.reopened),
    confirmed: applied.findings.filter((finding) => seen.has(finding.id) && isConfirmed(finding)).length,
  };
}

function union(before: readonly string[], now: readonly string[]): string[] {
  return [...new Set([...before, ...now])];
}
