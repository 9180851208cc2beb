import { authorise, type Standing, whyVoid } from '../commands/authorise.ts';
import type { CommentSnapshot } from '../commands/comment.ts';
import { parseCommands } from '../commands/parse-commands.ts';
import type { Configuration } from '../config/schema.ts';
import type { Letter } from '../ledger/mail-record.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Gate } from '../publishing/gate.ts';
import { lateAnswers } from '../sessions/late-answers.ts';
import type { Mail } from '../sessions/mail.ts';
import type { Session } from '../sessions/session.ts';
import { lookUp } from './follow-command.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import type { Mailbox, Ports } from './ports.ts';
import { identityOf } from './record-session.ts';

const everyMs = 5000;

export type LedgerMailboxRequest = {
  session: Pick<Session, 'id' | 'startedAt' | 'resumedAt' | 'questions' | 'answers'>;
  branch: string;
  remote: RemoteRepository;
  permissions: Configuration['permissions'];
  /** Ids of what the session's agents were told before it rested; `undefined` where nobody knows any more. */
  heard: ReadonlySet<string> | undefined;
};

/**
 * What people want of a session that a workflow runs. Whoever handles their comments (the app, or a step) leaves a letter in the ledger, once,
 * which points at the comment; here the ledger's branch is looked at every few seconds, and the words are read where they stand, if they are
 * still those and still by somebody who may. Answers to the session's questions that come while it works are on its panel's record.
 */
export function createLedgerMailbox(
  { session, branch, remote, permissions, heard }: LedgerMailboxRequest,
  { github, clock, log, gate }: Pick<Ports, 'clock' | 'log'> & { github: GitHub; gate: Gate },
): Mailbox {
  const began = session.resumedAt.at(-1) ?? session.startedAt;
  const done = new Set<string>(heard);
  let waiting: Mail[] = [];
  let known: string | undefined;
  let asked = Number.NEGATIVE_INFINITY;
  let isAsking = false;

  // What stopped an earlier part does not stop this one; what was said then and never reached an agent does count.
  const isMeant = (letter: Letter) =>
    letter.session === session.id &&
    !done.has(idOf(letter)) &&
    (letter.at >= began || (letter.kind === 'tell' && heard !== undefined));

  async function look(): Promise<void> {
    if ((await github.headOf(branch)) === known) return;
    const ledger = await readLedger(await github.ledger(branch).read(), identityOf(remote));
    const { letters } = await ledger.readMail();
    for (const letter of letters.filter(isMeant)) {
      const opened = await open(letter, { remote, permissions, github });
      done.add(idOf(letter));
      if ('mail' in opened) waiting.push(opened.mail);
      else log.warn(`What ${gate.logLine(letter.by)} wrote to the session does not count: ${gate.logLine(opened.why)}`);
    }
    const panel = await ledger.readPanel(session.id);
    const late = (panel ? lateAnswers(session, panel) : []).filter((mail) => !done.has(mail.id));
    for (const mail of late) done.add(mail.id);
    waiting.push(...late);
    known = ledger.snapshot.revision;
  }

  return {
    async read() {
      const now = clock.now();
      if (!isAsking && now - asked >= everyMs) {
        [isAsking, asked] = [true, now];
        try {
          await look();
        } finally {
          isAsking = false;
        }
      }
      const mail = waiting;
      waiting = [];
      return mail;
    },
  };
}

type Opened = { mail: Mail } | { why: string };

/** Reads the words where they stand, if they are still what was admitted. */
async function open(
  letter: Letter,
  { github, ...rules }: Pick<LedgerMailboxRequest, 'remote' | 'permissions'> & { github: GitHub },
): Promise<Opened> {
  const { by, comment: id, index, digest, kind, at } = letter;
  const comment = await github.comments.read(id);
  const voided = whyVoid({ comment: id, by, digest }, { comment });
  if (voided !== undefined || !comment) return { why: voided ?? '' };
  const why = whyNot(kind, comment, { ...rules, standing: await lookUp(by, { github }) });
  if (why !== undefined) return { why };
  const parsed = parseCommands(comment.body)[index];
  if (!parsed || !('command' in parsed) || parsed.command.verb !== kind) return { why: 'There is no such command.' };
  const text = parsed.command.verb === 'tell' ? parsed.command.text : '';
  return { mail: { id: idOf(letter), at, from: by, kind, text } };
}

function whyNot(
  verb: Letter['kind'],
  comment: CommentSnapshot,
  { remote, ...rules }: Pick<LedgerMailboxRequest, 'remote' | 'permissions'> & { standing: Standing },
): string | undefined {
  // Its words are those that were admitted: that GitHub calls it edited since changes nothing.
  const asking = { ...comment, updatedAt: comment.createdAt };
  // These commands work everywhere.
  const verdict = authorise({ verb, comment: asking, place: 'issue', visibility: remote.visibility, ...rules });
  if (verdict.kind === 'allowed') return undefined;
  return verdict.kind === 'refused' ? `${verdict.why}.` : 'They may not ask for anything here.';
}

function idOf({ comment, index }: Letter): string {
  return `comment ${comment}/${index}`;
}
