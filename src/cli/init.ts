import { lstat, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { parseSettings, setting, toKebab } from '../config/setting.ts';
import { messageOf, UserError } from '../lib/errors.ts';
import { renderConfiguration } from '../setup/render-configuration.ts';
import { renderWorkflow } from '../setup/render-workflow.ts';
import type { Command } from './command.ts';
import { resolveFolder } from './resolve-folder.ts';
import { exitCodes } from './terminal.ts';

const workflowFile = '.github/workflows/courier.yml';
const configurationFile = '.github/courier.yml';

const options = z.object({
  uses: setting(z.string().regex(/^[\w.-]+\/[\w.-]+(\/[\w.-]+)*@[\w./-]+$/, 'OWNER/NAME@REF of the Action'), {
    description: 'The Action that the workflow uses; for a fork or a pinned commit.',
    kind: 'text',
    default: 'codecourier/courier@v1',
  }),
});

/** Writes what a repository needs: the workflow and the configuration. Either both or, where one exists, none. */
export const initCommand: Command = {
  name: 'init',
  summary: 'Writes .github/workflows/courier.yml and a commented .github/courier.yml that fits the repository.',
  operand: { name: 'path', required: false, meaning: 'The repository; the current folder where it is not given.' },
  options,
  flags: ['force', 'no-color'],
  async run(given, { terminal }) {
    const { uses = 'codecourier/courier@v1' } = parseSettings(options, given.options, (key) => `--${toKebab(key)}`);
    const root = await resolveFolder(terminal.cwd, given.operands[0]);
    const files = new Map([
      [workflowFile, renderWorkflow({ uses, name: path.basename(root) })],
      [configurationFile, renderConfiguration(await lookAt(root))],
    ]);
    await refuseLinks(root);
    if (!given.flags.has('force')) await refuseExisting(root, [...files.keys()]);
    for (const [name, text] of files) await write(path.join(root, name), text);
    terminal.stdout.write(`${nextSteps([...files.keys()])}\n`);
    return exitCodes.done;
  },
};

async function refuseExisting(root: string, names: readonly string[]): Promise<void> {
  const found: string[] = [];
  for (const name of names) if (await kindOf(root, name)) found.push(name);
  if (found.length === 0) return;
  const verb = found.length === 1 ? 'exists' : 'exist';
  throw new UserError(`${found.join(' and ')} ${verb}: nothing was written. --force overwrites.`);
}

/** A link in a repository may lead anywhere: nothing is written through one. */
async function refuseLinks(root: string): Promise<void> {
  for (const name of ['.github', '.github/workflows', workflowFile, configurationFile]) {
    if ((await kindOf(root, name)) === 'link') throw new UserError(`${name} is a symbolic link: nothing was written.`);
  }
}

async function kindOf(root: string, name: string): Promise<'link' | 'other' | undefined> {
  const found = await lstat(path.join(root, name)).catch(() => undefined);
  if (!found) return undefined;
  return found.isSymbolicLink() ? 'link' : 'other';
}

async function write(file: string, text: string): Promise<void> {
  try {
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (error) {
    throw new UserError(`Cannot write ${file}: ${messageOf(error)}`, { cause: error });
  }
}

/** What the repository's root says about it; unreadable files say nothing. */
async function lookAt(root: string) {
  const entries = await readdir(root, { withFileTypes: true });
  const manifest = await readFile(path.join(root, 'package.json'), 'utf8').catch(() => '{}');
  return {
    files: entries.filter((it) => it.isFile()).map((it) => it.name),
    folders: entries.filter((it) => it.isDirectory()).map((it) => it.name),
    packageManifest: manifest,
  };
}

function nextSteps(written: readonly string[]): string {
  return [
    ...written.map((name) => `Written: ${name}`),
    '',
    'Next:',
    '1. Read both files and commit them to the default branch.',
    '2. For agent scans add the secret ANTHROPIC_API_KEY to the repository; without it the checks run.',
    '3. Start the workflow "Courier" by hand, or wait for its schedule.',
  ].join('\n');
}
