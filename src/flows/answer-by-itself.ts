import { renderRequest } from '../events/request.ts';
import { readLedger } from '../ledger/read-ledger.ts';
import { ConflictError, ExternalError, UserError } from '../lib/errors.ts';
import type { Gate } from '../publishing/gate.ts';
import { answerSession } from './answer-session.ts';
import { leftOpen } from './find-open.ts';
import type { ScanOutcome } from './outcome.ts';
import type { Output, Ports } from './ports.ts';
import type { ScanRequest } from './prepare-scan.ts';
import { readConfiguration } from './read-configuration.ts';
import { identityOf } from './record-session.ts';

export type AnsweringRequest = Pick<
  ScanRequest,
  'trigger' | 'configPath' | 'ledgerKey' | 'hasModelKey' | 'modelKeys' | 'hasE2bKey' | 'strict' | 'signal'
>;

/**
 * After a session that left questions, whoever began it, the answering agent reviews them where the configuration says so, in the same job: it has the
 * checkout, the key and the rights that this takes, and another job might have none of them. A job that only publishes has no key: it starts the
 * workflow for it. What comes of it is told with the scan; a failure of it never looks like success, and takes nothing from the scan.
 */
export async function answerByItself(
  outcome: ScanOutcome,
  request: AnsweringRequest,
  ports: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  try {
    if (!(await isWanted(outcome, request, ports))) return outcome;
    const { id: session } = outcome.session;
    if (!request.hasModelKey) return await handOver(outcome, ports);
    const within = { session, folder: place };
    const { trigger, configPath, ledgerKey, hasModelKey, modelKeys, hasE2bKey = false, strict, signal } = request;
    const keys = { hasModelKey, modelKeys, hasE2bKey };
    const own = { trigger, configPath, ledgerKey, ...keys, strict, signal };
    return together(outcome, await answerSession({ ...own, overrides: {}, session, within }, besides(ports)));
  } catch (error) {
    if (!(error instanceof UserError || error instanceof ExternalError || error instanceof ConflictError)) throw error;
    const why = `The answering session did not begin: ${ports.gate.plain(error.message)}`;
    return { ...outcome, ...withGap(outcome, [why]) };
  }
}

async function isWanted(
  { session, result }: ScanOutcome,
  { trigger, configPath, signal }: AnsweringRequest,
  ports: Ports & { gate: Gate },
): Promise<boolean> {
  const asked = session.questions.length + session.assumptions.length > 0;
  if (!asked || session.kind !== 'scan' || session.phase !== 'completed' || result === 'failed') return false;
  if (signal.aborted || trigger.pullRequest) return false;
  const remote = await ports.github?.repository();
  const config = await readConfiguration(configPath, { trigger, remote }, ports);
  if (!config.answeringAgent.auto) return false;
  const store = ports.github ? ports.github.ledger(config.ledger.branch) : ports.localLedger;
  return leftOpen(session.id, await readLedger(await store.read(), identityOf(remote)), remote);
}

/** Somebody else's job has the key. Where it could not be started, what was wanted did not happen. */
async function handOver(outcome: ScanOutcome, ports: Ports & { gate: Gate }): Promise<ScanOutcome> {
  const { github, workflow, gate } = ports;
  if (!github || workflow === undefined) return outcome;
  const { defaultBranch: branch, url } = await github.repository();
  const request = renderRequest({ version: 1, kind: 'answer-session', session: outcome.session.id });
  const started = await github.workflows.dispatch(workflow, { branch, request });
  if ('missing' in started) {
    const why = `The answering session could not be started: ${gate.plain(`${workflow}: ${started.missing}`)}.`;
    return { ...outcome, ...withGap(outcome, [why]) };
  }
  const run = started.run === undefined ? workflow : `${url}/actions/runs/${started.run}`;
  return { ...outcome, notes: [...outcome.notes, `The answering session was handed to ${run}.`] };
}

const place = 'answering-session';

/** In a job, sessions share a folder: this one's files and reports are in one of their own below it. */
function besides(ports: Ports & { gate: Gate }): Ports & { gate: Gate } {
  const { sessionFolder, output } = ports;
  return { ...ports, output: below(output), sessionFolder: (session) => below(sessionFolder(session)) };
}

function below(output: Output): Output {
  const inside = (path: string) => `${place}/${path}`;
  return {
    ...output,
    folder: `${output.folder}/${place}`,
    write: (path, text) => output.write(inside(path), text),
    append: (path, line) => output.append(inside(path), line),
    read: (path, options) => output.read(inside(path), options),
  };
}

function together(outcome: ScanOutcome, answered: ScanOutcome): ScanOutcome {
  const { session } = answered;
  const said = `Answering session ${session.id}: ${answered.result}.`;
  const told = { notes: [...outcome.notes, said], summary: `${outcome.summary}\n${answered.summary}` };
  if (answered.result === 'complete') return { ...outcome, ...told };
  return { ...outcome, ...told, ...withGap(outcome, [said, ...answered.reasons]) };
}

function withGap({ result, reasons }: ScanOutcome, why: readonly string[]): Pick<ScanOutcome, 'result' | 'reasons'> {
  return { result: result === 'complete' ? 'partial' : result, reasons: [...reasons, ...why] };
}
