import type { Finding } from '../findings/finding.ts';
import type { Gate } from '../publishing/gate.ts';
import { plainJson } from '../publishing/plain-json.ts';
import { renderSarif, type SarifLog, toJsonText } from '../reports/sarif.ts';
import { withholdFromSession } from '../sessions/audience.ts';
import type { Session } from '../sessions/session.ts';
import { buildReport } from './build-report.ts';
import type { Disclosure, RemoteRepository } from './github-ports.ts';
import type { Ports } from './ports.ts';
import type { TellMeans } from './tell-privately.ts';

/** Not that of `report.sarif`, which a workflow may upload itself: one would take the place of the other. */
export const alertsCategory = 'courier/security/';

type Wanted = {
  disclosure: Disclosure;
  remote: RemoteRepository;
  session: Session;
  readText: (path: string) => Promise<string | undefined>;
};

/** An upload of these findings and of nothing else, at the session's commit of the default branch. */
export function createUpload(
  { disclosure, remote, session, readText }: Wanted,
  ports: Pick<Ports, 'repository' | 'clock'> & { gate: Gate },
): TellMeans['upload'] {
  return async (findings) => {
    const { commit } = session;
    if (commit === undefined) return { taken: false, ids: new Set() };
    const { report, lineHash } = await buildReport(toReportRequest(findings, { session, remote }), readText, ports);
    const log = renderSarif(report, lineHash, { category: alertsCategory });
    const sarif = toJsonText(plainJson(log, ports.gate.plain));
    const ref = `refs/heads/${remote.defaultBranch}`;
    const answer = await disclosure.uploadSarif({ commit, ref, sarif });
    return { taken: answer === 'taken', ids: idsIn(log) };
  };
}

/** What is known is whole, whatever became of the session that uploads it: GitHub takes no upload of an execution that failed. */
function toReportRequest(findings: readonly Finding[], { session, remote }: Pick<Wanted, 'session' | 'remote'>) {
  const bare = withholdFromSession(session, remote.visibility);
  return {
    session: { ...bare, result: 'complete' as const, reasons: [], agents: [], checks: [] },
    findings,
    counts: { new: 0, known: 0, resolved: 0, reopened: 0, held: 0 },
    checks: [],
    withheld: 0,
    remote,
  };
}

function idsIn({ runs: [{ results }] }: SarifLog): Set<string> {
  return new Set(results.flatMap(({ partialFingerprints }) => partialFingerprints['courierFindingId/v1'] ?? []));
}
