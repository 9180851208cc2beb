import type { AgentTask } from '../agents/agent.ts';
import type { NextFiles } from '../coverage/choose-next.ts';
import { chooseToVerify } from '../findings/choose-to-verify.ts';
import type { Finding } from '../findings/finding.ts';
import { createScope } from '../findings/in-scope.ts';
import { isOpen } from '../findings/judge-verdicts.ts';
import { orderKnown } from '../findings/order-known.ts';
import type { AgentScan } from '../sessions/settings.ts';
import type { AgentScanRequest } from './agent-scan.ts';
import type { Ports } from './ports.ts';
import { readContext } from './read-context.ts';
import { rulesFor } from './read-memory.ts';

/** `askable`: known findings that nobody was asked about in this session. */
type TaskRequest = Pick<AgentScanRequest, 'settings' | 'known' | 'scanned' | 'memory'> & {
  askable: readonly Finding[];
  next: () => NextFiles | undefined;
};

/** What the agent of a scan is told, but for what is known once its sandbox is there. */
export async function toTask(
  scan: AgentScan,
  { settings, known, askable, scanned, next, memory }: TaskRequest,
  { repository }: Pick<Ports, 'repository'>,
): Promise<Omit<AgentTask, 'timeoutMs' | 'setupProblem' | 'commands'>> {
  const { agent } = settings;
  const files = await repository.files();
  const whole = scan.part?.of ?? scan;
  const inScope = createScope(whole.paths, scanned.renames);
  const running = settings.scans.map(({ name }) => name);
  return {
    scan: scan.name,
    prompt: scan.prompt,
    paths: scan.paths,
    ...kindOfTask(scan),
    ...(scan.questions ? { questions: scan.questions } : {}),
    model: agent.model,
    effort: agent.effort,
    ...(agent.temperature === undefined ? {} : { temperature: agent.temperature }),
    maxTokens: agent.maxTokens,
    maxIterations: agent.maxIterations,
    budgetUsd: agent.budgetUsd,
    stallMs: settings.stallMs,
    inactivityMs: settings.inactivityMs,
    known: orderKnown(
      known.filter((finding) => isOpen(finding) && inScope(finding)),
      whole.name,
    ),
    verify: await chooseToVerify(askable, { scan: whole, running }, scanned),
    rules: rulesFor(scan, { configured: settings.rules, memory, files }),
    context: [...(scan.documents ?? []), ...(await readContext(agent.context, files, repository))],
    files,
    gaps: await repository.gaps(),
    next: next(),
    ...(scan.part ? { part: { number: scan.part.number, count: scan.part.count } } : {}),
  };
}

function kindOfTask({ answering, inquiry }: AgentScan): Pick<AgentTask, 'kind' | 'open' | 'briefing' | 'checks'> {
  if (inquiry) return { kind: 'ask', briefing: inquiry.briefing, checks: inquiry.checks };
  return answering ? { kind: 'answer', open: answering.open, briefing: answering.briefing } : {};
}
