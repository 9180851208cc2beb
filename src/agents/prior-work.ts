import { oneLine, truncate } from '../lib/text.ts';
import type { PriorWork } from './agent.ts';
import type { Fence } from './fence.ts';

const mostFindings = 200;
const mostQuestions = 50;
const textLimit = 8000;

/** What is left of a session whose transcript is gone, for the one that goes on in its place. */
export function renderPriorWork({ findings, finalText, questions }: PriorWork, fence: Fence): string {
  const reported = findings.slice(0, mostFindings).map(({ title, path }) => {
    return truncate(path === undefined ? oneLine(title) : `${oneLine(title)} (${oneLine(path)})`, 240);
  });
  const asked = questions.slice(0, mostQuestions).map(renderQuestion);
  const parts = [
    'An earlier part of this session worked on this task already. Its transcript is gone; what follows is left of it. Do not report again what it reported, and examine what it had not examined.',
    reported.length > 0
      ? fence.around('findings that it reported', reported.join('\n'))
      : 'It had reported no finding.',
    asked.length > 0
      ? fence.around('its questions, and answers of people who may decide them', asked.join('\n\n'))
      : '',
    finalText.trim() ? fence.around('its last words', truncate(finalText, textLimit)) : '',
  ];
  return parts.filter(Boolean).join('\n\n');
}

function renderQuestion({ question, answer, from }: PriorWork['questions'][number]): string {
  const said =
    answer === undefined
      ? 'No answer yet.'
      : `Answer${from ? ` from ${oneLine(from)}` : ''}: ${truncate(answer, 2000)}`;
  return `${truncate(oneLine(question), 1000)}\n${said}`;
}
