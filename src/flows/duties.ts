import { ExternalError, UserError } from '../lib/errors.ts';
import { type Among, continueRuns } from './continue-runs.ts';
import { eachApart } from './each-apart.ts';
import { endDeadRuns } from './end-dead-runs.ts';
import type { CommentsHandled, CommentsRequest } from './handle-comments.ts';
import { openOfferedRuns } from './open-offered-runs.ts';
import type { OrderDesk } from './order-run.ts';
import { tellOpenPulls } from './tell-open-pulls.ts';
import { isAssumptionsPull, tendAssumptionsPulls } from './tend-assumptions-pulls.ts';
import { tendChains } from './tend-chains.ts';
import { tendCommented, tendRuns } from './tend-runs.ts';

type Duties = {
  /** Why the configuration cannot be read. */
  problem: string | undefined;
  runDesk: Parameters<typeof openOfferedRuns>[0] &
    Parameters<typeof endDeadRuns>[0] &
    Omit<Parameters<typeof tendCommented>[1], 'workflow' | 'told'> &
    Omit<OrderDesk, 'workflow' | 'opens'>;
  pullPlace: Parameters<typeof tendAssumptionsPulls>[0];
  /** The file's name below `.github/workflows`. */
  workflow: string;
  /** Whether it is a step of a workflow, and no app. */
  isStep: boolean;
};

/** What follows from more than one kind of event. With a broken configuration nobody knows who may what: it is looked at later. */
export function createDuties({ problem, runDesk, pullPlace, workflow, isStep }: Duties) {
  const hear = async (pullRequest?: number) =>
    problem === undefined ? tendAssumptionsPulls(pullPlace, pullRequest) : undefined;
  // The app hears of each run that ends, if it does: what the last one pushed comes before another one begins, whose work would take its place.
  const endUntold = async () => (isStep ? endDeadRuns(runDesk) : offerLeft());
  // Only the app is told of reviews and checks, and may start what follows from them.
  const goOn = async (among?: Among) =>
    isStep || problem !== undefined ? undefined : continueRuns({ ...runDesk, workflow, opens: 'app' }, among);
  const bringOn = async () =>
    problem === undefined ? tendChains({ ...runDesk, workflow, opens: isStep ? 'job' : 'app' }) : undefined;
  // A step in a workflow opens its own. With a broken configuration nobody knows what is protected: it is opened later.
  const openOffered = async () => (isStep || problem !== undefined ? undefined : openOfferedRuns(runDesk));
  async function offerLeft(): Promise<void> {
    try {
      await openOffered();
    } catch (error) {
      // It is not what they came for, and was told.
      if (!(error instanceof ExternalError || error instanceof UserError)) throw error;
    }
  }
  /** One after the other, as each builds on what came before; none is kept from its work by another's failure. */
  async function tendAllRuns(among?: Among) {
    let came: 'done' | 'soon' | undefined;
    const duties = [
      ['What runs pushed was not offered', openOffered],
      ['What became of runs was not looked up', () => tendRuns(runDesk)],
      ['Open pull requests were not told of each other', () => tellOpenPulls(runDesk)],
      ['Chains were not brought on', bringOn],
      [
        'Runs were not gone on with',
        async () => {
          came = await goOn(among);
        },
      ],
    ] as const;
    await eachApart(duties, { work: ([, duty]) => duty(), what: ([what]) => what }, runDesk);
    return came;
  }
  async function afterComments({ issue, pullRequest }: CommentsRequest, handled: CommentsHandled): Promise<void> {
    if (pullRequest && (await isAssumptionsPull(issue, pullPlace))) await hear(issue);
    // A review that holds a command may ask for changes, too.
    if (pullRequest) await goOn({ pullRequests: [issue] });
    await tendCommented({ issue, pullRequest }, { ...runDesk, workflow, told: isStep ? 'by nobody' : 'by GitHub' });
    // One may have stopped a chain.
    if (handled.kind === 'done' && handled.comments > 0) await bringOn();
  }
  return { endUntold, hear, tendAllRuns, goOn, afterComments };
}
