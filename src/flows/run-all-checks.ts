import type { CheckOutcome } from '../checks/check.ts';
import { runChecks } from '../checks/run-checks.ts';
import { count } from '../lib/text.ts';
import type { Discovery } from '../sessions/discovery.ts';
import type { ScanSettings } from '../sessions/settings.ts';
import type { Ports } from './ports.ts';
import type { Claim } from './raise-findings.ts';

type Request = {
  settings: Pick<ScanSettings, 'presets' | 'checks'>;
  /** Paths of what counts on a pull request; absent: everything counts. */
  changedLines?: ReadonlyMap<string, unknown> | undefined;
  readText: (path: string) => Promise<string | undefined>;
  signal: AbortSignal;
};

/** Runs the presets and the configured checks that the settings name. */
export async function runAllChecks(
  { settings, signal, changedLines, readText }: Request,
  { repository, commands, tools, progress, log }: Pick<Ports, 'repository' | 'commands' | 'tools' | 'progress' | 'log'>,
): Promise<CheckOutcome[]> {
  const files = await repository.files();
  log.info(`${count(files.length, 'file')} to look at.`);
  return runChecks(
    {
      presets: settings.presets,
      checks: settings.checks,
      files,
      repositoryRoot: repository.root,
      readText,
      changedOnly: changedLines && [...changedLines.keys()],
    },
    {
      commands,
      tools,
      signal,
      onProgress: ({ check, done, of }) => progress({ step: `check ${check}`, done: of === 0 ? 1 : done / of }),
    },
  );
}

/** What the checks found, as claims. */
export function claimsOf(checks: readonly CheckOutcome[]): Claim[] {
  return checks.flatMap((outcome) => {
    if ('reason' in outcome) return [];
    return outcome.findings.map(({ candidate, rule }) => ({
      candidate,
      origin: { kind: 'check' as const, name: outcome.check, ...(rule === undefined ? {} : { rule }) },
    }));
  });
}

/** What a check's run to its end determines. */
export function toDetermined(outcome: CheckOutcome): Discovery['determined'] {
  if ('reason' in outcome) return [];
  return [
    {
      check: outcome.check,
      ...(outcome.version ? { version: outcome.version } : {}),
      heldRules: [...outcome.held.rules],
    },
  ];
}
