import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { inputs as declared } from '../../action/inputs.ts';
import { compileCache } from '../compile-cache.ts';
import { type GitHubDouble, workflowToken } from '../fakes/github/github.ts';
import { type Ended, isBusy, runStepHere } from './run-here.ts';
import { temporaryFolder } from './temporary-folder.ts';

export type Step = {
  workspace: string;
  github: Pick<GitHubDouble, 'url' | 'graphqlUrl' | 'serverUrl'>;
  /** By their names in the workflow. */
  inputs?: Readonly<Record<string, string>>;
  event?: { name: string; payload?: unknown; ref?: string };
  env?: Readonly<Record<string, string>>;
  /** Folder of the runner for this job; a later step of the same job gets the same. */
  runnerTemp?: string;
  /** The bundle; default: action/dist of the checkout. */
  dist?: string;
  /** Start it as the runner does after the job's steps. */
  post?: boolean;
  /** Only the bundle in a process of its own will do. */
  alone?: boolean;
  onSpawn?: (child: ChildProcess) => void;
};

export type StepResult = Ended & {
  outputs: Record<string, string>;
  summary: string;
  runnerTemp: string;
};

const repositoryRoot = path.join(import.meta.dirname, '../..');

// Shared by all steps of a test file: the presets are installed once, as on a runner that keeps its tool cache.
export const toolCache = temporaryFolder('tools');

/**
 * Runs the action as GitHub would: `INPUT_*`, the event file and files for outputs and summary.
 *
 * The first step of each kind in a test file is the bundle in a child process, and so is each that is killed, or runs beside another one. The
 * others run from the sources in this process, which costs a quarter as much. `COURIER_TEST_STEPS=bundle` has all of them run the bundle
 * (`npm run soak`).
 */
export async function runStep(step: Step): Promise<StepResult> {
  const runnerTemp = step.runnerTemp ?? temporaryFolder('runner');
  const files = {
    event: path.join(runnerTemp, 'event.json'),
    output: path.join(runnerTemp, 'output'),
    summary: path.join(runnerTemp, 'summary'),
    state: path.join(runnerTemp, 'state'),
  };
  writeFileSync(files.event, JSON.stringify(step.event?.payload ?? {}));
  const state = step.post ? { courierStarted: 'true', ...parseOutputs(readIfThere(files.state)) } : {};
  for (const file of [files.output, files.summary, files.state]) writeFileSync(file, '');
  const env = { ...environmentOf(step, runnerTemp, files), ...toState(state) };
  const { code, log } = needsBundle(step) ? await runBundle(step, env) : await runStepHere(env, { dist });
  return {
    code,
    log,
    outputs: parseOutputs(readFileSync(files.output, 'utf8')),
    summary: readFileSync(files.summary, 'utf8'),
    runnerTemp,
  };
}

const dist = path.join(repositoryRoot, 'action/dist');
const bundled = new Set<string>();

function needsBundle({ alone, onSpawn, dist: other, inputs, event, post }: Step): boolean {
  const kind = JSON.stringify([inputs?.mode, event?.name, post]);
  const isFirst = !bundled.has(kind);
  bundled.add(kind);
  return (
    isFirst ||
    alone ||
    onSpawn !== undefined ||
    other !== undefined ||
    isBusy() ||
    process.env.COURIER_TEST_STEPS === 'bundle'
  );
}

async function runBundle(step: Step, env: NodeJS.ProcessEnv): Promise<Ended> {
  const entry = path.join(step.dist ?? dist, 'index.js');
  const child = spawn(process.execPath, [entry], { cwd: step.workspace, env, stdio: ['ignore', 'pipe', 'pipe'] });
  step.onSpawn?.(child);
  let log = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (log += text));
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { code, log };
}

function environmentOf(
  step: Step,
  runnerTemp: string,
  files: Record<'event' | 'output' | 'summary' | 'state', string>,
): NodeJS.ProcessEnv {
  const defaults = Object.fromEntries(declared.map((input) => [input.name, input.default ?? '']));
  const given = { ...defaults, 'github-token': workflowToken, ...step.inputs };
  const variables = Object.entries(given).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value]);
  return {
    PATH: process.env.PATH,
    HOME: process.env.HOME,
    npm_config_cache: process.env.npm_config_cache,
    ...compileCache,
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: step.workspace,
    GITHUB_REPOSITORY: 'acme/shop',
    GITHUB_EVENT_NAME: step.event?.name ?? 'schedule',
    GITHUB_EVENT_PATH: files.event,
    GITHUB_REF: step.event?.ref ?? 'refs/heads/main',
    GITHUB_ACTOR: 'octocat',
    GITHUB_API_URL: step.github.url,
    GITHUB_GRAPHQL_URL: step.github.graphqlUrl,
    GITHUB_SERVER_URL: step.github.serverUrl,
    GITHUB_OUTPUT: files.output,
    GITHUB_STEP_SUMMARY: files.summary,
    GITHUB_STATE: files.state,
    RUNNER_TEMP: runnerTemp,
    RUNNER_TOOL_CACHE: toolCache,
    ...Object.fromEntries(variables),
    ...step.env,
  };
}

/** What a step saved, as its post step gets it; one that was killed before it could save anything was started all the same. */
function toState(saved: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(saved).map(([name, value]) => [`STATE_${name}`, value]));
}

function readIfThere(file: string): string {
  return existsSync(file) ? readFileSync(file, 'utf8') : '';
}

/** `name<<delimiter`, lines, `delimiter`: as the runner reads the file. */
function parseOutputs(text: string): Record<string, string> {
  const outputs: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const [, name, delimiter] = /^([^<]+)<<(.+)$/.exec(lines[at] ?? '') ?? [];
    if (name === undefined || delimiter === undefined) continue;
    const end = lines.indexOf(delimiter, at + 1);
    outputs[name] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return outputs;
}
