import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { choiceWithDefault, parseSettings, setting, toKebab } from '../config/setting.ts';
import { messageOf, UserError } from '../lib/errors.ts';
import type { Command } from './command.ts';
import { reportFormats } from './core.ts';
import { noLedger } from './findings.ts';
import { relativeTo, resolveFolder } from './resolve-folder.ts';
import { findSession, repositoryOption } from './show.ts';
import { exitCodes } from './terminal.ts';

const options = z.object({
  format: choiceWithDefault(reportFormats, 'md', `The format: ${reportFormats.join(', ')}.`),
  output: setting(z.string(), { description: 'File to write; standard output where it is not given.', kind: 'text' }),
  path: repositoryOption,
});

export const exportCommand: Command = {
  name: 'export',
  summary: "Gives a session's report as Markdown, HTML, JSON or SARIF.",
  operand: { name: 'ID', required: true, meaning: 'Id of a session (its beginning is enough, or latest).' },
  options,
  flags: ['force', 'no-color'],
  async run(given, { terminal, loadCore }) {
    const { stdout, stderr, cwd } = terminal;
    if (given.options.format === 'pdf') {
      throw new UserError('--format pdf: this version makes no PDF. Export html and print that.');
    }
    const wanted = parseSettings(options, given.options, (key) => `--${toKebab(key)}`);
    const { format } = wanted;
    const folder = await resolveFolder(cwd, wanted.path);
    const core = await loadCore();
    const sessions = await core.listSessions(folder);
    if (!sessions) throw new UserError(noLedger);
    const session = findSession(given.operands[0] ?? '', sessions);
    const text = await core.readReport(folder, session.id, format);
    if (text === undefined) throw new UserError(`The ${format} report of ${session.id} was not kept.`);
    if (wanted.output === undefined) {
      stdout.write(text.endsWith('\n') ? text : `${text}\n`);
      return exitCodes.done;
    }
    const file = path.resolve(cwd, wanted.output);
    await writeOnce(file, text, { overwrite: given.flags.has('force') });
    stderr.write(`Written: ${relativeTo(cwd, file)}\n`);
    return exitCodes.done;
  },
};

async function writeOnce(file: string, text: string, { overwrite }: { overwrite: boolean }): Promise<void> {
  try {
    await writeFile(file, text, { flag: overwrite ? 'w' : 'wx' });
  } catch (error) {
    const exists = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new UserError(exists ? `${file} exists; --force overwrites it.` : `Cannot write: ${messageOf(error)}`, {
      cause: error,
    });
  }
}
