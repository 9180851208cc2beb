/** What started a session, in our words: a workflow's event with the refs that matter, or the command line. */
export type Trigger = {
  /** `schedule`, `push`, `pull_request`, …, or `cli`. */
  name: string;
  /** Login of the person or app that started it, where there is one. */
  actor: string | undefined;
  /** Address of the workflow's run, where there is one. */
  run?: string | undefined;
  /** Which try of that run it is, from 1. */
  attempt?: number | undefined;
  /** Full ref under scan (`refs/heads/main`), where it is known. */
  ref: string | undefined;
  /** Of a pull request: what it is compared with and whether it comes from another repository. */
  pullRequest: { number: number; baseRef: string; baseCommit: string; fork: boolean } | undefined;
};
