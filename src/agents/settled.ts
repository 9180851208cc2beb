import { oneLine, truncate } from '../lib/text.ts';
import type { Fence } from './fence.ts';
import { fitLines } from './fit-lines.ts';

/**
 * What people said to assumptions and questions of earlier sessions, and what those learned. Each list begins with what matters most.
 * `corrected`: the text is the person's.
 */
export type Settled = {
  assumptions: readonly { id: string; text: string; state: 'approved' | 'corrected' | 'declined' }[];
  answers: readonly { question: string; answer: string }[];
  learnings: readonly { text: string }[];
};

const roomOfPart = 8000;
const longest = 600;

/** What is settled, for the notes of a session. Its words are of people and of earlier agents: data, like all that others wrote. */
export function renderSettled({ assumptions, answers, learnings }: Settled, fence: Fence): string {
  const held = assumptions.filter(({ state }) => state !== 'declined').map(({ id, text }) => `${id}: ${text}`);
  const declined = assumptions.filter(({ state }) => state === 'declined').map(({ id, text }) => `${id}: ${text}`);
  const parts = [
    part(
      'These assumptions hold: people approved them, or put them right. Do not ask about them again.',
      { label: 'approved assumptions', lines: held },
      fence,
    ),
    part(
      'These were declined: do not assume any of them, nor what amounts to it.',
      { label: 'declined assumptions', lines: declined },
      fence,
    ),
    part(
      'These questions were answered.',
      { label: 'answers', lines: answers.map(({ question, answer }) => `${question} ${answer}`) },
      fence,
    ),
    part('Earlier sessions noted:', { label: 'learnings', lines: learnings.map(({ text }) => text) }, fence),
  ].filter((text) => text !== '');
  return parts.length > 0 ? ['## What is settled', ...parts].join('\n\n') : '';
}

function part(intro: string, { label, lines }: { label: string; lines: readonly string[] }, fence: Fence): string {
  if (lines.length === 0) return '';
  const { kept, left } = fitLines(
    lines.map((line) => truncate(oneLine(line), longest)),
    roomOfPart,
  );
  const more = left > 0 ? `\n\n${left} more are not listed here.` : '';
  return `${intro}\n\n${fence.around(label, kept.map((line) => `- ${line}`).join('\n'))}${more}`;
}
