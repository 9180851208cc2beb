import { ExternalError } from '../../lib/errors.ts';
import { oneLine, truncate } from '../../lib/text.ts';
import type { ExecResult } from '../../sandboxes/sandbox.ts';

export type GuestOutput = Omit<ExecResult, 'durationMs'>;

/**
 * What the script inside said about a command: on each stream, between two marks, the beginning, where the middle was cut how many bytes of
 * it, and the end. The marks carry the command's id, as the start-up files of a template may say something first.
 */
export function understandOutput(said: { exitCode: number; stdout: string; stderr: string }, id: string): GuestOutput {
  const out = partOf(said.stdout, id);
  const err = partOf(said.stderr, id);
  if (!out || !err) {
    const reason = truncate(oneLine(said.stderr), 200) || `its script ended with ${said.exitCode}`;
    throw new ExternalError(`The E2B sandbox lost a command: ${reason}`, {
      hint: 'Something ended it from the inside, often because memory ran out: give the sandbox more (memory-mb).',
    });
  }
  const late = out.how === 'late';
  return {
    exitCode: late ? 137 : out.code,
    stdout: out.text,
    stderr: err.text,
    timedOut: late,
    truncated: out.cut || err.cut,
  };
}

const mark = '\u001e';

function partOf(text: string, id: string): { text: string; cut: boolean; code: number; how: string } | undefined {
  const opening = `${mark}${id} begin${mark}`;
  const from = text.indexOf(opening);
  const to = text.lastIndexOf(`${mark}${id} end `);
  if (from === -1 || to < from) return undefined;
  const [code = '', how = ''] = text
    .slice(to + id.length + 6)
    .replace(mark, '')
    .trim()
    .split(' ');
  const body = text.slice(from + opening.length, to);
  const [first = '', bytes, last = ''] = body.split(new RegExp(`${mark}${id} cut (\\d+)${mark}`));
  const whole = bytes === undefined;
  return { text: whole ? first : join(first, Number(bytes), last), cut: !whole, code: Number(code), how };
}

/** Where the cut went through a character, its halves arrive as U+FFFD. */
function join(first: string, bytes: number, last: string): string {
  return `${first.replace(/\ufffd{1,3}$/, '')}\n[… ${bytes} bytes left out …]\n${last.replace(/^\ufffd{1,3}/, '')}`;
}
