import { z } from 'zod';
import type { Command } from './command.ts';
import { exitCodes } from './terminal.ts';

/** The one place where a face starts another: `courier app` is `npm run app` for those who have the command. */
export const appCommand: Command = {
  name: 'app',
  summary: 'Starts the GitHub App, which answers commands in comments; without credentials the pages that register it.',
  operand: undefined,
  options: z.object({}),
  flags: [],
  async run(_, { terminal }) {
    // Loaded when it is asked for: no other command needs a web server.
    const { startApp } = await import('../../app/index.ts');
    await startApp(terminal.env);
    return exitCodes.done;
  },
};
