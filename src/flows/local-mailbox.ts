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
