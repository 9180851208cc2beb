import type { Configuration } from '../config/schema.ts';
import { permalink, placeText } from '../findings/permalink.ts';
import type { Ledger, LedgerChanges } from '../ledger/ledger.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import type { AssumptionRecord } from '../memory/assumption.ts';
import { keyOf } from '../memory/assumptions-file.ts';
import { withAssumptions } from '../memory/memory.ts';
import type { FileView } from '../memory/render-assumptions-file.ts';
import type { Gate } from '../publishing/gate.ts';
import { putAssumptions } from '../sessions/put-assumptions.ts';
import { Session } from '../sessions/session.ts';
import { auditLine } from './audit-line.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import type { Ports } from './ports.ts';
import { identityOf } from './record-session.ts';

export type PullGitHub = Pick<GitHub, 'branches' | 'pullRequests' | 'readFile' | 'self' | 'roleOf' | 'comments'>;

export type PullPlace = {
  github: PullGitHub;
  store: Store;
  remote: RemoteRepository;
  gate: Gate;
  clock: Ports['clock'];
  permissions: Configuration['permissions'];
};

/** The assumptions that may stand in the repository, and where the code is that they rest on. */
export type Showable = { records: readonly AssumptionRecord[]; placeOf: FileView['placeOf'] };

/**
 * Everybody who can read the repository reads the file, so that on a public one it holds nothing that may tell of a security finding: neither what
 * is about one, nor what comes from a scan that raised one, nor what nobody can tell about any more.
 */
export async function readShowable({ store, remote }: Pick<PullPlace, 'store' | 'remote'>): Promise<Showable> {
  const ledger = await readLedger(await store.read(), identityOf(remote));
  const memory = await ledger.readMemory();
  const { assumptions } = memory;
  const sessions = await readSessions(assumptions, ledger);
  const { findings } = ledger;
  const told = () =>
    [...sessions.values()].flatMap((session) => putAssumptions(session, { memory, findings }, remote.visibility).told);
  const serverUrl = remote.url.slice(0, -remote.name.length - 1);
  return {
    records: remote.visibility === 'public' ? told() : assumptions,
    placeOf: (id, evidence) =>
      permalink(evidence, { serverUrl, repository: remote.name, commit: sessions.get(id)?.commit }) ??
      placeText(evidence),
  };
}

async function readSessions(records: readonly AssumptionRecord[], ledger: Ledger): Promise<Map<string, Session>> {
  const ids = [...new Set(records.map(({ session }) => session))];
  const read = await Promise.all(ids.map((id) => ledger.readSession(id, Session)));
  return new Map(read.flatMap((found) => (found && 'session' in found ? [[found.session.id, found.session]] : [])));
}

/** Says in the ledger which assumptions are reviewed in a pull request, and which are not any more. */
export async function markReviewed(
  number: number,
  {
    put = [],
    release = () => false,
    by,
  }: { put?: readonly AssumptionRecord[]; release?: (record: AssumptionRecord) => boolean; by: string },
  { store, remote, clock }: PullPlace,
): Promise<void> {
  const keys = new Set(put.map(keyOf));
  await updateLedger(
    store,
    `pull request #${number}: assumptions`,
    async (ledger): Promise<LedgerChanges> => {
      const memory = await ledger.readMemory();
      const records = memory.assumptions.flatMap((record) => {
        if (keys.has(keyOf(record))) return record.pullRequest === number ? [] : [{ ...record, pullRequest: number }];
        return record.pullRequest === number && release(record) ? [released(record)] : [];
      });
      if (records.length === 0) return {};
      const audit = [
        auditLine({ action: 'review-assumptions', target: `#${number}` }, { session: 'assumptions', actor: by }, clock),
      ];
      return { memory: withAssumptions(memory, records), audit };
    },
    identityOf(remote),
  );
}

function released({ pullRequest: _, ...record }: AssumptionRecord): AssumptionRecord {
  return record;
}
