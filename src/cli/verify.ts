import { z } from 'zod';
import { listOf, parseSettings, setting, toKebab } from '../config/setting.ts';
import { UserError } from '../lib/errors.ts';
import { count } from '../lib/text.ts';
import { verdictText } from '../reports/measures.ts';
import { toPlainLine } from '../reports/plain-text.ts';
import type { Command, CommandContext, Given } from './command.ts';
import type { VerifyResult } from './core.ts';
import { noLedger } from './findings.ts';
import { createProgress } from './progress.ts';
import { renderColumns } from './render-columns.ts';
import { repositoryOptions } from './repository-options.ts';
import { resolveFolder } from './resolve-folder.ts';
import { exitCodes, widthOf } from './terminal.ts';
import { tokenFrom } from './token.ts';

const options = z.object({
  finding: setting(listOf(z.string().regex(/^\S+$/), 'ids of findings (F-…), separated by commas'), {
    description: 'Ids of findings, comma-separated. Not given: all that are open.',
    kind: 'list',
  }),
  ...repositoryOptions,
});

export const verifyCommand: Command = {
  name: 'verify',
  summary:
    'Checks known findings again, without a model: the checks that raised them, and the commands that agents gave. What is proven gone is resolved.',
  operand: { name: 'path', required: false, meaning: 'The repository; the current folder where it is not given.' },
  options,
  flags: ['json', 'quiet', 'no-color'],
  async run(given, context) {
    const { terminal, loadCore } = context;
    const { finding, repo, publish, config } = parseSettings(options, given.options, (key) => `--${toKebab(key)}`);
    if (repo === undefined && publish !== undefined && publish !== 'none')
      throw new UserError(`--publish ${publish} needs --repo OWNER/NAME: without it there are no issues to reconcile.`);
    const [operand] = given.operands;
    if (operand !== undefined && /^F-[0-9a-z]{8}$/i.test(operand))
      throw new UserError(`${operand} is a finding, not a folder: give it as --finding ${operand}.`);
    const path = await resolveFolder(terminal.cwd, operand);
    const github = repo === undefined ? undefined : { repository: repo, token: tokenFrom(terminal.env) };
    const core = await loadCore();
    if (!github && !(await core.listFindings(path))) throw new UserError(noLedger);
    const progress = createProgress(terminal, given.flags);
    try {
      const result = await core.verify({
        path,
        findings: finding ?? [],
        overrides: publish ? { publish } : {},
        configPath: config,
        github,
        log: progress.log,
        progress: progress.show,
        signal: terminal.signal,
      });
      progress.end();
      tell(result, given, context);
      return result.result === 'complete' || result.result === 'skipped' ? exitCodes.done : exitCodes.incomplete;
    } finally {
      progress.end();
    }
  },
};

function tell(result: VerifyResult, { flags }: Given, { terminal }: CommandContext): void {
  const { stdout, stderr } = terminal;
  const { verdicts, reasons, notes } = result;
  if (!flags.has('quiet')) for (const line of [...reasons, ...notes]) stderr.write(`${toPlainLine(line)}\n`);
  stdout.write(
    flags.has('json')
      ? `${JSON.stringify({ result: result.result, reasons, notes, verdicts }, null, 2)}\n`
      : `${renderVerdicts(verdicts, widthOf(stdout))}\n`,
  );
}

function renderVerdicts(verdicts: VerifyResult['verdicts'], width: number): string {
  if (verdicts.length === 0) return 'No open finding was checked again.';
  const rows = verdicts.map(({ finding, verdict, proof }) => [finding, verdictText[verdict], proof]);
  const columns = [{ name: 'finding' }, { name: 'verdict' }, { name: 'proof', wraps: true as const }];
  const of = (wanted: string) => verdicts.filter(({ verdict }) => verdict === wanted).length;
  const counts = `${of('gone')} gone, ${of('present')} still there, ${of('inconclusive')} undecided`;
  return `${renderColumns(columns, rows, width)}\n\n${count(verdicts.length, 'finding')} checked again: ${counts}.`;
}
