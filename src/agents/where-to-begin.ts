import type { NextFile, NextFiles } from '../coverage/choose-next.ts';
import { count, oneLine } from '../lib/text.ts';
import type { Fence } from './fence.ts';

/**
 * What was never looked at, or changed since: the part of the notes by which a repository is read whole over time. Absent where nobody knows.
 */
export function renderWhereToBegin(next: NextFiles | undefined, fence: Fence): string {
  if (!next) return '';
  const { changed, unseen, left, open, files } = next;
  if (open.size === 0)
    return '## Where to begin\n\nEarlier sessions have looked at every file as it is now: begin where the task leads you.';
  const parts = [
    '## Where to begin',
    `Of ${count(files, 'file')} in scope, ${open.size} were not looked at whole, as they are now, by any session of this scan. Begin with those that are listed here, the first ones first, as far as the task asks for it: read each from its first line to its last before you go on to the next. Then go wherever the task leads you. A number is the file's lines; a range is what nobody has looked at yet. What commands print counts as looked at.`,
    changed.length > 0 && `Changed since they were last looked at:\n\n${fence.around('changed files', list(changed))}`,
    unseen.length > 0 && `Never looked at:\n\n${fence.around('files', list(unseen))}`,
    left > 0 && `${count(left, 'more file')} will be listed in later sessions.`,
  ];
  return parts.filter((part) => part !== false).join('\n\n');
}

/** Files of one folder that follow each other share a line's head. */
function list(files: readonly NextFile[]): string {
  const lines: string[] = [];
  let folder: string | undefined;
  for (const { path, lines: length, ranges } of files) {
    const cut = path.lastIndexOf('/') + 1;
    if (path.slice(0, cut) !== folder) {
      folder = path.slice(0, cut);
      lines.push(folder === '' ? './' : oneLine(folder));
    }
    const missing = ranges ? `, lines ${ranges.map(([from, to]) => `${from}-${to}`).join(' ')}` : '';
    lines.push(`  ${oneLine(path.slice(cut))} (${length}${missing})`);
  }
  return lines.join('\n');
}
