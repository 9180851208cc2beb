import type { AgentTask } from './agent.ts';
import type { FindingUpdate } from './tool-inputs.ts';

/** A verdict as the output file has it. */
export type KnownVerdict = { known: string; verdict: NonNullable<FindingUpdate['verdict']> } & Pick<
  FindingUpdate,
  'evidence' | 'reason'
>;

/** The verdict on a known finding, or sentences that tell the model what to change. What the code says is judged by the host, later. */
export function takeVerdict(
  { id, verdict, evidence = [], reason }: FindingUpdate,
  { known, files }: Pick<AgentTask, 'known' | 'files'>,
): { verdict: KnownVerdict } | { refused: string } {
  const finding = known.find((one) => one.id === id);
  if (!finding)
    return refuse(
      `There is no known finding ${id}. Their ids stand under "Known findings"; a new problem is reported with report_finding.`,
    );
  if (verdict === undefined)
    return refuse(
      `${id} is a known finding: only your verdict on it is taken here. Give verdict (present, fixed or unsure), evidence and reason; to describe it anew, call report_finding with known: "${id}".`,
    );
  const path = finding.location?.path;
  const isThere = path === undefined || files.includes(path);
  if (verdict !== 'unsure' && evidence.length === 0 && isThere)
    return refuse(
      `Quote the code as it is now${path === undefined ? '' : `, from ${path}`}, as evidence: without it the verdict ${verdict} does not count. If you cannot tell, say unsure.`,
    );
  if (verdict === 'fixed' && !isThere && !reason)
    return refuse(
      `The file of ${id} is gone. Say in reason where its code went: a problem that only moved is not fixed.`,
    );
  return { verdict: { known: id, verdict, evidence, ...(reason === undefined ? {} : { reason }) } };
}

function refuse(refused: string): { refused: string } {
  return { refused };
}
