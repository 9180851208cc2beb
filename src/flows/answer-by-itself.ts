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

/**
 * After a scan that left questions, where the configuration says so, the answering agent reviews them in the same job: it has the checkout, the key
 * and the rights that this takes, and another job might have none of them. What comes of it is told with the scan; a failure of it never
 * looks like success, and takes nothing from the scan.
 */
export async function answerByItself(
  outcome: ScanOutcome,
  request: ScanRequest,
  ports: Ports & { gate: Gate },
): Promise<ScanOutcome> {
  try {
    if (!(await isWanted(outcome, request, ports))) return outcome;
    const { overrides: _, split: __, ...rest } = request;
    const answered = await answerSession({ ...rest, overrides: {}, session: outcome.session.id }, besides(ports));
    return together(outcome, answered);
  } catch (error) {
    if (!(error instanceof UserError || error instanceof ExternalError || error instanceof ConflictError)) throw error;
    const why = `The answering session did not begin: ${ports.gate.plain(error.message)}`;
    return { ...outcome, ...withGap(outcome, [why]) };
  }
}

async function isWanted(
  { session, result }: ScanOutcome,
  { trigger, configPath, hasModelKey, signal }: ScanRequest,
  ports: Ports & { gate: Gate },
): Promise<boolean> {
  const asked = session.questions.length + session.assumptions.length > 0;
  if (!asked || session.kind !== 'scan' || session.phase !== 'completed' || result === 'failed') return false;
  if (!hasModelKey || signal.aborted || trigger.pullRequest) return false;
  const remote = await ports.github?.repository();
  const config = await readConfiguration(configPath, { trigger, remote }, ports);
  if (!config.answeringAgent.auto) return false;
  const store = ports.github ? ports.github.ledger(config.ledger.branch) : ports.localLedger;
  return leftOpen(session.id, await readLedger(await store.read(), identityOf(remote)), remote);
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
