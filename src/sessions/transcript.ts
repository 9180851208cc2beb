import { type JournalEntry, readJournal, toLine } from '../agents/journal.ts';
import type { TurnBlock } from '../agents/model.ts';
import { openSealed, sealText } from '../ledger/seal.ts';
import { plainJson } from '../publishing/plain-json.ts';
import { cleanConversation } from './clean-conversation.ts';

type Clean = (text: string) => string;

/**
 * How the lines of a session's transcript are kept: without secrets, named after their scan, and sealed where everybody may read the file.
 * @param key seals each line; `undefined`: it is as it is.
 */
export type TranscriptFormat = { session: string; clean: Clean; key: string | undefined };

/** One entry as a line, without its line break. */
export function renderTranscriptLine(scan: string, entry: JournalEntry, format: TranscriptFormat): string {
  const line = JSON.stringify({ agent: scan, ...JSON.parse(toLine(cleanEntry(entry, format.clean))) });
  if (format.key === undefined) return line;
  return JSON.stringify({ sealed: sealText(line, { key: format.key, id: format.session }) });
}

/**
 * What one scan wrote, in its order. A line that a kill tore off was heard by nobody: it is passed over where a later run went on after it.
 * Whatever else cannot be read ends the reading, as what follows was said to somebody who had heard it.
 */
export function readTranscript(
  text: string,
  scan: string,
  { session, key }: Pick<TranscriptFormat, 'session' | 'key'>,
): { entries: JournalEntry[]; leftOut: number } {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const opened = lines.map((line) => open(line, { session, key }));
  const kept = opened.flatMap((line, index) => {
    if (line === undefined) return isTear(opened, index) ? [] : ['-'];
    return line.agent === undefined || line.agent === scan ? [line.text] : [];
  });
  return readJournal(kept.join('\n'));
}

type Opened = { agent: unknown; type: unknown; text: string };

function isTear(lines: readonly (Opened | undefined)[], index: number): boolean {
  const next = lines[index + 1];
  return next === undefined ? index === lines.length - 1 : next.type === 'resumed' || next.type === 'start';
}

function open(line: string, { session, key }: { session: string; key: string | undefined }): Opened | undefined {
  const value = parse(line);
  if (typeof value?.sealed !== 'string') return value && { agent: value.agent, type: value.type, text: line };
  const text = key === undefined ? undefined : openSealed(value.sealed, { key, id: session });
  const inner = text === undefined ? undefined : parse(text);
  return text === undefined || !inner ? undefined : { agent: inner.agent, type: inner.type, text };
}

function parse(line: string): { agent?: unknown; type?: unknown; sealed?: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function cleanEntry(entry: JournalEntry, clean: Clean): JournalEntry {
  const kept = cleanContent(entry, clean);
  if (!('checkpoint' in kept) || !kept.checkpoint) return kept;
  return { ...kept, checkpoint: { ...kept.checkpoint, lastText: clean(kept.checkpoint.lastText) } };
}

function cleanContent(entry: JournalEntry, clean: Clean): JournalEntry {
  switch (entry.type) {
    case 'start': {
      const { system, opening, fence } = entry.prompt;
      return { ...entry, prompt: { system: system.map(clean), opening: clean(opening), fence } };
    }
    case 'said':
      return { ...entry, blocks: entry.blocks.map((block) => ({ ...block, text: clean(block.text) })) };
    case 'turn':
      return { ...entry, content: cleanTurn(entry.content, clean) };
    case 'replaced':
      return { ...entry, messages: entry.messages.map((message) => cleanMessage(message, clean)) };
    case 'handed-over':
      return { ...entry, line: cleanRecord(entry.line, clean) };
    case 'conversation':
      return { ...entry, rows: cleanConversation(entry.rows, clean) };
    case 'ended':
      return entry.reason === undefined ? entry : { ...entry, reason: clean(entry.reason) };
    case 'sent':
    case 'thread':
    case 'spent':
    case 'resumed':
      return entry;
  }
}

type Replaced = Extract<JournalEntry, { type: 'replaced' }>['messages'][number];

function cleanMessage(message: Replaced, clean: Clean): Replaced {
  if (message.role === 'assistant') return { role: 'assistant', content: cleanTurn(message.content, clean) };
  return { role: 'user', content: message.content.map((block) => ({ ...block, text: clean(block.text) })) };
}

/** Thinking is signed: it stays as it is, or goes as a whole where it holds a secret. */
function cleanTurn(content: readonly TurnBlock[], clean: Clean): TurnBlock[] {
  const kept = content.filter((block) => block.type !== 'thinking' || clean(block.text) === block.text);
  return kept.map((block) => cleanBlock(block, clean));
}

function cleanBlock(block: TurnBlock, clean: Clean): TurnBlock {
  switch (block.type) {
    case 'thinking':
    case 'other':
      return block;
    case 'text':
      return { ...block, text: clean(block.text), verbatim: plainJson(block.verbatim, clean) };
    case 'tool-use':
      return { ...block, input: plainJson(block.input, clean), verbatim: plainJson(block.verbatim, clean) };
  }
}

function cleanRecord(record: Readonly<Record<string, unknown>>, clean: Clean): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, plainJson(value, clean)]));
}
