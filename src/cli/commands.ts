import { appCommand } from './app.ts';
import { askCommand } from './ask.ts';
import type { Command } from './command.ts';
import { sessionCommands } from './control.ts';
import { exportCommand } from './export.ts';
import { extractCommand } from './extract.ts';
import { findingsCommand } from './findings.ts';
import { initCommand } from './init.ts';
import { replayCommand } from './replay.ts';
import { answerSessionCommand, cloneCommand, followUpCommand, resumeCommand } from './run-from.ts';
import { scanCommand } from './scan.ts';
import { schemaCommand } from './schema.ts';
import { sessionsCommand } from './sessions.ts';
import { showCommand } from './show.ts';
import { verifyCommand } from './verify.ts';

/** Every command, in the order in which help lists them. */
export const commands: readonly Command[] = [
  scanCommand,
  verifyCommand,
  askCommand,
  findingsCommand,
  sessionsCommand,
  showCommand,
  resumeCommand,
  cloneCommand,
  followUpCommand,
  answerSessionCommand,
  ...sessionCommands,
  exportCommand,
  replayCommand,
  extractCommand,
  initCommand,
  appCommand,
  schemaCommand,
];
