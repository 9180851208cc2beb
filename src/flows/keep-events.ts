import type { Agent, AgentEvent } from '../agents/agent.ts';
import { messageOf, UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { createEventLog } from '../sessions/event-log.ts';
import { type RecordedKind, toRecordedChecks } from '../sessions/recorded.ts';
import { type EventBody, eventsFile } from '../sessions/session-event.ts';
import { nothingYet, type SoFar, toAgentEnded, toEventBody } from '../sessions/to-event-body.ts';
import type { Output, Ports } from './ports.ts';
import { readEvents } from './read-events.ts';
import type { Witness } from './witness.ts';

/** The events of one session, kept as they happen. */
export type Events = {
  add(body: EventBody, scan?: string): void;
  /** What happens beside the agents' own runs. */
  onEvent(event: AgentEvent): void;
  /** The agent, with all that it does in the log, and where answers are kept: what stands in for these ports. */
  recording(ports: Pick<Ports, 'agent' | 'witness'>): { agent: Agent | undefined; witness: Witness };
  /** Keeps an answer for a replay; not on a public repository, where nobody may read it, and no finding `before` that is as it was known. */
  record(what: RecordedKind, about: string, answer: unknown): void;
  /** When all of it is written. @returns why it is not, a sentence. */
  flush(): Promise<string | undefined>;
};

/**
 * Opens the log of a session. Nothing waits for it but `flush`, and a log that cannot be written stops no session: that it is missing is
 * told.
 */
export function keepEvents(
  { session, withheld }: { session: string; withheld: boolean },
  { folder, gate, clock, watch }: { folder: Output; gate: Gate } & Pick<Ports, 'clock' | 'watch'>,
): Events {
  const log = createEventLog({ session, clean: gate.plain, withheld });
  let trouble: string | undefined;
  const tell = (error: unknown) => {
    trouble ??= `The session's events could not be kept: ${messageOf(error)}`;
  };
  let from = 0;
  // An earlier part of the session may have written some, and been killed in the middle of a line.
  let writing = readEvents(folder)
    .then((earlier) => {
      from = (earlier.at(-1)?.seq ?? -1) + 1;
    })
    .catch(tell);
  const add = (body: EventBody, scan?: string) => {
    const event = log.next(body, { at: clock.now(), scan });
    writing = writing
      .then(() => folder.append(eventsFile, JSON.stringify({ ...event, seq: from + event.seq })))
      .catch(tell);
    watch?.(event);
  };
  const known = new Map<string, string>();
  const record = (what: RecordedKind, about: string, answer: unknown) => {
    if (withheld) return;
    const text = JSON.stringify(answer);
    if (what === 'known') known.set(about, text);
    if (what === 'before' && known.get(about) === text) return;
    add({ type: 'recorded', what, about, answer });
  };
  return {
    add,
    record,
    onEvent: (event) => add(toEventBody(event, nothingYet)),
    recording: ({ agent, witness }) => ({
      agent: agent && watchedAgent(agent, add),
      witness: witness ?? keepAnswers({ add, record }),
    }),
    async flush() {
      await writing;
      return trouble;
    },
  };
}

function watchedAgent(agent: Agent, add: Events['add']): Agent {
  return {
    ...agent,
    async run(task, context) {
      const { sandbox, onEvent } = context;
      const { model, maxIterations, budgetUsd, scan } = task;
      const { workspace, out, setupProblem } = sandbox;
      add(
        {
          ...{ type: 'agent-started', tool: agent.tool, model, maxIterations, budgetUsd, workspace, out },
          ...(setupProblem === undefined ? {} : { setupProblem }),
        },
        scan,
      );
      let soFar: SoFar = nothingYet;
      const result = await agent.run(task, {
        ...context,
        onEvent: (event) => {
          add(toEventBody(event, soFar), scan);
          if (event.type === 'usage') soFar = event;
          onEvent(event);
        },
      });
      add(toAgentEnded(result), scan);
      return result;
    },
  };
}

/** Does what is asked for and keeps the answers. */
function keepAnswers({ add, record }: Pick<Events, 'add' | 'record'>): Witness {
  return {
    async checks(work) {
      const outcomes = await work();
      for (const outcome of outcomes) {
        const { check, state, durationMs } = outcome;
        const more = 'reason' in outcome ? { reason: outcome.reason } : { findings: outcome.findings.length };
        add({ type: 'check', check, state, durationMs, ...more });
      }
      for (const { what, about, answer } of toRecordedChecks(outcomes)) record(what, about, answer);
      return outcomes;
    },
    async renames(work) {
      const moved = await work();
      record('renames', '', moved);
      return moved;
    },
    async command(about, work) {
      try {
        const runs = await work();
        record('command', about, runs);
        return runs;
      } catch (error) {
        if (error instanceof UserError) record('command', about, { refused: error.message });
        throw error;
      }
    },
    async judge(work) {
      const identities = await work();
      record('judge', '', identities);
      for (const spent of identities.spent) add(toEventBody({ type: 'usage', ...spent }, nothingYet));
      return identities;
    },
  };
}
