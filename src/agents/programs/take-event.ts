import { checkpointOf, record } from '../loop-state.ts';
import type { TurnBlock } from '../model.ts';
import { hearPeople } from '../people.ts';
import { capOutput } from '../run-bash.ts';
import { countWord } from './count-word.ts';
import type { ProgramEvent } from './program.ts';
import { maySayMore, type ProgramState } from './program-state.ts';

/** Tells and keeps what the program told. */
export function takeEvent(state: ProgramState, told: ProgramEvent): void {
  const event = withOwnId(state, told);
  switch (event.type) {
    case 'thread':
      state.here = true;
      if (state.thread?.id !== event.id) keep(state, { type: 'thread', tool: state.program.tool, id: event.id });
      return;
    case 'call':
    case 'used':
      if (!state.hosted) countWord(state, event);
      return;
    case 'tool-result':
      takeResult(state, event);
      return;
    case 'tool-use':
      state.begun.set(event.id, state.clock.now());
      break;
    case 'message':
      if (!state.finish) state.lastText = event.text;
      break;
  }
  state.onEvent(event);
  const block = blockOf(event);
  if (block)
    keep(state, { type: 'turn', content: [block], stop: { reason: 'tool-use' }, checkpoint: checkpointOf(state) });
}

/** Some programs count the calls of their tools anew in each run. */
function withOwnId({ runs }: ProgramState, event: ProgramEvent): ProgramEvent {
  if (runs <= 1 || (event.type !== 'tool-use' && event.type !== 'tool-result')) return event;
  return { ...event, id: `${event.id}-${runs}` };
}

type Kept = Parameters<typeof record>[1];

/** Entries keep the order of the calls; a journal that fails tells so itself. */
function keep(state: ProgramState, entry: Kept): void {
  void record(state, entry);
}

function blockOf(event: ProgramEvent): TurnBlock | undefined {
  switch (event.type) {
    case 'message':
      return { type: 'text', text: event.text, verbatim: null };
    case 'thinking':
      return { type: 'thinking', text: event.text, verbatim: null };
    case 'tool-use':
      return { type: 'tool-use', id: event.id, name: event.tool, input: event.input, verbatim: null };
    default:
      return undefined;
  }
}

function takeResult(state: ProgramState, { id, ok, output }: Extract<ProgramEvent, { type: 'tool-result' }>): void {
  const text = capOutput(output);
  const began = state.begun.get(id);
  state.begun.delete(id);
  const durationMs = began === undefined ? 0 : state.clock.now() - began;
  state.onEvent({ type: 'tool-result', id, ok, output: text, durationMs });
  keep(state, { type: 'said', blocks: [{ type: 'tool-result', toolUseId: id, text, isError: !ok }] });
  state.look();
  void callForPeople(state);
}

/** Who writes to a session that works is heard after the current call: the run is ended, and the next one begins with their words. */
async function callForPeople(state: ProgramState): Promise<void> {
  if (!maySayMore(state) || state.closing !== undefined || state.called) return;
  if (!(await hearPeople(state)) || state.closing !== undefined) return;
  state.called = true;
  state.interrupt();
}
