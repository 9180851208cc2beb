export const usualWorkflow = 'courier.yml';

/** The file of the workflow that runs now, by `GITHUB_WORKFLOW_REF`: it is the one that takes requests. Elsewhere the usual one is. */
export function workflowFile({ GITHUB_WORKFLOW_REF: ref = '' }: Readonly<Record<string, string | undefined>>): string {
  return /\/\.github\/workflows\/([^/@]+\.ya?ml)@/.exec(ref)?.[1] ?? usualWorkflow;
}
