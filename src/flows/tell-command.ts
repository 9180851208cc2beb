import { renderStage, type Stage } from '../commands/render-status.ts';
import { rankOf } from '../commands/status-parts.ts';
import { type Clock, sleepBy } from '../lib/clock.ts';
import { messageOf } from '../lib/errors.ts';
import type { Log } from '../lib/log.ts';
import type { SafeText } from '../publishing/safe-text.ts';
import { type CommandAt, type End, endCommand, findReply, type StatusDesk, writeParts } from './status-comment.ts';

// In milliseconds. Often while a person may still be watching, seldom after that (contract section 3).
const early = 60_000;
const earlyPace = 5_000;
const latePace = 60_000;

/** The run of a workflow that does a command. `url` is shown. */
export type CommandRun = { id: number; attempt: number; url: string | undefined };

export type CommandTeller = {
  /** Shows how far it is, at the contract's pace: what comes in between is told when it is time, the newest only. Never waits, never fails. */
  tell(stage: Stage): void;
  /** Shows what came of it, after which nothing more is told. @throws ExternalError where the ledger could not be written. */
  end(end: Pick<End, 'outcome' | 'say'>): Promise<void>;
};

/**
 * Keeps up the part of a status comment that is about one command, from the job that does it: an edit in five seconds at most during the first
 * minute, one in sixty after.
 */
export function createCommandTeller(
  at: CommandAt,
  run: CommandRun,
  desk: StatusDesk & { clock: Clock; log: Log },
): CommandTeller {
  const { clock, log, gate } = desk;
  const began = clock.now();
  const stopping = Promise.withResolvers<void>();
  let latest: Stage | undefined;
  let isOver = false;
  let told = 0;
  let found: Awaited<ReturnType<typeof findReply>> | undefined;
  let last = Number.NEGATIVE_INFINITY;
  let isTelling = false;
  let writing: Promise<void> = Promise.resolve();

  const pause = () => (clock.now() - began < early ? earlyPace : latePace);

  async function write(text: SafeText): Promise<void> {
    if (found?.reply === undefined) found = await findReply(at, desk);
    const { reply, before } = found;
    told += 1;
    const part = { index: at.index, rank: rankOf.progress({ attempt: before + run.attempt, told }), text };
    if ((await writeParts(at.comment, { reply, parts: [part] }, desk)) === 'gone') isOver = true;
  }

  async function keepTelling(): Promise<void> {
    isTelling = true;
    while (latest && !isOver) {
      const wait = last + pause() - clock.now();
      if (wait > 0) await Promise.race([sleepBy(clock, wait), stopping.promise]);
      if (isOver) break;
      const stage: Stage = latest;
      latest = undefined;
      last = clock.now();
      writing = write(renderStage(stage, { elapsedMs: clock.now() - began, run: run.url, gate })).catch((error) => {
        // What is shown on the way is worth no session; what came of it is told at the end.
        log.debug(`The status comment could not be kept up: ${gate.logLine(messageOf(error))}`);
        last = clock.now() + latePace - pause();
      });
      await writing;
    }
    isTelling = false;
  }

  return {
    tell(stage) {
      if (isOver) return;
      latest = stage;
      if (!isTelling) void keepTelling();
    },
    async end({ outcome, say }) {
      isOver = true;
      stopping.resolve();
      // An edit on its way must not arrive after the last one.
      await writing;
      await endCommand(at, { outcome, say, run: run.id, attempt: run.attempt }, desk);
    },
  };
}
