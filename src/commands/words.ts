import { oneLine } from '../lib/text.ts';

/** Why a command's arguments mean nothing: the rest of a sentence that begins with its usage. */
export type Misuse = { misused: string };

/** The longest text of one argument; a person's line is shorter, and what is pasted belongs into the issue. */
const longest = 4000;

/** The first word and what follows it. */
export function takeWord(text: string): { word: string; rest: string } {
  const [, word = '', rest = ''] = /^(\S*)\s*(.*)$/s.exec(text.trim()) ?? [];
  return { word, rest };
}

/** Free text on one line, without control characters; `undefined` for nothing. */
export function toText(text: string): string | undefined {
  const line = oneLine(text.replace(/\p{Cc}/gu, ' '))
    .slice(0, longest)
    .toWellFormed();
  return line === '' ? undefined : line;
}

/** `F-` and eight characters, as the ledger writes it; `undefined` for any other word. */
export function toFindingId(word: string): string | undefined {
  const id = word.toLowerCase().replace(/^f-/, 'F-');
  return /^F-[0-9a-hjkmnp-tv-z]{8}$/.test(id) ? id : undefined;
}

export function toSessionId(word: string): string | undefined {
  const id = word.toLowerCase().replace(/^s/, 'S');
  return /^S\d{8}-\d{6}-[0-9a-z]{4}$/.test(id) ? id : undefined;
}

/** A finding's id at the beginning, if there is one. What only looks like one is no other word. */
export function takeFinding(text: string): { finding?: string; rest: string } | Misuse {
  const { word, rest } = takeWord(text);
  const finding = toFindingId(word);
  if (finding !== undefined) return { finding, rest };
  if (/^f-/i.test(word)) return { misused: 'an id of a finding is `F-` and eight letters and digits' };
  return { rest: text.trim() };
}

/** A session's id at the beginning, if there is one. */
export function takeSession(text: string): { session?: string; rest: string } | Misuse {
  const { word, rest } = takeWord(text);
  const session = toSessionId(word);
  if (session !== undefined) return { session, rest };
  if (/^s\d{8}-/i.test(word)) return { misused: 'an id of a session looks like `S20261121-181500-ab3d`' };
  return { rest: text.trim() };
}

/** `text` that begins with one of the names, apart from what follows; a name is matched without case and belongs to the configuration. */
export function takeName(text: string | undefined, names: readonly string[]): { name?: string; text?: string } {
  if (text === undefined) return {};
  const { word, rest } = takeWord(text);
  const name = names.find((each) => each.toLowerCase() === word.toLowerCase());
  if (name === undefined) return { text };
  return rest === '' ? { name } : { name, text: rest };
}
