import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createLocalSandboxProvider } from '../../src/adapters/local/local-sandbox.ts';
import { astGrep } from '../../src/checks/presets/ast-grep.ts';
import { oxlint } from '../../src/checks/presets/oxlint.ts';
import { secretlint } from '../../src/checks/presets/secretlint.ts';
import { messageOf } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { SandboxFile } from '../../src/sandboxes/sandbox.ts';
import { runStep, toolCache } from '../acceptance/run-step.ts';
import { readerOf, realPorts, sampleApp, sampleFiles } from '../checks/sample-app.ts';
import type { Comparison } from './harness.ts';

const folders: string[] = [toolCache];

function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-bench-'));
  folders.push(folder);
  return folder;
}

/** Removes what these measurements made on the disk. */
export function removeFolders(): void {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** From the start of the bundle to its answer to an event that it refuses, beside a Node that does nothing. */
export function startUp(): Comparison {
  const folder = temporaryFolder();
  const nowhere = {
    url: 'http://127.0.0.1:9',
    graphqlUrl: 'http://127.0.0.1:9/graphql',
    serverUrl: 'http://127.0.0.1:9',
  };
  return {
    what: 'start-up of the bundle until it refuses an event',
    beside: '`node -e 0`',
    repetitions: 15,
    async courier() {
      const event = { name: 'pull_request_target' };
      const { code, log } = await runStep({
        workspace: folder,
        github: nowhere,
        event,
        runnerTemp: folder,
        alone: true,
      });
      if (code !== 1 || !log.includes('does not run on pull_request_target')) throw new Error(`no refusal: ${log}`);
    },
    other: () => ended([process.execPath, '-e', '0'], folder),
  };
}

/** A whole scan with ledger and reports, beside the three tools alone with the same arguments. */
export async function scan(): Promise<Comparison> {
  const root = temporaryFolder();
  const files = sampleFiles();
  cpSync(sampleApp, root, { recursive: true });
  rmSync(path.join(root, '.courier'), { recursive: true, force: true });
  mkdirSync(path.join(root, '.github'), { recursive: true });
  writeFileSync(path.join(root, '.github/courier.yml'), 'presets: [oxlint, ast-grep, secretlint]\n');
  const entry = path.resolve(import.meta.dirname, '../../src/cli/index.ts');
  const commands = await toolCommands(root, files);
  return {
    what: '`courier scan` of the sample application, three presets',
    beside: 'oxlint, ast-grep, secretlint one after the other',
    repetitions: 5,
    courier: () => ended([process.execPath, entry, 'scan', root, '--quiet', '--agent', 'none'], root),
    async other() {
      // 1: it found something.
      for (const command of commands) await ended(command, root, [0, 1]);
    },
  };
}

async function toolCommands(root: string, files: readonly string[]): Promise<string[][]> {
  const { assets } = realPorts.tools;
  const context = { files, allFiles: files, repositoryRoot: root, assets, readText: readerOf(root), maxFindings: 25 };
  const commands: string[][] = [];
  for (const preset of [oxlint, astGrep, secretlint]) {
    const located = await realPorts.tools.locate(preset.tool);
    const parameters = await preset.commands(context);
    if ('unavailable' in located || 'undetermined' in parameters) throw new Error(`${preset.name} is not there`);
    commands.push(...parameters.map((each) => [...located.argv, ...each]));
  }
  return commands;
}

/** A command in the sandbox, beside the same one without; a sentence where bubblewrap cannot start. */
export async function sandboxed(): Promise<{ comparison: Comparison; end: () => Promise<void> } | { leftOut: string }> {
  async function* nothing(): AsyncGenerator<SandboxFile> {}
  const provider = createLocalSandboxProvider({ env: process.env, log: silentLog });
  try {
    const sandbox = await provider.create({ session: 'S-bench', lifetimeMs: 600_000, files: nothing });
    const comparison = {
      what: '`bash -c true` in the local sandbox',
      beside: 'the same, spawned',
      repetitions: 25,
      async courier() {
        const { exitCode } = await sandbox.exec(['bash', '-c', 'true'], { timeoutMs: 10_000 });
        if (exitCode !== 0) throw new Error(`exit code ${exitCode}`);
      },
      other: () => ended(['bash', '-c', 'true'], tmpdir()),
    };
    return { comparison, end: () => sandbox.kill() };
  } catch (error) {
    return { leftOut: messageOf(error) };
  }
}

function ended(
  [program = '', ...parameters]: readonly string[],
  cwd: string,
  codes: readonly number[] = [0],
): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    // Read and thrown away: a full pipe would stop it.
    for (const stream of [child.stdout, child.stderr]) stream.resume();
    child.on('error', reject);
    child.on('close', (code) =>
      code !== null && codes.includes(code) ? resolve() : reject(new Error(`${program} ended with ${code}`)),
    );
  });
}
