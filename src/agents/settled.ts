import { count } from '../lib/text.ts';
import type { Fence } from './fence.ts';
import { fitLines } from './fit-lines.ts';

/**
 * What people said to assumptions and questions of earlier sessions, and what those learned. Each list begins with what matters most; whoever
 * makes them keeps them within bounds, as nothing is cut here. `corrected`: the text is the person's.
 */
export type Settled = {
  assumptions: readonly {
    id: string;
    text: string;
    state: 'approved' | 'corrected' | 'declined';
    /** Why it was declined. */
    reason?: string;
    /** Why it may not hold any more. */
    remark?: string;
    contradictedBy?: Against;
  }[];
  answers: readonly { id: string; question: string; answer: string; contradictedBy?: Against }[];
  learnings: readonly { text: string }[];
  /** Findings that people do not want to hear of, and why. */
  ignored?: readonly { id: string; title: string; reason: string }[];
  /** How much more there is that had no room. */
  left?: number;
};

/** What says otherwise, of people or of agents. */
type Against = readonly { id: string; text: string }[];

// More than whoever chooses gives: nothing is ever cut, and no prompt grows without bounds.
const roomOfPart = 20_000;

type Assumed = Settled['assumptions'][number];

/** What is settled, for the notes of a session. Its words are of people and of earlier agents: data, like all that others wrote. */
export function renderSettled(
  { assumptions, answers, learnings, ignored = [], left = 0 }: Settled,
  fence: Fence,
): string {
  const sound = assumptions.filter(({ contradictedBy }) => contradictedBy === undefined);
  const held = sound.filter(({ state }) => state !== 'declined');
  const parts = [
    part(
      'These assumptions hold: people approved them, or put them right. Do not ask about them again.',
      { label: 'approved assumptions', lines: held.filter(({ remark }) => remark === undefined).map(lineOf) },
      fence,
    ),
    part(
      'These were approved, and the code that they rest on has changed since: look whether they still hold before you rely on them.',
      { label: 'assumptions to look at again', lines: held.filter(({ remark }) => remark !== undefined).map(lineOf) },
      fence,
    ),
    part(
      'These were declined: do not assume any of them, nor what amounts to it.',
      { label: 'declined assumptions', lines: sound.filter(({ state }) => state === 'declined').map(lineOf) },
      fence,
    ),
    part(
      'These questions were answered. Do not ask them again.',
      { label: 'answers', lines: answers.filter(({ contradictedBy }) => contradictedBy === undefined).map(tellAnswer) },
      fence,
    ),
    part(
      'These contradict each other, or what an agent found. People are asked which holds: rely on none of them until they said it.',
      { label: 'contradictions', lines: [...assumptions.flatMap(tellAssumed), ...answers.flatMap(tellAnswered)] },
      fence,
    ),
    part(
      'People ignore these findings, each for the reason that is given. Do not report them again.',
      {
        label: 'ignored findings',
        lines: ignored.map(({ id, title, reason }) => `${id}: ${title}\nReason: ${reason}`),
      },
      fence,
    ),
    part(
      'People approved these notes on earlier findings. Take them as guidance on what to report; none of them changes a severity.',
      { label: 'learnings', lines: learnings.map(({ text }) => text) },
      fence,
    ),
    left > 0 ? `${count(left, 'more thing')} that ${left === 1 ? 'is' : 'are'} settled had no room here.` : '',
  ].filter((text) => text !== '');
  return parts.length > 0 ? ['## What is settled', ...parts].join('\n\n') : '';
}

function tellAnswer({ id, question, answer }: Settled['answers'][number]): string {
  return `${id}: ${question}\nAnswer: ${answer}`;
}

function tellAnswered(answer: Settled['answers'][number]): string[] {
  return answer.contradictedBy ? [against(tellAnswer(answer), answer.contradictedBy)] : [];
}

function tellAssumed({ id, state, ...assumed }: Assumed): string[] {
  const { contradictedBy } = assumed;
  return contradictedBy ? [against(lineOf({ ...assumed, state, id: `${id} (${state})` }), contradictedBy)] : [];
}

function against(line: string, others: Against): string {
  return [line, ...others.map(({ id, text }) => `Contradicted by ${id}: ${text}`)].join('\n');
}

function lineOf({ id, text, reason, remark }: Assumed): string {
  const more = [
    reason === undefined ? [] : `Reason: ${reason}`,
    remark === undefined ? [] : `Since then: ${remark}`,
  ].flat();
  return [`${id}: ${text}`, ...more].join('\n');
}

/** Texts of several lines stay as they were worded, set in below their mark. */
function part(intro: string, { label, lines }: { label: string; lines: readonly string[] }, fence: Fence): string {
  if (lines.length === 0) return '';
  const { kept, left } = fitLines(
    lines.map((line) => `- ${line.replaceAll(/\r?\n/g, '\n  ')}`),
    roomOfPart,
  );
  const more = left > 0 ? `\n\n${left} more are not listed here.` : '';
  return `${intro}\n\n${fence.around(label, kept.join('\n'))}${more}`;
}
