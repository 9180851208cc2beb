import { updateLedger } from '../ledger/update-ledger.ts';
import { UserError } from '../lib/errors.ts';
import { count } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { isUnderWay } from '../sessions/phases.ts';
import { Session } from '../sessions/session.ts';
import { releaseRun } from './claim-run.ts';
import { type FoundSession, findSession } from './find-session.ts';
import type { Ports } from './ports.ts';
import { identityOf } from './record-session.ts';
import type { Controlled, ControlRequest } from './session-order.ts';
import { tellWhereItRested } from './tell-rest-ended.ts';

type DeleteRequest = Pick<ControlRequest, 'trigger' | 'configPath'> & {
  order: { kind: 'delete'; sessions: readonly string[]; sure: boolean } | { kind: 'delete-all'; sure: boolean };
};

/**
 * Removes records of sessions and their files on this machine, and says what that is, what stays, and where more may be. Nothing is removed
 * without a word that one is sure; a session that is under way is never removed.
 */
export async function deleteSessions(request: DeleteRequest, ports: Ports & { gate: Gate }): Promise<Controlled> {
  const { order } = request;
  const chosen =
    order.kind === 'delete' ? await chooseNamed(order.sessions, request, ports) : await chooseEnded(request, ports);
  const [first] = chosen;
  if (!first) return { done: true, said: ['The ledger holds no session that has ended: nothing was removed.'] };
  const sessions = chosen.map(({ session }) => session);
  const folders = await Promise.all(sessions.map(async ({ id }) => ports.sessionFolder(id).list()));
  const files = folders.flat().length;
  const what = [
    `${count(sessions.length, 'record')} in the ledger: ${namesOf(sessions)}`,
    ...(files > 0 ? [`${count(files, 'file')} of these sessions on this machine (transcript, events, outputs)`] : []),
  ];
  const stays = staysOf(sessions, ports);
  if (!order.sure)
    return {
      done: false,
      said: [
        'This would remove:',
        ...what.map(item),
        'It would leave:',
        ...stays.map(item),
        'Nothing was removed yet: say --yes to do it.',
      ],
    };
  await forget(first, sessions);
  for (const { id } of sessions) await ports.sessionFolder(id).remove();
  for (const found of chosen) await freeIssue(found, ports);
  return { done: true, said: ['Removed:', ...what.map(item), 'Left:', ...stays.map(item)] };
}

const item = (text: string) => `- ${text}`;
const mostNamed = 20;

function namesOf(sessions: readonly Session[]): string {
  const names = sessions.slice(0, mostNamed).map(({ id }) => id);
  const more = sessions.length - names.length;
  return `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function staysOf(sessions: readonly Session[], { github }: Pick<Ports, 'github'>): string[] {
  const kept = sessions.filter(({ artifact }) => artifact?.url !== undefined);
  return [
    'the findings, issues and what was spent',
    ...(github ? ['the history of the ledger branch: git forgets nothing'] : []),
    ...kept
      .slice(0, mostNamed)
      .map(({ artifact }) => `the artifact ${artifact?.name}, until it expires: ${artifact?.url}`),
  ];
}

async function chooseNamed(
  ids: readonly string[],
  request: DeleteRequest,
  ports: Ports & { gate: Gate },
): Promise<FoundSession[]> {
  const found: FoundSession[] = [];
  for (const id of ids) found.push(await findSession(id, request, ports));
  const busy = found.find(({ session }) => isUnderWay(session.phase));
  if (busy)
    throw new UserError(
      `Session ${busy.session.id} is at work (${busy.session.phase}): end it first (courier kill ${busy.session.id}). Nothing was removed.`,
    );
  return [...new Map(found.map((one) => [one.session.id, one])).values()];
}

async function chooseEnded(request: DeleteRequest, ports: Ports & { gate: Gate }): Promise<FoundSession[]> {
  const latest = await findSession('latest', request, ports).catch((error: unknown) => {
    if (error instanceof UserError) return undefined;
    throw error;
  });
  if (!latest) return [];
  const read = await Promise.all(latest.ledger.listSessions().map(({ id }) => latest.ledger.readSession(id, Session)));
  const sessions = read.flatMap((one) => (one && 'session' in one ? [one.session] : []));
  // What rests may still go on.
  return sessions
    .filter(({ phase }) => !isUnderWay(phase) && phase !== 'stopped')
    .map((session) => ({ ...latest, session }));
}

/** A run that waited for answers has its issue no longer. */
async function freeIssue(found: FoundSession, ports: Ports & { gate: Gate }): Promise<void> {
  const { session, store, remote } = found;
  if (session.phase !== 'stopped' || !session.issueRun) return;
  const end = {
    issue: session.issueRun.issue,
    session: session.id,
    outcome: 'stopped',
    why: 'It was deleted.',
  } as const;
  await releaseRun(end, { store, repositoryId: remote?.id });
  await tellWhereItRested(found, ports);
}

async function forget({ store, remote }: FoundSession, sessions: readonly Session[]): Promise<void> {
  const ids = new Set(sessions.map(({ id }) => id));
  await updateLedger(
    store,
    `${count(sessions.length, 'session')} removed`,
    async (ledger) => {
      for (const { id } of sessions) {
        const found = await ledger.readSession(id, Session);
        if (found && 'session' in found && isUnderWay(found.session.phase))
          throw new UserError(`Session ${id} went on meanwhile: nothing was removed.`);
      }
      return { forgotten: ledger.listSessions().filter(({ id }) => ids.has(id)) };
    },
    identityOf(remote),
  );
}
