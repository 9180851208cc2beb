import type { Ticks } from '../events/dashboard-boxes.ts';
import { isAtLeast, type Role } from '../events/role.ts';
import type { DashboardEdit } from '../events/understand-dashboard-edit.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { ExternalError, UserError } from '../lib/errors.ts';
import { count } from '../lib/text.ts';
import type { Gate } from '../publishing/gate.ts';
import { mayPublish } from '../sessions/may-reconcile.ts';
import { resolveSettings, type ScanSettings, withoutAgent } from '../sessions/settings.ts';
import { answerLearningBoxes } from './answer-learning-boxes.ts';
import type { GitHub, RemoteRepository } from './github-ports.ts';
import { type DashboardView, readDashboard } from './keep-dashboard.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Ports } from './ports.ts';
import type { ScanRequest } from './prepare-scan.ts';
import { readConfiguration } from './read-configuration.ts';
import { scan } from './scan.ts';
import { verify } from './verify.ts';
import { fileHeld, skip } from './without-looking.ts';

export type TicksRequest = ScanRequest & { edit: DashboardEdit };

type Answer = { refused: string } | { asked: Ticks; view: DashboardView };

/**
 * What somebody ticked on the dashboard, done at once: all boxes that are ticked by now, as far as that person may. Whoever may not, and an
 * issue that is not the dashboard, is answered with a sentence; the step does not fail.
 */
export async function answerTicks(request: TicksRequest, ports: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const { trigger, ledgerKey, edit } = request;
  const { github } = ports;
  const remote = await github?.repository();
  if (!github || !remote) throw new UserError('A dashboard needs a repository on GitHub.');
  const config = await readConfiguration(request.configPath, { trigger, remote }, ports);
  const settings = resolveSettings(config, withoutAgent(request.overrides), { ...request, strict: false });
  const learned = await decideLearnings({ request, settings, remote }, { ...ports, github });
  const answer = learned ?? (await understandTicks({ request, settings, remote }, github));
  const unlooked = { trigger, settings, remote, ledgerKey };
  if ('refused' in answer) return skip({ ...unlooked, why: answer.refused }, ports);
  const { asked, view } = answer;
  if (asked.scan) return scan(request, ports);
  // The checks and the findings' own commands say whether they are still there; no model is needed.
  if (asked.verify) return verify({ ...request, strict: false, findings: [] }, ports);
  await github.checkPermissions(['contents: write', 'issues: write']);
  const why = `Nothing was looked at: ${edit.sender} asked on the dashboard to file ${count(asked.file.length, 'finding')}.`;
  return fileHeld({ ...unlooked, why, dashboard: view }, ports);
}

/** Boxes beside learnings take no session. @returns `undefined` where other boxes are to be looked at. */
async function decideLearnings(
  { request, settings, remote }: Asking,
  ports: Ports & { gate: Gate; github: GitHub },
): Promise<{ refused: string } | undefined> {
  const { edit, trigger } = request;
  const isOff = !settings.dashboard || settings.publish !== 'issues' || !mayPublish(trigger, remote).may;
  if (isOff || edit.learned.length === 0) return undefined;
  const store = ports.github.ledger(settings.ledgerBranch);
  const { done, not } = await answerLearningBoxes(edit, {
    ...{ github: ports.github, clock: ports.clock, gate: ports.gate },
    ...{ store, remote, permissions: settings.permissions },
  });
  const said = [...done, ...not];
  return said.length === 0 ? undefined : { refused: `Nothing was looked at. ${said.join(' ')}` };
}

type Asking = { request: TicksRequest; settings: ScanSettings; remote: RemoteRepository };

async function understandTicks({ request, settings, remote }: Asking, github: GitHub): Promise<Answer> {
  const { edit, trigger } = request;
  if (edit.byApp) return { refused: `The edit was made by ${edit.sender}: only what people tick counts.` };
  if (!settings.dashboard) return { refused: 'The configuration switches the dashboard off.' };
  if (settings.publish !== 'issues')
    return { refused: `A ticked box changes issues, and this step has publish: ${settings.publish}.` };
  const published = mayPublish(trigger, remote);
  if (!published.may) return { refused: published.why };
  const snapshot = await github.ledger(settings.ledgerBranch).read();
  const { dashboard } = await readLedger(snapshot, { repositoryId: remote.id });
  if (dashboard?.issue?.number !== edit.issue)
    return { refused: `Issue ${edit.issue} is not the dashboard that the ledger knows.` };
  const role = await findRole(edit.sender, github);
  if (typeof role !== 'string') return role;
  if (!isAtLeast(role, 'write'))
    return { refused: `${edit.sender} may not ask for anything here: that needs write, and the role is ${role}.` };
  const view = await readDashboard(dashboard, { settings, github });
  const asked = view.ticks;
  if (asked.scan || asked.verify || asked.file.length > 0) return { asked, view };
  return { refused: 'No box of the dashboard is ticked, or a session has dealt with it by now.' };
}

/** A look-up that fails refuses. */
async function findRole(login: string, github: GitHub): Promise<Role | { refused: string }> {
  try {
    return await github.roleOf(login);
  } catch (error) {
    if (!(error instanceof ExternalError || error instanceof UserError)) throw error;
    return { refused: `What ${login} may do could not be looked up: ${error.message}` };
  }
}
