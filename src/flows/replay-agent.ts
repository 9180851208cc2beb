import type { Agent, AgentResult } from '../agents/agent.ts';
import { noUsage } from '../agents/usage.ts';
import type { Sandbox, SandboxProvider } from '../sandboxes/sandbox.ts';
import type { RecordedRun } from '../sessions/recording.ts';

/**
 * An agent that does again what one did: it hands over what was handed over, line by line, and ends as it ended. It asks no model and runs
 * nothing. A scan that the recording does not know never began, as when the session was over before its turn.
 *
 * @param raw what the sandbox held in the end, `SCAN/issues.json`, where it is on record; it counts where an agent wrote the file by other
 * means than its tools
 * @param unstarted by scan, why its agent could not begin at all: there is no run of it then, only its record
 * @param onAbort called where a person or the runner ended the session in the middle of this run
 */
export function createReplayAgent(
  runs: readonly RecordedRun[],
  {
    raw,
    unstarted,
    onAbort,
    onNote,
  }: {
    raw: ReadonlyMap<string, string>;
    unstarted: ReadonlyMap<string, string>;
    onAbort: () => void;
    onNote: (note: string) => void;
  },
): Agent {
  const left = [...runs];
  return {
    tool: 'replay',
    async run({ scan, model }, { sandbox }) {
      const at = left.findIndex((run) => run.scan === scan);
      const [run] = at < 0 ? [] : left.splice(at, 1);
      const why = unstarted.get(scan);
      if (!run && why !== undefined) return { ...unspent, costUsd: 0, ending: 'failed', reason: why, model };
      if (!run) return { ...unspent, ending: 'failed', reason: 'it is not on record', model };
      for (const file of ['issues.json', 'questions.json'] as const) {
        const text = textOf(file, run, { raw, onNote });
        await sandbox.appendFile(`${sandbox.out}/${file}`, text);
      }
      const result = toResult(run);
      if (result.ending === 'aborted') onAbort();
      return result;
    },
  };
}

/** What the session read counts, where it is on record. */
function textOf(
  file: 'issues.json' | 'questions.json',
  run: RecordedRun,
  { raw, onNote }: { raw: ReadonlyMap<string, string>; onNote: (note: string) => void },
): string {
  const rebuilt = rebuild(run, file);
  const kept = raw.get(`${run.scan}/${file}`);
  if (kept !== undefined && rebuilt !== '' && !isSame(kept, rebuilt))
    onNote(`Scan ${run.scan}: ${file} held more than its tools had written; it was read as it was.`);
  return kept ?? rebuilt;
}

function rebuild({ handedOver }: RecordedRun, wanted: 'issues.json' | 'questions.json'): string {
  return handedOver
    .flatMap(({ file, line }) => (file === wanted && line ? [`${JSON.stringify(line)}\n`] : []))
    .join('');
}

const unspent = { iterations: 0, usage: noUsage, costUsd: undefined, finalText: '' } as const;

function isSame(one: string, other: string): boolean {
  const values = (text: string) =>
    text
      .split('\n')
      .filter(Boolean)
      .map((line) => line.replace(/\s/g, ''));
  return values(one).join('\n') === values(other).join('\n');
}

function toResult({ ended, started }: RecordedRun): AgentResult {
  if (!ended) return { ...unspent, ending: 'failed', reason: 'it was killed', model: started.model };
  const { iterations, model, usage, costUsd, finalText = '', reason = '', hint, questions = [] } = ended;
  const spent = { iterations, model, usage, costUsd, finalText };
  switch (ended.ending) {
    case 'finished':
      return { ...spent, ending: 'finished' };
    case 'limited':
      return { ...spent, ending: 'limited', stopReason: oneOf(ended.stopReason, limits, 'timeout') };
    case 'unfinished':
    case 'refused':
      return { ...spent, ending: ended.ending, reason };
    case 'parked':
      return { ...spent, ending: 'parked', stopReason: 'waiting_input', questions };
    case 'stopped':
      return { ...spent, ending: 'stopped', stopReason: oneOf(ended.stopReason, stops, 'user') };
    case 'aborted':
      return { ...spent, ending: 'aborted', stopReason: 'user' };
    case 'failed':
      return { ...spent, ending: 'failed', reason, ...(hint === undefined ? {} : { hint }) };
  }
}

const limits = ['iterations', 'budget', 'timeout'] as const;
const stops = ['user', 'stall', 'inactivity'] as const;

function oneOf<Word extends string>(word: string | undefined, words: readonly Word[], other: Word): Word {
  return words.find((one) => one === word) ?? other;
}

/** Folders in memory, at the paths that the session's sandboxes had. Nothing is ever run in them. */
export function createReplaySandboxes(runs: readonly RecordedRun[]): SandboxProvider {
  const left = [...runs];
  return {
    kind: 'local',
    create: async () => {
      const { workspace = '/workspace', out = '/out', setupProblem } = left.shift()?.started ?? {};
      return createReplaySandbox({ workspace, out, ...(setupProblem === undefined ? {} : { setupProblem }) });
    },
  };
}

function createReplaySandbox(place: Pick<Sandbox, 'workspace' | 'out' | 'setupProblem'>): Sandbox {
  const files = new Map<string, Uint8Array>();
  const bytes = (data: string | Uint8Array) => (typeof data === 'string' ? new TextEncoder().encode(data) : data);
  return {
    ...place,
    ref: { kind: 'local', id: 'replay' },
    exec: async () => ({
      exitCode: 127,
      stdout: '',
      stderr: 'A replay runs no commands.',
      timedOut: false,
      truncated: false,
      durationMs: 0,
    }),
    writeFile: async (path, data) => void files.set(path, bytes(data)),
    async appendFile(path, data) {
      // A file that nobody wrote to is not there.
      if (data === '') return;
      files.set(path, joined(files.get(path), bytes(data)));
    },
    readFile: async (path) => files.get(path),
    kill: async () => {},
  };
}

function joined(before: Uint8Array | undefined, more: Uint8Array): Uint8Array {
  if (!before) return more;
  const all = new Uint8Array(before.length + more.length);
  all.set(before);
  all.set(more, before.length);
  return all;
}
