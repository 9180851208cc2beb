import type { Finding } from '../findings/finding.ts';
import { baseLabel } from '../findings/labels.ts';
import { isSameLease, type Lease, newLease } from '../ledger/lease.ts';
import type { AuditEntry, Ledger, LedgerChanges } from '../ledger/ledger.ts';
import type { Store } from '../ledger/store.ts';
import { updateLedger } from '../ledger/update-ledger.ts';
import { type Clock, isoTime, sleepBy } from '../lib/clock.ts';
import { ExternalError } from '../lib/errors.ts';
import type { Issues } from './github-ports.ts';
import type { Ports } from './ports.ts';

/** Somebody else took over: nothing may be created any more. */
export class LeaseLostError extends ExternalError {
  override name = 'LeaseLostError';
}

// In milliseconds. A holder that creates something does so within `fresh` of the last thing that others could see of it; they wait so much
// longer that the request has arrived by then.
const fresh = 3000;
const patience = 8000;
const look = 1000;
/** A lease that nobody renewed for so long is a dead one's, without watching. */
const longDead = 600_000;
const hour = 3_600_000;

type Place = { store: Store; session: string; identity: { repositoryId?: string } };

export type HeldLease = {
  /** As the ledger had them when the lease was taken. */
  findings: readonly Finding[];
  /** Times (ms) of what was created lately, by whomever. */
  recent: readonly number[];
  /** Nobody wrote to the ledger between `revision` and this, and nobody died while writing to the issues. */
  undisturbed: boolean;
  /** Makes sure that the lease is still ours before something is created. @throws LeaseLostError */
  ready(): Promise<void>;
  /** One commit that also says that the holder lives; `release`: the last one. @returns false where somebody else took over. */
  commit(message: string, decide: (ledger: Ledger) => LedgerChanges, options?: { release: boolean }): Promise<boolean>;
};

/**
 * Waits until nobody else writes to the issues. Who gives no sign of life for a while (neither in the ledger nor by an issue) is taken for
 * dead.
 *
 * @param revision of the ledger, as far as the caller knows it.
 * @returns `undefined` when that would last beyond the deadline.
 */
export async function takeLease(
  place: Wanted,
  { clock, log, issues }: Pick<Ports, 'clock' | 'log'> & { issues: Issues },
): Promise<HeldLease | undefined> {
  const mine = newLease(place.session, isoTime(clock.now()));
  let dead: Lease | undefined;
  let watched = { sign: '', since: 0 };
  for (;;) {
    const taken = await tryTake(place, { mine, dead, clock });
    if (!('busy' in taken)) return taken;
    const { busy } = taken;
    if (watched.sign === '') log.info(`Session ${busy.session} is writing to the issues: waiting for its end`);
    const sign = `${busy.holder} ${busy.renewed} ${await issues.newestChange(baseLabel)}`;
    if (sign !== watched.sign) watched = { sign, since: clock.now() };
    if (clock.now() - watched.since >= patience) dead = busy;
    else if (clock.now() + look > place.deadline) return undefined;
    else await sleepBy(clock, look);
  }
}

type Wanted = Place & { revision: string | undefined; deadline: number };
type Trying = { mine: Lease; dead: Lease | undefined; clock: Clock };

async function tryTake(place: Wanted, trying: Trying): Promise<HeldLease | { busy: Lease }> {
  const { mine, clock } = trying;
  const began = clock.now();
  const { decided } = await updateLedger(
    place.store,
    `session ${place.session}: writes issues`,
    (ledger) => claim(ledger, trying),
    place.identity,
  );
  if ('busy' in decided) return { busy: decided.busy };
  const { ledger, there, made } = decided;
  return {
    ...holdLease(place, { lease: mine, began, clock }),
    findings: ledger.findings,
    recent: createdSince(made, clock.now() - hour),
    undisturbed: there === undefined && ledger.snapshot.revision === place.revision,
  };
}

type Claimed = { there: Lease | undefined; ledger: Ledger; made: readonly AuditEntry[]; lease: Lease };

async function claim(ledger: Ledger, { mine, dead, clock }: Trying): Promise<{ busy: Lease; audit: [] } | Claimed> {
  const now = clock.now();
  const [there, made] = await Promise.all([ledger.readLease(), ledger.readAudit(isoTime(now))]);
  const isDead = there && (isSameLease(there, dead) || now - Date.parse(there.at) > longDead);
  if (there && !isDead) return { busy: there, audit: [] };
  return { there, ledger, made, lease: mine };
}

function createdSince(audit: readonly AuditEntry[], time: number): number[] {
  const creating = new Set(['create-issue', 'comment-issue', 'create-advisory']);
  const times = audit.filter(({ action }) => creating.has(action)).map(({ at }) => Date.parse(at));
  return times.filter((at) => at > time);
}

function holdLease(
  { store, session, identity }: Place,
  { lease: taken, began, clock }: { lease: Lease; began: number } & Pick<Ports, 'clock'>,
): Pick<HeldLease, 'ready' | 'commit'> {
  let lease = taken;
  let shown = began;
  const commit: HeldLease['commit'] = async (message, decide, { release } = { release: false }) => {
    const at = clock.now();
    const next = { ...lease, at: isoTime(at), renewed: lease.renewed + 1 };
    const { decided } = await updateLedger(
      store,
      `session ${session}: ${message}`,
      async (ledger) => {
        const ours = isSameLease(lease, await ledger.readLease());
        return { ours, ...decide(ledger), ...(ours ? { lease: release ? null : next } : {}) };
      },
      identity,
    );
    lease = next;
    shown = at;
    return decided.ours;
  };
  return {
    commit,
    ready: async () => {
      const stale = clock.now() - shown > fresh;
      if (stale && !(await commit('still writes issues', () => ({}))))
        throw new LeaseLostError(
          'Another session took over writing to the issues, as this one had given no sign of life.',
        );
      // The request that follows is the next sign.
      shown = clock.now();
    },
  };
}
