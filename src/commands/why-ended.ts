/** Why a command that was handed to a workflow came to nothing, by the conclusion of its run: a sentence for the person who asked. */
const sentences: Readonly<Record<string, string | undefined>> = {
  cancelled: 'The run was cancelled before it was done.',
  timed_out: 'The run took longer than its workflow allows and was ended.',
  startup_failure: 'The run could not be started: GitHub found its workflow file wrong.',
  action_required: 'The run waits for an approval that GitHub asks for before it may start.',
  skipped: 'The run was skipped: no job of the workflow is for this request.',
  stale: 'The run did not begin for two weeks, and GitHub gave it up.',
  failure: 'The run failed before it could say what came of this.',
};

/** `conclusion`: of a run that ended without a word about the command. */
export function whyEnded(conclusion: string | undefined): string {
  return sentences[conclusion ?? ''] ?? 'The run ended without saying what came of this.';
}

export const neverBegan = 'No run of the workflow took this up. Ask again; the workflow may be switched off.';
export const runGone = 'The run is not there any more.';
