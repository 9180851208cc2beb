import type { Ledger } from '../ledger/ledger.ts';
import { type SafeText, safe } from '../publishing/safe-text.ts';
import { artifactName } from '../sessions/artifact.ts';
import { isUnderWay } from '../sessions/phases.ts';
import type { Session } from '../sessions/session.ts';
import { chooseSession } from './choose-session.ts';
import type { ExportFormat } from './command.ts';
import type { Change, CommandContext } from './executor.ts';

/** Where a session's reports lie: they were made where it worked, and kept by its workflow's run. */
export type KeptReports = { session: string; run: number; artifact: string; file: string };

const files = {
  md: 'report.md',
  html: 'report.html',
  json: 'report.json',
  sarif: 'report.sarif',
} as const satisfies Record<Exclude<ExportFormat, 'pdf'>, string>;

export async function findReports(
  { session: named, format }: { session?: string | undefined; format: ExportFormat },
  { gate, issue }: CommandContext,
  ledger: Ledger,
): Promise<KeptReports | Change> {
  if (format === 'pdf')
    return refuse(
      safe`PDF is not offered: print \`report.html\`, which \`/courier export html\` leads to, from a browser.`,
    );
  const session = await chooseSession(named, { issue, meant: 'last' }, ledger);
  if (!session)
    return refuse(
      named === undefined
        ? safe`There is no session yet.`
        : safe`The ledger holds no session ${gate.inline(named)} that can be read.`,
    );
  const id = gate.inline(session.id);
  if (isUnderWay(session.phase)) return refuse(safe`Session ${id} is at work: its reports are made when it ends.`);
  const run = runOf(session);
  if (run === undefined)
    return refuse(
      safe`Session ${id} worked on somebody's machine: its reports are there, and \`courier export\` makes them.`,
    );
  const { name = artifactName(session), folder } = session.artifact?.folder === undefined ? {} : session.artifact;
  const file = files[format];
  return { session: session.id, run, artifact: name, file: folder === undefined ? file : `${folder}/${file}` };
}

export function runOf({ artifact, runner }: Session): number | undefined {
  return artifact?.run ?? (runner?.kind === 'workflow' ? runner.run : undefined);
}

function refuse(say: SafeText): Change {
  return { answer: { outcome: 'refused', say } };
}
