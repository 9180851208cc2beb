import type { ScriptedReply, ScriptedTurn } from '../../fakes/anthropic/script.ts';
import { startAnthropic } from '../../fakes/anthropic/start-anthropic.ts';
import type { Dialect, ModelRequest, ModelTurn } from '../../fakes/model/script.ts';
import { startModel } from '../../fakes/model/start-model.ts';

/** What a model wants done: a command in the shell of whoever drives it, or one of Courier's tools. */
export type Use = { shell: string } | { read: string } | { call: string; input: object };
export type Turn =
  | (Omit<ScriptedReply, 'toolUses'> & { uses?: readonly Use[] })
  | Extract<ScriptedTurn, { error: object }>;
/** A request as text, and how many came before it. */
export type Asked = { texts: string; index: number };
/** What is said to each request. */
export type Turns = readonly Turn[] | ((asked: Asked) => Turn);

export const shell = (command: string): Turn => ({ uses: [{ shell: command }] });
/** With a tool for reading of its own, where the program has one: that is when it looks for instructions beside the file. */
export const read = (file: string): Turn => ({ uses: [{ read: `/home/user/repo/${file}` }] });
export const call = (name: string, input: object): Turn => ({ uses: [{ call: name, input }] });
export const finish = call('finish', { summary: 'Looked at all of it.' });
export const done: Turn = { text: 'That was all.' };

/** A model of the program's vendor on loopback, and how its turns are spoken to that program. */
export type Model = {
  url: string;
  key: string;
  calls: () => number;
  bodies: () => string[];
  refused: () => unknown[];
  close: () => Promise<void>;
};

type Speech = {
  shell: (command: string) => Said;
  read: (path: string) => Said;
  call: (name: string, input: object) => Said;
};
type Said = { name: string; input: unknown };

const beyond: ScriptedTurn = { error: { status: 400, type: 'invalid_request_error', message: 'beyond the script' } };

/** The turns as the model says them. */
function speak(turns: Turns, speech: Speech) {
  const spoken = (use: Use): Said => {
    if ('shell' in use) return speech.shell(use.shell);
    return 'read' in use ? speech.read(use.read) : speech.call(use.call, use.input);
  };
  const say = (turn: Turn): ScriptedTurn => {
    if ('error' in turn) return turn;
    const { uses, ...reply } = turn;
    if (!uses) return reply;
    return { ...reply, toolUses: uses.map(spoken) };
  };
  return (raw: unknown, index: number): ScriptedTurn => {
    const turn = typeof turns === 'function' ? turns({ texts: JSON.stringify(raw), index }) : turns[index];
    return turn ? say(turn) : beyond;
  };
}

const key = 'sk-real';

export const startAnthropics =
  (from: 'our client' | 'another program') =>
  async (turns: Turns, speech: Speech): Promise<Model> => {
    const say = speak(turns, speech);
    const api = await startAnthropic({ script: say, key, from });
    return {
      ...{ url: api.url, key, close: api.close },
      calls: () => api.requests.length,
      bodies: () => api.requests.map(({ raw }) => JSON.stringify(raw)),
      refused: () => api.refused,
    };
  };

export const startOther =
  (dialect: Dialect) =>
  async (turns: Turns, speech: Speech): Promise<Model> => {
    const say = speak(turns, speech);
    const script = ({ raw }: ModelRequest, index: number): ModelTurn => {
      const {
        stopDetails: _,
        compaction: __,
        ...turn
      } = { stopDetails: undefined, compaction: undefined, ...say(raw, index) };
      return turn;
    };
    const api = await startModel({ dialect, script, key });
    return {
      ...{ url: api.url, key, close: api.close },
      calls: () => api.requests.length,
      bodies: () => api.requests.map(({ raw }) => JSON.stringify(raw)),
      refused: () => api.refused,
    };
  };

export const named = (shellName: string, prefix: string, reader: readonly [tool: string, field: string]): Speech => ({
  shell: (command) => ({ name: shellName, input: { command, description: 'looks' } }),
  read: (path) => ({ name: reader[0], input: { [reader[1]]: path } }),
  call: (name, input) => ({ name: `${prefix}${name}`, input }),
});

/** Its newest models write a script that calls the tools. What takes longer than usual is waited for, where it would go on with half of the output. */
export const inCode: Speech = {
  shell: execute,
  read: (path) => execute(`cat ${path}`),
  call: (name, input) => toScript(`text(JSON.stringify(await tools.mcp__courier__${name}(${JSON.stringify(input)})));`),
};

function execute(cmd: string): Said {
  return toScript(`let part = await tools.exec_command(${JSON.stringify({ cmd, yield_time_ms: 30_000 })});
let output = part.output;
while (part.session_id !== undefined) {
  part = await tools.write_stdin({ session_id: part.session_id, yield_time_ms: 300000 });
  output += part.output;
}
text(output);`);
}

function toScript(lines: string): Said {
  return { name: 'exec', input: `// @exec: {"yield_time_ms": 600000}\n${lines}` };
}

/** Of the built-in agent. */
export const inHand: Speech = {
  shell: (command) => ({ name: 'bash', input: { command } }),
  read: (path) => ({ name: 'bash', input: { command: `cat ${path}` } }),
  call: (name, input) => ({ name, input }),
};
