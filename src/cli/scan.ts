import { z } from 'zod';
import { scanSettings } from '../config/scan-settings.ts';
import { parseSettings, toKebab } from '../config/setting.ts';
import { UserError } from '../lib/errors.ts';
import { renderJsonReport } from '../reports/json-report.ts';
import { toPlainLine } from '../reports/plain-text.ts';
import { renderTable } from '../reports/table.ts';
import type { Command, CommandContext, Given } from './command.ts';
import type { ScanResult } from './core.ts';
import { createProgress } from './progress.ts';
import { repositoryOptions } from './repository-options.ts';
import { relativeTo, resolveFolder } from './resolve-folder.ts';
import { type ExitCode, exitCodes, hasColour, widthOf } from './terminal.ts';
import { tokenFrom } from './token.ts';

const options = z.object({
  ...scanSettings,
  ...repositoryOptions,
});

export const scanCommand: Command = {
  name: 'scan',
  summary:
    'Scans a repository: a table, reports in .courier/reports and the ledger in .courier/ledger. Without any key the checks run.',
  operand: { name: 'path', required: false, meaning: 'The repository; the current folder where it is not given.' },
  options,
  flags: ['json', 'quiet', 'verbose', 'no-color'],
  async run(given, context) {
    const { terminal, loadCore } = context;
    const { config, repo, publish, ...overrides } = parseSettings(options, given.options, (key) => `--${toKebab(key)}`);
    if (repo === undefined && publish !== undefined && publish !== 'none') {
      throw new UserError(`--publish ${publish} needs --repo OWNER/NAME: without it there are no issues to reconcile.`);
    }
    const path = await resolveFolder(terminal.cwd, given.operands[0]);
    const github = repo === undefined ? undefined : { repository: repo, token: tokenFrom(terminal.env) };
    const progress = createProgress(terminal, given.flags);
    try {
      const core = await loadCore();
      const result = await core.scan({
        path,
        overrides: { ...overrides, ...(publish ? { publish } : {}) },
        configPath: config,
        github,
        log: progress.log,
        progress: progress.show,
        watch: progress.watch,
        signal: terminal.signal,
      });
      progress.end();
      tellScan(result, given, context);
      return exitCodeOf(result);
    } finally {
      progress.end();
    }
  },
};

/** What a session came to, on standard output. */
export function tellScan(result: ScanResult, { flags }: Given, { terminal }: CommandContext): void {
  const { stdout, stderr, env } = terminal;
  if (!flags.has('quiet')) for (const note of result.notes) stderr.write(`${toPlainLine(note)}\n`);
  if (flags.has('json')) {
    const { result: outcome, reasons, notes, failOnMet, files } = result;
    stdout.write(
      `${JSON.stringify({ result: outcome, reasons, notes, failOnMet, files, report: renderJsonReport(result.report) }, null, 2)}\n`,
    );
    return;
  }
  stdout.write(`${renderTable(result.report, { width: widthOf(stdout), colour: hasColour(stdout, env, flags) })}\n`);
  const places = Object.entries(result.files).map(
    ([kind, file]) => `${kind.padEnd(8)}  ${relativeTo(terminal.cwd, file)}`,
  );
  if (places.length > 0) stdout.write(`\n${places.join('\n')}\n`);
}

export function exitCodeOf({ result, failOnMet }: ScanResult): ExitCode {
  if (result === 'failed') return exitCodes.incomplete;
  // A finding that is there stays there, however much of the scan is missing.
  if (failOnMet) return exitCodes.failOn;
  return result === 'partial' ? exitCodes.incomplete : exitCodes.done;
}
