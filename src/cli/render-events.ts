import { oneLine, truncate } from '../lib/text.ts';
import { costText, timeText } from '../reports/measures.ts';
import { toPlainLine } from '../reports/plain-text.ts';
import type { SessionEvent } from '../sessions/session-event.ts';

const longestInput = 100;
/** What belongs to a turn stands below it. */
const indents: ReadonlySet<SessionEvent['type']> = new Set(['tool-result', 'model-call', 'retry', 'notice', 'heard']);

/**
 * What happened in a session, a line each, for a terminal: turns, tools with their time, calls of the model with their cost, writes. Texts
 * are untrusted and are cleaned here.
 */
export function renderEvents(events: readonly SessionEvent[]): string[] {
  const uses = new Map(events.flatMap((event) => (event.type === 'tool-use' ? [[event.id, event] as const] : [])));
  const severals = new Set(events.flatMap(({ scan }) => scan ?? [])).size > 1;
  return events.flatMap((event) => {
    const text = lineOf(event, (id) => uses.get(id));
    if (text === undefined) return [];
    const whose = severals && event.scan !== undefined ? `${event.scan}: ` : '';
    return [
      `${toPlainLine(event.at.slice(11, 19))}  ${indents.has(event.type) ? '  ' : ''}${toPlainLine(`${whose}${text}`)}`,
    ];
  });
}

type ToolUse = Extract<SessionEvent, { type: 'tool-use' }>;

function lineOf(event: SessionEvent, useOf: (id: string) => ToolUse | undefined): string | undefined {
  switch (event.type) {
    case 'session-started':
      return `begins (Courier ${event.courier})`;
    case 'check':
      return `check ${event.check}: ${event.state}, ${timeText(event.durationMs)}`;
    case 'agent-started':
      return `agent ${event.tool} with ${event.model}, at most ${event.maxIterations} turns and ${costText(event.budgetUsd)}`;
    case 'iteration':
      return `turn ${event.iteration} of ${event.of}`;
    case 'tool-result':
      return `${toolText(useOf(event.id))}: ${event.ok ? 'ok' : 'failed'}, ${timeText(event.durationMs)}`;
    case 'model-call':
      return `model: ${tokensOf(event)}${event.totalUsd === undefined ? '' : `, ${costText(event.totalUsd)} so far`}`;
    case 'retry':
      return `the model failed, tried again after ${timeText(event.waitMs)}`;
    case 'notice':
      return event.text === undefined ? undefined : event.text;
    case 'heard':
      return `heard from ${event.from}`;
    case 'agent-ended':
      return `agent ended: ${event.ending}${event.stopReason === undefined ? '' : ` (${event.stopReason})`}`;
    case 'wrote':
      return `wrote: ${event.action} ${event.target}, on the word of ${event.actor}`;
    case 'session-ended':
      return `ended: ${event.phase}${event.result === undefined ? '' : `, ${event.result}`}`;
    case 'message':
    case 'thinking':
    case 'tool-use':
    case 'handed-over':
    case 'recorded':
    case 'planned':
      return undefined;
  }
}

function toolText(use: ToolUse | undefined): string {
  if (!use) return 'a tool';
  const { input } = use;
  if (typeof input !== 'object' || input === null) return use.tool;
  const [told] = Object.values(input).filter((value) => typeof value === 'string');
  return told === undefined ? use.tool : `${use.tool} ${truncate(oneLine(told), longestInput)}`;
}

function tokensOf({ usage, cacheShare }: Extract<SessionEvent, { type: 'model-call' }>): string {
  const input = usage.inputTokens + usage.cacheReadTokens + usage.cacheWriteTokens;
  return `${input} tokens in (${Math.round(cacheShare * 100)} % from the cache), ${usage.outputTokens} out`;
}
