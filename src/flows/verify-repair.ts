import { isToProve } from '../findings/repair.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { mayPublish } from '../sessions/may-reconcile.ts';
import { resolveSettings, withoutAgent } from '../sessions/settings.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import type { ScanRequest } from './prepare-scan.ts';
import { readConfiguration } from './read-configuration.ts';
import { verify } from './verify.ts';
import { skip } from './without-looking.ts';

/**
 * Looks whether the findings of an issue are gone for which a run's pull request was merged. The request names an issue and nothing else: what there
 * is to look at, the ledger says, so that one that comes twice, or too late, does nothing.
 */
export async function verifyRepair(
  request: ScanRequest & { issue: number },
  ports: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  const { trigger, issue, configPath } = request;
  const { github } = ports;
  const remote = await github?.repository();
  if (!github || !remote || !mayPublish(trigger, remote).may)
    throw new UserError(
      'What a pull request repaired is looked at on the default branch of a repository on GitHub only.',
    );
  const config = await readConfiguration(configPath, { trigger, remote }, ports);
  const ledger = await readLedger(await github.ledger(config.ledger.branch).read(), { repositoryId: remote.id });
  const due = ledger.findings.filter((finding) => finding.issue?.number === issue && isToProve(finding));
  if (due.length > 0) return verify({ ...request, findings: due.map(({ id }) => id), strict: false }, ports);
  const settings = resolveSettings(config, withoutAgent(request.overrides), { ...request, strict: false });
  const why = `Nothing was looked at: no finding of #${issue} waits for that.`;
  return skip({ ...request, settings, remote, why }, ports);
}
