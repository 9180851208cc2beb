import { z } from 'zod';
import { scanSettings } from '../config/scan-settings.ts';
import { parseSettings, toKebab } from '../config/setting.ts';
import { UserError } from '../lib/errors.ts';
import { toPlainLine } from '../reports/plain-text.ts';
import type { Command } from './command.ts';
import { createProgress } from './progress.ts';
import { repositoryOptions } from './repository-options.ts';
import { resolveFolder } from './resolve-folder.ts';
import { repositoryOption } from './show.ts';
import { exitCodes } from './terminal.ts';
import { tokenFrom } from './token.ts';

const { model, effort, maxIterations, timeoutMinutes, budgetUsd, sandbox } = scanSettings;
const { config, repo } = repositoryOptions;
const options = z.object({
  ...{ path: repositoryOption, config, repo },
  ...{ model, effort, maxIterations, timeoutMinutes, budgetUsd, sandbox },
});

export const askCommand: Command = {
  name: 'ask',
  summary:
    'Has the agent look something up: the answer cites known findings and lines of code, each of which was checked.',
  operand: {
    ...{ name: 'QUESTION', required: true, meaning: 'What you want to know.' },
    rest: { name: 'MORE', required: false, meaning: 'Further words of it, where it is not quoted.' },
  },
  options,
  flags: ['json', 'quiet', 'no-color'],
  async run(given, { terminal, loadCore }) {
    const { path, config, repo, ...overrides } = parseSettings(options, given.options, (key) => `--${toKebab(key)}`);
    const question = given.operands.join(' ').trim();
    if (question === '') throw new UserError('The question is missing: courier ask "QUESTION".');
    const progress = createProgress(terminal, given.flags);
    try {
      const { result, reasons, notes, answer, session } = await (await loadCore()).ask({
        path: await resolveFolder(terminal.cwd, path),
        question,
        overrides,
        configPath: config,
        github: repo === undefined ? undefined : { repository: repo, token: tokenFrom(terminal.env) },
        log: progress.log,
        progress: progress.show,
        signal: terminal.signal,
      });
      progress.end();
      if (!given.flags.has('quiet'))
        for (const line of [...reasons, ...notes]) terminal.stderr.write(`${toPlainLine(line)}\n`);
      const told = answer === undefined ? undefined : answer.split('\n').map(toPlainLine).join('\n');
      if (given.flags.has('json'))
        terminal.stdout.write(`${JSON.stringify({ session, result, reasons, notes, answer }, null, 2)}\n`);
      else if (told !== undefined) terminal.stdout.write(`${told}\n`);
      return result === 'complete' ? exitCodes.done : exitCodes.incomplete;
    } finally {
      progress.end();
    }
  },
};
