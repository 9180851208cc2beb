import { messageOf } from '../lib/errors.ts';
import { mapLimited } from '../lib/tasks.ts';
import { oneLine, truncate } from '../lib/text.ts';
import type { CheckOutcome, CommandLine, CommandResult, CommandRunner, Toolbox } from './check.ts';
import { whyCommandFailed } from './command-failure.ts';
import { type ConfiguredCheck, understandConfigured } from './configured.ts';
import { type CheckFindings, defaultMaxFindings, type ReadText } from './group-results.ts';
import { maskSharedLines } from './mask-secrets.ts';
import { type PresetName, presetNames } from './presets/names.ts';
import type { Preset, PresetContext, Undetermined } from './presets/preset.ts';
import { presets } from './presets/presets.ts';

export type CheckRequest = {
  /** `auto`: all that apply. */
  presets: 'auto' | 'none' | readonly PresetName[];
  /** Checks of the configuration by name. */
  checks: Readonly<Record<string, ConfiguredCheck>>;
  /** The repository's files, relative, sorted. */
  files: readonly string[];
  /** Absolute. */
  repositoryRoot: string;
  readText: ReadText;
  /** Only findings in these files count; presets look at no other. */
  changedOnly?: readonly string[] | undefined;
  /** Findings per check. Default: 25. */
  maxFindings?: number;
};

export type CheckPorts = {
  commands: CommandRunner;
  tools: Toolbox;
  signal: AbortSignal;
  /** Called when a check has ended. */
  onProgress: (progress: { check: string; done: number; of: number }) => void;
};

const atOnce = 2;
const defaultTimeoutMinutes = 10;
const maxOutputBytes = 64_000_000;

type Work = { check: string; kind: CheckOutcome['kind']; run: () => Promise<Came> };
type Came = { tool?: string; version?: string; of: CheckFindings | Undetermined | { notApplicable: string } };

/**
 * Runs the presets and the configured checks, two at a time; the outcomes keep one order: presets as `presetNames` has them, then the
 * configured ones by name. Whatever goes wrong with one check is that check's outcome and never ends the others.
 */
export async function runChecks(request: CheckRequest, ports: CheckPorts): Promise<CheckOutcome[]> {
  const work = [...planPresets(request, ports), ...planConfigured(request, ports)];
  let done = 0;
  const outcomes = await mapLimited(work, atOnce, async (item) => {
    const outcome = await runOne(item, ports.signal);
    done += 1;
    ports.onProgress({ check: item.check, done, of: work.length });
    return outcome;
  });
  return maskSharedLines(outcomes);
}

async function runOne({ check, kind, run }: Work, signal: AbortSignal): Promise<CheckOutcome> {
  const begin = performance.now();
  const came = await run().catch(
    (error): Came => ({ of: failed(`the check broke off: ${oneLine(messageOf(error))}`) }),
  );
  const outcome = signal.aborted ? { ...came, of: failed('the check was stopped') } : came;
  const head = {
    check,
    kind,
    durationMs: Math.round(performance.now() - begin),
    ...(outcome.tool ? { tool: outcome.tool } : {}),
    ...(outcome.version ? { version: outcome.version } : {}),
  };
  const { of } = outcome;
  if ('notApplicable' in of) return { ...head, state: 'not-applicable', reason: of.notApplicable };
  if ('undetermined' in of) {
    return { ...head, state: 'undetermined', cause: of.cause, reason: truncate(of.undetermined, 500) };
  }
  return { ...head, state: of.findings.length === 0 ? 'clean' : 'findings', findings: of.findings, held: of.held };
}

function planPresets(request: CheckRequest, ports: CheckPorts): Work[] {
  const { presets: wanted, checks } = request;
  if (wanted === 'none') return [];
  return presetNames
    .filter((name) => wanted === 'auto' || wanted.includes(name))
    .map((name) => ({
      check: name,
      kind: 'preset',
      run: async () => {
        // Two checks of one name could not be told apart in the ledger; the maintainers' own is the better informed.
        if (Object.hasOwn(checks, name)) {
          return { of: { notApplicable: 'a configured check of this name takes its place' } };
        }
        return runPreset(presets[name], request, ports);
      },
    }));
}

async function runPreset(preset: Preset, request: CheckRequest, ports: CheckPorts): Promise<Came> {
  const context = toContext(request, ports.tools);
  const applies = preset.applies(context);
  if (applies !== true) return { of: { notApplicable: applies } };
  const commands = await preset.commands(context);
  if ('undetermined' in commands) return { of: commands };
  const located = await ports.tools.locate(preset.tool);
  if ('unavailable' in located) return { of: { undetermined: located.unavailable, cause: 'unavailable' } };
  const about = { tool: preset.name, version: located.version };
  const results: CommandResult[] = [];
  for (const parameters of commands) {
    const result = await run({ argv: [...located.argv, ...parameters] }, preset.timeoutMs, request, ports);
    const broken = whyCommandFailed(result, preset.name) ?? (result.truncated ? 'its output is too long' : undefined);
    if (broken) return { ...about, of: failed(broken) };
    results.push(result);
  }
  return { ...about, of: await preset.understand(results, context) };
}

function toContext(
  { files, changedOnly, repositoryRoot, readText, maxFindings }: CheckRequest,
  tools: Toolbox,
): PresetContext {
  const changed = changedOnly && new Set(changedOnly);
  return {
    files: changed ? files.filter((file) => changed.has(file)) : files,
    allFiles: files,
    repositoryRoot,
    assets: tools.assets,
    readText,
    maxFindings: maxFindings ?? defaultMaxFindings,
  };
}

function planConfigured(request: CheckRequest, ports: CheckPorts): Work[] {
  const { checks, readText, repositoryRoot, maxFindings = defaultMaxFindings } = request;
  return Object.entries(checks)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, check]) => ({
      check: name,
      kind: 'configured',
      run: async () => {
        const timeoutMs = (check.timeoutMinutes ?? defaultTimeoutMinutes) * 60_000;
        const result = await run({ shell: check.run }, timeoutMs, request, ports);
        const broken = whyCommandFailed(result, 'the command');
        if (broken) return { of: { undetermined: broken, cause: result.spawnError ? 'unavailable' : 'failed' } };
        return { of: await understandConfigured(name, check, result, { readText, repositoryRoot, maxFindings }) };
      },
    }));
}

function run(
  command: CommandLine,
  timeoutMs: number,
  { repositoryRoot }: CheckRequest,
  { commands, signal }: CheckPorts,
) {
  return commands.run(command, { cwd: repositoryRoot, timeoutMs, maxOutputBytes, signal });
}

function failed(reason: string): Undetermined {
  return { undetermined: reason, cause: 'failed' };
}
