import path from 'node:path';
import { z } from 'zod';
import { scanSettings } from '../config/scan-settings.ts';
import { parseSettings, setting, toKebab } from '../config/setting.ts';
import type { Command, CommandContext, Given } from './command.ts';
import type { SessionRun } from './core.ts';
import { createProgress } from './progress.ts';
import { repositoryOptions } from './repository-options.ts';
import { resolveFolder } from './resolve-folder.ts';
import { exitCodeOf, tellScan } from './scan.ts';
import { repositoryOption } from './show.ts';
import { tokenFrom } from './token.ts';

const { model, effort, maxIterations, timeoutMinutes, budgetUsd, sandbox, failOn } = scanSettings;

const common = {
  path: repositoryOption,
  ...repositoryOptions,
  model,
  effort,
  maxIterations,
  timeoutMinutes,
  budgetUsd,
  sandbox,
  failOn,
};

const options = z.object(common);
const resumeOptions = z.object({
  ...common,
  sessionPath: setting(z.string(), {
    description: 'Folder with the files of the session, where they came from another machine.',
    kind: 'text',
  }),
});

const operand = { name: 'ID', required: true, meaning: 'Id of a session (its beginning is enough, or latest).' };

export const resumeCommand: Command = {
  name: 'resume',
  summary: 'Goes on with a session that was stopped or waited for an answer, where it was.',
  operand,
  options: resumeOptions,
  flags: ['json', 'quiet', 'no-color'],
  async run(given, context) {
    const { sessionPath } = parseSettings(resumeOptions, given.options, nameOf);
    const files = sessionPath === undefined ? undefined : path.resolve(context.terminal.cwd, sessionPath);
    return runFrom({ how: 'resume', files }, given, context);
  },
};

export const cloneCommand: Command = {
  name: 'clone',
  summary: 'Starts a session with the same scans as an earlier one, and none of its history.',
  operand,
  options,
  flags: ['json', 'quiet', 'no-color'],
  run: (given, context) => runFrom({ how: 'clone' }, given, context),
};

export const followUpCommand: Command = {
  name: 'follow-up',
  summary: 'Starts a session that builds on one that has ended: its agent reads what that one said and found.',
  operand: { ...operand, rest: { name: 'TEXT', required: true, meaning: 'What is to be looked for now.' } },
  options,
  flags: ['json', 'quiet', 'no-color'],
  run: (given, context) => runFrom({ how: 'follow-up', text: given.operands.slice(1).join(' ') }, given, context),
};

export const answerSessionCommand: Command = {
  name: 'answer-session',
  summary:
    'Has the answering agent review what a session asked and assumed: it proposes assumptions, and withdraws what the repository answers.',
  operand: {
    name: 'ID',
    required: false,
    meaning:
      'Id of a session (its beginning is enough, or latest); the newest with anything open where it is not given.',
  },
  options,
  flags: ['json', 'quiet', 'no-color'],
  run: (given, context) => runFrom({ how: 'answer-session' }, given, context),
};

const nameOf = (key: string) => `--${toKebab(key)}`;

type How =
  | { how: 'resume'; files: string | undefined }
  | { how: 'clone' | 'answer-session' }
  | { how: 'follow-up'; text: string };

async function runFrom(how: How, given: Given, context: CommandContext) {
  const { terminal, loadCore } = context;
  const {
    sessionPath: _,
    path: folder,
    config,
    repo,
    ...overrides
  } = parseSettings(resumeOptions, given.options, nameOf);
  const progress = createProgress(terminal, given.flags);
  try {
    const order: SessionRun = {
      path: await resolveFolder(terminal.cwd, folder),
      overrides,
      configPath: config,
      github: repo === undefined ? undefined : { repository: repo, token: tokenFrom(terminal.env) },
      log: progress.log,
      progress: progress.show,
      signal: terminal.signal,
      session: given.operands[0] ?? '',
      ...how,
    };
    const result = await (await loadCore()).runFrom(order);
    progress.end();
    tellScan(result, given, context);
    return exitCodeOf(result);
  } finally {
    progress.end();
  }
}
