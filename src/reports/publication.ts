import type { MarkdownGate } from './report.ts';

/** What a summary says besides the report: what a person should know about publishing, and what would be written. */
export function renderPublication(
  { notes, plan }: { notes: readonly string[]; plan: string | undefined },
  gate: Pick<MarkdownGate, 'inline'>,
): string {
  const remarks =
    notes.length > 0 ? `\n### Remarks\n\n${notes.map((note) => `- ${gate.inline(note)}`).join('\n')}\n` : '';
  return `${remarks}${plan === undefined ? '' : `\n### Issues\n\n${plan}\n`}`;
}
