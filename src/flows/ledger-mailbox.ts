import { roleNeeded, whyVoid } from '../commands/authorise.ts';
import { parseCommands } from '../commands/parse-commands.ts';
import type { Configuration } from '../config/schema.ts';
import { isAtLeast } from '../events/role.ts';
import type { Letter } from '../ledger/mail-record.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import type { Snapshot } from '../ledger/store.ts';
import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Mail } from '../sessions/mail.ts';
import type { GitHub, Mailbox } from './ports.ts';

type MailboxPorts = { github: Pick<GitHub, 'comments' | 'roleOf' | 'ledger'>; clock: Clock; log: Log };

/** How often the ledger is asked: whoever works on a session looks for letters far more often. */
const pollEveryMs = 15_000;

/**
 * Letters that people wrote in comments. The ledger says which comment is one; its words are read where they stand, and count only while they are
 * unchanged and their author may still ask for it.
 * @param since ISO time when this part of the session began: older letters were for an earlier one.
 */
export function createLedgerMailbox(
  {
    session,
    since,
    config,
    repositoryId,
  }: { session: string; since: string; config: Configuration; repositoryId: string },
  ports: MailboxPorts,
): Mailbox {
  const { github, clock, log } = ports;
  const store = github.ledger(config.ledger.branch);
  const seen = new Set<string>();
  let next = clock.now() + pollEveryMs;
  let revision: string | undefined;

  async function findLetters(snapshot: Snapshot): Promise<Letter[]> {
    if (snapshot.revision === revision) return [];
    const { letters } = await (await readLedger(snapshot, { repositoryId })).readMail();
    return letters.filter((letter) => letter.session === session && letter.at >= since && !seen.has(keyOf(letter)));
  }

  return {
    async read() {
      if (clock.now() < next) return [];
      next = clock.now() + pollEveryMs;
      const [mail, handled]: [Mail[], string[]] = [[], []];
      const snapshot = await store.read();
      for (const letter of await findLetters(snapshot)) {
        const opened = await open(letter, config, ports);
        if ('void' in opened) log.warn(`A message to the session was left unheeded: ${opened.void}`);
        else mail.push(opened.mail);
        handled.push(keyOf(letter));
      }
      // Only now: where one could not be read, all are looked at again.
      for (const key of handled) seen.add(key);
      revision = snapshot.revision;
      return mail;
    },
  };
}

function keyOf({ comment, lane, index }: Letter): string {
  return `${lane ?? 'comment'}-${comment}-${index}`;
}

async function open(
  letter: Letter,
  { permissions }: Configuration,
  { github }: MailboxPorts,
): Promise<{ mail: Mail } | { void: string }> {
  const { comment: id, by, digest, index, kind, at } = letter;
  const comment = await github.comments.read(id);
  const why = whyVoid({ comment: id, by, digest }, { comment });
  if (why !== undefined || !comment) return { void: why ?? 'The comment was deleted.' };
  const parsed = parseCommands(comment.body)[index];
  const command = parsed && 'command' in parsed ? parsed.command : undefined;
  if (command?.verb !== kind) return { void: 'The comment does not say so.' };
  if (!isAtLeast(await github.roleOf(by), roleNeeded(kind, permissions)))
    return { void: 'Its author may not ask for it any more.' };
  return { mail: { id: keyOf(letter), at, from: by, kind, text: command.verb === 'tell' ? command.text : '' } };
}
