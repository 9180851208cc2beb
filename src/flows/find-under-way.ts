import type { Ledger, Spend } from '../ledger/ledger.ts';
import { isoTime } from '../lib/clock.ts';
import { ExternalError } from '../lib/errors.ts';
import { isUnderWay } from '../sessions/phases.ts';
import { type Runner, Session } from '../sessions/session.ts';
import type { GitHub } from './github-ports.ts';
import type { Ports } from './ports.ts';

export type UnderWay = {
  /** Sessions that somebody is at work on, as far as anybody can tell. */
  alive: readonly Session[];
  /** Sessions whose machine is gone, with the reason (a sentence). */
  dead: readonly { session: Session; why: string }[];
  /** What the sessions of this month cost or reserved. */
  spent: readonly Spend[];
};

/**
 * The sessions that began and have not ended. Whoever reserved money and has not settled it is one of them, so that no record of the past has
 * to be read; of the month before, too, as a session may last beyond it.
 */
export async function findUnderWay(
  ledger: Ledger,
  ports: Pick<Ports, 'github' | 'processes' | 'clock'>,
): Promise<UnderWay> {
  const now = ports.clock.now();
  const { found, here } = await readUnderWay(ledger, now);
  const judged = await Promise.all(
    found.map(async (session) => ({ session, why: await whyDead(session, now, ports) })),
  );
  return {
    alive: judged.flatMap(({ session, why }) => (why === undefined ? [session] : [])),
    dead: judged.flatMap(({ session, why }) => (why === undefined ? [] : [{ session, why }])),
    spent: [...here.values()],
  };
}

async function readUnderWay(ledger: Ledger, now: number) {
  const month = isoTime(now).slice(0, 7);
  const [here, before] = await Promise.all([ledger.readSpend(month), ledger.readSpend(previous(month))]);
  const open = [...before, ...here].filter(([, { settled }]) => !settled).map(([id]) => id);
  const read = await Promise.all(open.map((id) => ledger.readSession(id, Session)));
  const found = read.flatMap((one) => (one && 'session' in one && isUnderWay(one.session.phase) ? [one.session] : []));
  return { found, here };
}

/** The answering session that is at work on a session, as far as the ledger alone can tell. */
export async function findAnswering(session: string, ledger: Ledger, now: number): Promise<Session | undefined> {
  const { found } = await readUnderWay(ledger, now);
  return found.find(({ answering, deadline }) => answering?.session === session && !(now > Date.parse(deadline ?? '')));
}

function previous(month: string): string {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return isoTime(Date.UTC(year, number - 2, 1)).slice(0, 7);
}

type DeathPorts = Pick<Ports, 'processes'> & { github: Pick<GitHub, 'workflows'> | undefined };

/** Why a session that has not ended never will by itself (a sentence); `undefined` while somebody may be at work on it. */
export async function whyDead(
  { deadline, runner, startedAt }: Session,
  now: number,
  ports: DeathPorts,
): Promise<string | undefined> {
  if (runner && (await isOver(runner, ports))) return 'The job or process that worked on it ended without a word.';
  // Without one a day has to do: no session may take longer.
  const last = deadline ? Date.parse(deadline) : Date.parse(startedAt) + day;
  return now > last ? 'Its time was over, and it had not ended.' : undefined;
}

const day = 86_400_000;

/** False also where nobody can tell: then its deadline decides. */
async function isOver(runner: Runner, { github, processes }: DeathPorts): Promise<boolean> {
  if (runner.kind === 'process') return processes.isAlive(runner) === false;
  return isRunOver(runner, github);
}

/** Whether a run of a workflow, in this try of it, has ended. False also where GitHub does not tell. */
export async function isRunOver(
  { run: id, attempt }: { run: number; attempt: number },
  github: Pick<GitHub, 'workflows'> | undefined,
): Promise<boolean> {
  try {
    const run = await github?.workflows.readRun(id);
    return run !== undefined && (run.status === 'completed' || run.attempt > attempt);
  } catch (error) {
    if (error instanceof ExternalError) return false;
    throw error;
  }
}
