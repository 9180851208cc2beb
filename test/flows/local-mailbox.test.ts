import { expect, it } from 'vitest';
import { createFolderMailbox, openAgain } from '../../src/flows/local-mailbox.ts';
import { type Mail, renderMail } from '../../src/sessions/mail.ts';

/** A session's folder, in which letters only come to lie. */
function aFolder() {
  const lines: string[] = [];
  return {
    put(id: string, kind: Mail['kind']): void {
      lines.push(renderMail({ id, at: '2026-11-01T03:00:00Z', from: 'wanda', kind, text: id }));
    },
    read: async () => lines.map((line) => `${line}\n`).join(''),
  };
}
const idsOf = async (mailbox: { read: () => Promise<readonly Mail[]> }) => (await mailbox.read()).map(({ id }) => id);

it('gives each letter once, in the order in which they came', async () => {
  const folder = aFolder();
  folder.put('one', 'tell');
  folder.put('two', 'stop');
  const mailbox = createFolderMailbox(folder);
  expect(await idsOf(mailbox)).toEqual(['one', 'two']);
  folder.put('three', 'kill');
  expect([await idsOf(mailbox), await idsOf(mailbox)]).toEqual([['three'], []]);
});

it('gives a session that goes on the words that nobody heard, and no stop but those that come from then on', async () => {
  const folder = aFolder();
  folder.put('heard', 'tell');
  folder.put('unheard', 'tell');
  folder.put('the stop of before', 'stop');
  const mailbox = await openAgain(createFolderMailbox(folder), new Set(['heard']));
  // In the same second as those of before, perhaps.
  folder.put('another stop', 'stop');
  expect([await idsOf(mailbox), await idsOf(mailbox)]).toEqual([['unheard', 'another stop'], []]);
});
