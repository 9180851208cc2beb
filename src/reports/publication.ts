import type { MarkdownGate } from './report.ts';

/** What a summary says besides the report: why the session is not whole, what a person should know, what would be written. */
export function renderPublication(
  { reasons, notes, plan }: { reasons: readonly string[]; notes: readonly string[]; plan: string | undefined },
  gate: MarkdownGate,
): string {
  const lines = [...new Set([...reasons, ...notes])].map((text) => `- ${gate.inline(text)}`);
  const remarks = lines.length > 0 ? `\n### Remarks\n\n${lines.join('\n')}\n` : '';
  return `${remarks}${plan === undefined ? '' : `\n### Issues\n\n${plan}\n`}`;
}
