import type { Finding } from '../findings/finding.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Memory } from '../memory/memory.ts';
import type { OpenOfSession } from '../sessions/answer-settings.ts';
import { isSensitive } from '../sessions/audience.ts';
import { openOf } from '../sessions/put-questions.ts';
import type { RemoteRepository } from './github-ports.ts';
import { memoryWith } from './keep-memory.ts';
import { type PanelLook, panelIn } from './panel-look.ts';

type Visible = Pick<RemoteRepository, 'visibility'>;

/** What a session left open, with where it is asked and what is remembered of it. */
export type FoundOpen = OpenOfSession & { look: PanelLook; memory: Memory };

// Who asks for an older one names it.
const looksBack = 50;

/**
 * What is open of the session that is named, else of the newest one with anything open. What may not be told to everybody who can read the repository is not
 * among it: whatever came of it could not be told either.
 */
export async function findOpen(
  named: string | undefined,
  ledger: Ledger,
  remote: Visible | undefined,
): Promise<FoundOpen | undefined> {
  if (named !== undefined) return openOfSession(named, ledger, remote);
  for (const { id } of ledger.listSessions().slice(-looksBack).reverse()) {
    const found = await openOfSession(id, ledger, remote);
    if (found && isAnyOpen(found)) return found;
  }
  return undefined;
}

export function isAnyOpen({ questions, assumptions }: Pick<OpenOfSession, 'questions' | 'assumptions'>): boolean {
  return questions.length + assumptions.length > 0;
}

/** @returns `undefined` where the ledger holds no such session that can be read. */
export async function openOfSession(
  id: string,
  ledger: Ledger,
  remote: Visible | undefined,
): Promise<FoundOpen | undefined> {
  const look = await panelIn(ledger, id, remote ?? { visibility: 'private' });
  if (!look || look.session.kind === 'answer') return undefined;
  const { session, asked, panel } = look;
  const memory = await memoryWith({ session, ledger, findings: ledger.findings, remote });
  const settled = new Set([
    ...memory.answers.filter((answer) => answer.session === id).map((answer) => answer.id),
    ...session.answers.map(({ question }) => question),
  ]);
  // Which of two words of people holds, no agent says.
  const questions = openOf(asked.told, panel).filter(
    ({ id: name, contradiction }) => !settled.has(name) && contradiction === undefined,
  );
  const assumptions = memory.assumptions.filter((one) => one.session === id && one.state === 'proposed');
  const named = new Set([...questions, ...assumptions].flatMap(({ findings }) => findings));
  return { look, memory, session, questions, assumptions, findings: toldOf(ledger.findings, named, remote) };
}

function toldOf(findings: readonly Finding[], named: ReadonlySet<string>, remote: Visible | undefined): Finding[] {
  return findings.filter(
    (finding) => named.has(finding.id) && !isSensitive(finding, remote?.visibility) && finding.sealed === undefined,
  );
}

/** Whether a session of that id asked or assumed anything that is open: cheap where it is to be known at its end. */
export async function leftOpen(id: string, ledger: Ledger, remote: Visible | undefined): Promise<boolean> {
  const found = await openOfSession(id, ledger, remote);
  return found !== undefined && isAnyOpen(found);
}
