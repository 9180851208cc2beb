import { truncate } from '../lib/text.ts';
import type { PatchChange } from './patch.ts';

const around = 3;
const longest = { file: 12_000, lines: 20_000 } as const;

/**
 * A patch as text for an agent to read, a document for each file: one hunk from the first line that differs to the last, which may hold lines that
 * are the same. Not for a program to apply.
 *
 * @param room characters for all of them: what is beyond it is named only.
 */
export function describePatch(changes: readonly PatchChange[], room: number): { label: string; text: string }[] {
  const documents: { label: string; text: string }[] = [];
  const left: string[] = [];
  let used = 0;
  for (const change of changes) {
    const text = truncate(describeChange(change), longest.file, '\n[… cut here; the rest is in the file]');
    if (used + text.length > room) left.push(`${change.change} ${change.path}`);
    else documents.push({ label: `${change.change} ${change.path}`, text });
    used += text.length;
  }
  return left.length > 0 ? [...documents, { label: 'also in the change', text: left.join('\n') }] : documents;
}

function describeChange(change: PatchChange): string {
  if (change.change === 'deleted') return 'The file is gone.';
  const mode = change.mode === 'file' ? '' : `mode: ${change.mode}\n`;
  if (change.change === 'added') return `${mode}${hunk('', decode(change.data))}`;
  const moved = change.before.mode === change.mode ? '' : `mode: ${change.before.mode} before, ${change.mode} now\n`;
  return `${moved}${hunk(decode(change.before.data), decode(change.data))}`;
}

function hunk(before: string, after: string): string {
  const [old, now] = [toLines(before), toLines(after)];
  const shared = Math.min(old.length, now.length);
  let start = 0;
  while (start < shared && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < shared - start && old[old.length - 1 - end] === now[now.length - 1 - end]) end += 1;
  const from = Math.max(0, start - around);
  const head = now.slice(from, start).map((line) => ` ${line}`);
  const removed = old.slice(start, old.length - end).map((line) => `-${line}`);
  const added = now.slice(start, now.length - end).map((line) => `+${line}`);
  const tail = now.slice(now.length - end, now.length - end + around).map((line) => ` ${line}`);
  const place = `@@ line ${start + 1} @@`;
  return [place, ...head, ...removed, ...added, ...tail].slice(0, longest.lines).join('\n');
}

function toLines(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}

function decode(data: Uint8Array): string {
  return new TextDecoder().decode(data);
}
