import { count } from '../lib/text.ts';
import { titleOfScan } from '../sessions/answer-settings.ts';
import type { EventBody } from '../sessions/session-event.ts';
import { costText, timeText, tokensText } from './measures.ts';
import { fitStart, toPlain, toPlainLine } from './plain-text.ts';

const most = { lines: 40, columns: 240 } as const;

/**
 * One event as lines for people who watch: a terminal, a step's log. What an agent or a command said stands behind a bar, so that no line of
 * it is the first thing in its line; there are no control characters, and long texts are cut and counted.
 *
 * @returns nothing for events that only machines need
 */
export function renderEventLines(event: EventBody): string[] {
  switch (event.type) {
    case 'message':
      return quoted(event.text);
    case 'thinking':
      return event.text === undefined ? [] : ['(thinking)', ...quoted(event.text)];
    case 'tool-use':
      return [`> ${plain(event.tool)}`, ...quoted(inputText(event.input))];
    case 'tool-result':
      return [`< ${event.ok ? 'ok' : 'refused'}, ${timeText(event.durationMs)}`, ...quoted(event.output)];
    case 'model-call':
      return [callText(event)];
    case 'retry':
      return [`Attempt ${event.attempt} failed${event.reason ? `: ${plain(event.reason)}` : '.'}`];
    case 'notice':
      return event.text === undefined ? [] : [`Note: ${plain(event.text)}`];
    case 'heard':
      return [`${plain(event.from)} wrote to the session.`, ...quoted(event.text)];
    case 'check':
      return [checkText(event)];
    case 'agent-started':
      return [`${plain(event.tool)} with ${plain(event.model)}: at most ${count(event.maxIterations, 'iteration')}`];
    case 'agent-ended':
      return [
        `The agent ended: ${[event.ending, event.stopReason, event.reason]
          .filter((text) => text !== undefined)
          .map(plain)
          .join(', ')}`,
      ];
    case 'planned':
      return [
        `planned: ${[event.kind, event.finding, numberText(event.number), event.reason]
          .filter(Boolean)
          .map((text) => plain(text ?? ''))
          .join(' ')}`,
      ];
    case 'wrote':
      return [`wrote: ${plain(event.action)} ${plain(event.target)} (${plain(event.actor)})`];
    case 'session-started':
    case 'session-ended':
    case 'iteration':
    case 'handed-over':
    case 'recorded':
      return [];
  }
}

/** `scan security · iteration 3 of 40`. */
export function renderIteration(
  { iteration, of }: { iteration: number; of: number },
  scan: string | undefined,
): string {
  return [
    ...(scan === undefined ? [] : [plain(titleOfScan(scan)).replace(/^\w/, (first) => first.toLowerCase())]),
    `iteration ${iteration} of ${of}`,
  ].join(' · ');
}

function plain(text: string): string {
  return fitStart(toPlainLine(text), most.columns);
}

function quoted(text: string | undefined): string[] {
  if (text === undefined) return [];
  const lines = toPlain(text).replace(/\n+$/, '').split('\n');
  if (lines.length === 1 && lines[0] === '') return [];
  const shown = lines.slice(0, most.lines).map((line) => `  | ${fitStart(line, most.columns)}`);
  const left = lines.length - shown.length;
  return left > 0 ? [...shown, `  | … ${count(left, 'more line')}`] : shown;
}

function inputText(input: unknown): string | undefined {
  if (input === undefined) return undefined;
  const command = typeof input === 'object' && input !== null && 'command' in input ? input.command : undefined;
  return typeof command === 'string' ? command : JSON.stringify(input, null, 1);
}

function callText({ usage, cacheShare, costUsd }: Extract<EventBody, { type: 'model-call' }>): string {
  const parts = [
    tokensText({ usage }) ?? 'no tokens',
    `${Math.floor(cacheShare * 100)} % of the input from the cache`,
    costUsd === undefined ? 'price not known' : costText(costUsd),
  ];
  return `tokens: ${parts.join(', ')}`;
}

function checkText({ check, state, findings, reason, durationMs }: Extract<EventBody, { type: 'check' }>): string {
  const came = state === 'findings' && findings !== undefined ? count(findings, 'finding') : state;
  return `check ${plain(check)}: ${came}${reason ? ` (${plain(reason)})` : ''}, ${timeText(durationMs)}`;
}

function numberText(number: number | undefined): string | undefined {
  return number === undefined ? undefined : `#${number}`;
}
