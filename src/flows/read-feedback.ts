import type { Briefing } from '../agents/briefing.ts';
import type { Configuration } from '../config/schema.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';
import { ExternalError, messageOf } from '../lib/errors.ts';
import { briefFeedback, type FailedOn } from '../runs/brief-feedback.ts';
import type { GitHub } from './github-ports.ts';
import { isOfRuns, readRequests } from './run-pull-view.ts';

type Place = {
  github: Pick<GitHub, 'pullRequests' | 'comments' | 'checks' | 'roleOf' | 'self'>;
  config: Configuration;
  workflow: string;
};

const mostChecks = 8;

/**
 * What reviews and checks have against the pull request of an issue's runs, for whoever goes on with it. `notes`: what could not be read, a sentence
 * each; that is no reason to do nothing.
 */
export async function readFeedback(
  runs: IssueRuns,
  { head, at }: { head: string; at: string },
  place: Place,
): Promise<{ briefing: Briefing[]; notes: string[] }> {
  const number = runs.pullRequest?.number;
  if (number === undefined) return { briefing: [], notes: [] };
  try {
    const pull = await place.github.pullRequests.read(number);
    if (!pull || !isOfRuns(pull, runs)) return { briefing: [], notes: [] };
    const requests = (await readRequests(number, place)).filter((each) => Date.parse(each.at) <= Date.parse(at));
    const requested = requests.map(({ author = '', at: when }) => ({ author, at: when }));
    const { failed, notes } = await readFailed(head, place);
    return { briefing: briefFeedback({ pullRequest: number, requested, failed }), notes };
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    return { briefing: [], notes: [`What was said about pull request #${number} was not read: ${messageOf(error)}`] };
  }
}

async function readFailed(
  head: string,
  { github: { checks }, workflow }: Place,
): Promise<{ failed: FailedOn[]; notes: string[] }> {
  try {
    const { failed } = await checks.ofOthers(head, workflow);
    const told = await Promise.all(
      failed.map(async (check, index) => ({ ...check, notes: index < mostChecks ? await checks.notes(check.id) : [] })),
    );
    return { failed: told, notes: [] };
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    return {
      failed: [],
      notes: [
        `The checks of ${head.slice(0, 7)} were not read: ${messageOf(error)}${error.hint ? ` ${error.hint}` : ''}`,
      ],
    };
  }
}
