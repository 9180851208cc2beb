import type { Clock } from '../../lib/clock.ts';
import { UserError } from '../../lib/errors.ts';
import { randomBase32 } from '../../lib/hash.ts';
import type { GatewayRoute, GatewaySpec, GatewayVendor } from '../../sandboxes/gateway.ts';
import { programPackages } from '../../sandboxes/program-package.ts';
import type { Agent, AgentResult, RunContext } from '../agent.ts';
import { conclude } from '../conclude.ts';
import type { AgentEnding } from '../ending.ts';
import { endingOf } from '../ending-of.ts';
import { workingTime } from '../limits.ts';
import { type SessionState, startSession } from '../loop-state.ts';
import { createOutfit, toolsPath } from '../outfit.ts';
import { standingOf } from '../position.ts';
import { costOf } from '../prices.ts';
import { noUsage } from '../usage.ts';
import { watchForStall } from '../watch-stall.ts';
import { afterRun } from './after-run.ts';
import { whyNotAway } from './away.ts';
import { beginProgram, giveWay } from './begin-program.ts';
import { keepConversation } from './carry.ts';
import { toldBefore } from './count-word.ts';
import { hearFiles, watchFiles } from './handed-files.ts';
import type { Program, ProgramPlace, ToolDesk } from './program.ts';
import { withProgramNotes } from './program-prompt.ts';
import type { ProgramState } from './program-state.ts';
import { runProgram } from './run-program.ts';
import { createToolDesk } from './tool-desk.ts';
import { watchCalls } from './watch-calls.ts';

/** Where a vendor's API is, and the key for it, which no sandbox gets to see. */
export type ApiAccess = Pick<GatewaySpec, 'upstream' | 'key' | 'patience' | 'silenceMs'>;

type Dependencies = {
  clock: Clock;
  /** By vendor; absent where no key is set. */
  access: Partial<Readonly<Record<GatewayVendor, ApiAccess>>>;
  /** Offers the tools of a desk over MCP. */
  serveTools: (desk: ToolDesk) => GatewayRoute;
};

const longestTimer = 2 ** 31 - 1;
/** Milliseconds that a program has to go by itself after its last call. */
const leaveMs = 60_000;

/** A program of others as an agent: it works inside the sandbox, and Courier stands at its door. */
export function createProgramAgent(program: Program, { clock, access, serveTools }: Dependencies): Agent {
  const { tool } = program;
  return {
    tool,
    outfit({ model }) {
      const vendor = program.vendorOf(model);
      const api = access[vendor];
      if (!api) throw new UserError(`${programPackages[tool].title} needs a key for the API of ${model}: none is set.`);
      return createOutfit({ gateway: { vendor, ...api, token: `courier-${randomBase32(40)}` }, program: tool });
    },
    async run(task, { signal: kill, resume, onEvent: tell, outfit, ...context }) {
      const stall = watchForStall(task.stallMs);
      const onEvent: RunContext['onEvent'] = (event) => {
        stall.hear(event);
        tell(event);
      };
      const position = standingOf(resume, {
        modelId: task.model,
        compaction: 'none',
        costUsd: costOf(task.model, noUsage),
      });
      const deadline = new AbortController();
      const signal = AbortSignal.any([kill, deadline.signal, stall.signal]);
      const session = startSession({ task, clock, signal, onEvent, ...context }, position);
      const state = toProgramState(session, program);
      if ('missing' in state) return conclude(session, { ending: 'failed', reason: state.missing });
      const unheard = outfit?.listen({ ...watchCalls(state), tools: serveTools(createToolDesk(state)) });
      const clocks = windClocks(state, { deadline, workedMs: position.workedMs });
      try {
        return await rest(state, (await beginProgram(state, resume)) ?? (await loop(state)));
      } catch (error) {
        const why = { killed: kill.aborted, timedOut: deadline.signal.aborted, stalled: stall.signal.aborted };
        return await rest(state, endingOf(error, state, why));
      } finally {
        clocks.stop();
        unheard?.();
        stall.stop();
      }
    },
  };
}

/** Where it ends it may go on another time, elsewhere. */
async function rest(state: ProgramState, ending: AgentEnding): Promise<AgentResult> {
  await keepConversation(state, ending);
  return conclude(state, ending);
}

function toProgramState(session: SessionState, program: Program): ProgramState | { missing: string } {
  const { sandbox, task } = session;
  const { gateway, program: installed } = sandbox;
  const { title } = programPackages[program.tool];
  if (!installed) return { missing: `${title} is not there in the sandbox.` };
  if (!gateway) {
    const { gatewayProblem = 'It has no way to the API without the key itself.' } = sandbox;
    return { missing: `${title} cannot call its model from this sandbox. ${gatewayProblem}` };
  }
  const unfit = gateway.hosted ? undefined : whyNotAway(program.tool, task.kind);
  if (unfit !== undefined) return { missing: unfit };
  const place: ProgramPlace = {
    command: installed.command,
    home: `${sandbox.out}/.courier-agent`,
    workspace: sandbox.workspace,
    api: { url: gateway.url, token: gateway.key, authorities: gateway.authorities },
    toolsUrl: gateway.hosted ? `${gateway.url}${toolsPath}` : undefined,
  };
  const { start, prompt } = session;
  const state: ProgramState = Object.assign(session, {
    ...{ program, installed, place, hosted: gateway.hosted },
    prompt: start ? prompt : withProgramNotes(prompt, task, { program, place, out: sandbox.out }),
    ...{ finish: undefined, waiting: [], limit: undefined, closing: undefined, failure: undefined },
    ...{
      cutShort: false,
      broken: undefined,
      breaks: 0,
      runs: 0,
      called: false,
      here: false,
      brought: undefined,
      unanswered: 0,
      begun: new Map<string, number>(),
    },
    ...{ interrupt: () => {}, leave: () => {}, look: () => {}, looking: undefined },
    told: { usage: noUsage, costUsd: 0 },
  });
  state.look = watchFiles(state);
  return state;
}

/** What ends a run from outside, beside `signal`. */
function windClocks(
  state: ProgramState,
  { deadline, workedMs }: { deadline: AbortController; workedMs: number },
): { stop: () => void } {
  const { task, stop } = state;
  const timers: NodeJS.Timeout[] = [];
  const after = (milliseconds: number, act: () => void) =>
    timers.push(setTimeout(act, Math.max(0, Math.min(milliseconds, longestTimer))));
  const rest = () => state.interrupt();
  stop.addEventListener('abort', rest);
  after(task.timeoutMs - workedMs, () => deadline.abort());
  after(workingTime(task.timeoutMs) - workedMs, () => {
    if (state.closing !== undefined) return;
    state.limit = 'timeout';
    state.interrupt();
  });
  state.leave = () => {
    after(leaveMs, () => {
      state.cutShort = true;
      state.interrupt();
    });
  };
  return {
    stop() {
      stop.removeEventListener('abort', rest);
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

async function loop(state: ProgramState): Promise<AgentEnding> {
  for (;;) {
    if (state.stop.aborted) return { ending: 'stopped', stopReason: 'user' };
    state.failure = undefined;
    state.begun.clear();
    state.runs += 1;
    state.told = toldBefore(state);
    const end = await runProgram(state);
    if (state.signal.aborted) throw state.signal.reason;
    await hearFiles(state);
    const ending = (await giveWay(state, end)) ? undefined : await afterRun(state, end);
    if (ending) return ending;
  }
}
