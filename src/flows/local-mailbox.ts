import { mailFile, parseMail } from '../sessions/mail.ts';
import type { Mailbox, Output } from './ports.ts';

const mostBytes = 10_000_000;

/** Letters that other processes of this machine left in the session's folder. */
export function createFolderMailbox(folder: Pick<Output, 'read'>): Mailbox {
  const read = new Set<string>();
  return {
    async read() {
      const letters = parseMail((await folder.read(mailFile, { maxBytes: mostBytes })) ?? '');
      const fresh = letters.filter(({ id }) => !read.has(id));
      for (const { id } of fresh) read.add(id);
      return fresh;
    },
  };
}

/**
 * The mailbox of a session that goes on, opened while it rests. Nobody takes a letter out, and who rests is sent none: a stop that lies there
 * stopped an earlier part, and does not stop this one; words that reached no agent then do count.
 * @param heard ids of what agents were told, as far as that is known.
 */
export async function openAgain(mailbox: Mailbox, heard: ReadonlySet<string> = new Set()): Promise<Mailbox> {
  const words = (await mailbox.read()).filter(({ kind, id }) => kind === 'tell' && !heard.has(id));
  return { read: async () => [...words.splice(0), ...(await mailbox.read())] };
}
