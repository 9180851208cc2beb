import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Bed } from './bed.ts';
import type { StepResult } from './run-step.ts';

/** Everything that the step left where somebody can read it. */
export function sinksOf(bed: Bed, { log, summary, outputs, runnerTemp }: StepResult): Record<string, string> {
  const { issues, labels } = bed.github.repository();
  // What the runner itself takes away from the log before anybody sees it.
  const shownLog = log.replace(/^::add-mask::.*$/gm, '');
  return {
    log: shownLog,
    summary,
    outputs: JSON.stringify(outputs),
    issues: JSON.stringify(issues),
    labels: JSON.stringify(labels),
    ledger: JSON.stringify(bed.github.files('acme/shop', 'courier-ledger')),
    commits: JSON.stringify(bed.github.commits('acme/shop', 'courier-ledger')),
    ...filesBelow(path.join(runnerTemp, 'courier')),
  };
}

function filesBelow(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  const found = names.filter((name) => statSync(path.join(folder, name)).isFile());
  return Object.fromEntries(found.map((name) => [name, readFileSync(path.join(folder, name), 'utf8')]));
}
