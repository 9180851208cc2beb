import { roleNeeded } from '../commands/authorise.ts';
import type { Log } from '../lib/log.ts';
import type { AssumptionRecord } from '../memory/assumption.ts';
import { assumptionsBranch, assumptionsFile } from '../memory/assumptions-file.ts';
import { type FileUpdate, type FileView, updateAssumptionsFile } from '../memory/render-assumptions-file.ts';
import { pullTitle, renderPull } from '../memory/render-assumptions-pull.ts';
import { safe } from '../publishing/safe-text.ts';
import { markReviewed, type PullPlace, readShowable } from './assumptions-pull.ts';
import type { Obstacle, PullRequestSnapshot } from './pull-request-ports.ts';

type OpenPull = Omit<PullRequestSnapshot, 'merged'>;

/** `none`: why there is no pull request, or none with what is new, in a sentence. */
export type AssumptionsPull =
  | { number: number; url: string; isNew: boolean; shown: number; edited: number; left: number }
  | { none: string };

/**
 * Offers the assumptions for review in a pull request: the one that is open, brought up to date, or a new one. Nothing is ever forced, and what
 * people did to the file on its branch stays. It may be repeated: there is one branch and one pull request.
 */
export async function openAssumptionsPull({ by }: { by: string }, place: PullPlace): Promise<AssumptionsPull> {
  const { github, remote } = place;
  const showable = await readShowable(place);
  const pulls = await github.pullRequests.listFrom(assumptionsBranch);
  const open = pulls.find(({ isOpen, base }) => isOpen && base === remote.defaultBranch);
  if (open && !(await isOwn(open, place)))
    return {
      none: `Pull request #${open.number} from the branch ${assumptionsBranch} is somebody else's: close it first.`,
    };
  const begin = await startOf(open, pulls, place);
  if ('none' in begin) return begin;
  const view = { ...showable, pullRequest: open?.number };
  const written = await writeFile(view, begin.head, place);
  if ('none' in written) return written;
  const { shown, edited, left } = written.update;
  const body = renderPull({ shown, edited, left, role: roleNeeded('approve', place.permissions) }, place.gate);
  const pull = open ?? (await create(body, place));
  if ('none' in pull) return pull;
  if (open && open.body !== body) await github.pullRequests.update(open.number, { body });
  await markReviewed(pull.number, { put: shown, by }, place);
  const { number, url } = pull;
  return { number, url, isNew: !open, shown: shown.length, edited: edited.length, left: left.length };
}

export async function isOwn({ author }: Pick<OpenPull, 'author'>, { github }: Pick<PullPlace, 'github'>) {
  return author?.toLowerCase() === (await github.self()).toLowerCase();
}

/** Where the work goes on: on the branch as it is, unless all of it has been merged. */
async function startOf(
  open: OpenPull | undefined,
  pulls: readonly OpenPull[],
  { github, remote }: PullPlace,
): Promise<{ head: string | undefined } | { none: string }> {
  if (open) return { head: open.head.commit };
  const head = await github.branches.head(assumptionsBranch);
  const last = head === undefined ? undefined : pulls.find((pull) => pull.head.commit === head);
  const { merged } = (last && (await github.pullRequests.read(last.number))) ?? { merged: undefined };
  if (head === undefined || !merged || last?.base !== remote.defaultBranch) return { head };
  const removed = await github.branches.remove(assumptionsBranch, head);
  return removed === 'removed' ? { head: undefined } : { none: removed.why };
}

const tries = 4;

type Written = { update: FileUpdate } | { none: string; unreadable?: string };

/** Writes the file where it says anything new; who was faster keeps what they wrote. @param known the branch's head, where there is a branch. */
async function writeFile(view: FileView, known: string | undefined, place: PullPlace): Promise<Written> {
  let branchHead = known;
  for (let attempt = 1; ; attempt++) {
    const written = await tryToWrite(view, branchHead, place);
    if (!('obstacle' in written)) return written;
    const isPassing = written.obstacle === 'moved' || written.obstacle === 'exists';
    if (attempt === tries || !isPassing) return { none: written.why };
    branchHead = await place.github.branches.head(assumptionsBranch);
  }
}

async function tryToWrite(
  view: FileView,
  branchHead: string | undefined,
  place: PullPlace,
): Promise<Written | Obstacle> {
  const { github, remote, gate } = place;
  const head = branchHead ?? (await github.branches.head(remote.defaultBranch));
  if (head === undefined) return { none: 'There is no commit yet to put a file on.' };
  const update = updateAssumptionsFile(await github.readFile(assumptionsFile, head), view, gate);
  if ('unreadable' in update) {
    const none = `The file cannot be read, and was left as it is:\n${update.unreadable}`;
    return { none, unreadable: update.unreadable };
  }
  if (branchHead === undefined && isNothing(update)) return { none: nothingNew(update) };
  if (!update.changed) return { update };
  const made = await commit(update.text, { branchHead, head }, place);
  return 'commit' in made ? { update } : made;
}

/** Nothing to show, or all of it stands in the default branch. */
function isNothing({ shown, changed }: FileUpdate): boolean {
  return shown.length === 0 || !changed;
}

function nothingNew({ shown }: FileUpdate): string {
  return shown.length === 0
    ? 'There are no assumptions to review.'
    : `All ${shown.length} assumptions stand in ${assumptionsFile} of the default branch as they are.`;
}

async function commit(
  text: string,
  { branchHead, head }: { branchHead: string | undefined; head: string },
  { github }: PullPlace,
) {
  if (branchHead === undefined) {
    const made = await github.branches.create(assumptionsBranch, head);
    if (made !== 'created') return made;
  }
  const files = new Map([[assumptionsFile, text]]);
  return github.branches.commit(assumptionsBranch, {
    base: head,
    files,
    message: safe`Assumptions of Courier's agents`,
  });
}

async function create(
  body: ReturnType<typeof renderPull>,
  { github, remote }: PullPlace,
): Promise<{ number: number; url: string } | { none: string }> {
  const pull = { head: assumptionsBranch, base: remote.defaultBranch, title: pullTitle, body, draft: false };
  const made = await github.pullRequests.create(pull);
  if (!('obstacle' in made)) return made;
  // Somebody else was faster, in the same moment.
  const other =
    made.obstacle === 'exists'
      ? (await github.pullRequests.listFrom(assumptionsBranch)).find(({ isOpen }) => isOpen)
      : undefined;
  return other ?? { none: `The pull request could not be opened. ${made.why}` };
}

/** Brings the open pull request in line with what was decided since; what is new is added when somebody asks for it only. */
export async function followAssumptionsPull(pull: OpenPull, place: PullPlace & { log: Log }): Promise<void> {
  const { records, placeOf } = await readShowable(place);
  const isIn = (record: AssumptionRecord) => record.pullRequest === pull.number;
  const view = { records: records.filter(isIn), placeOf, pullRequest: pull.number };
  const written = await writeFile(view, pull.head.commit, place);
  if ('none' in written && written.unreadable === undefined) place.log.warn(written.none);
  const state =
    'update' in written
      ? written.update
      : { shown: view.records, edited: [], left: [], unreadable: written.unreadable };
  const { shown, edited } = state;
  const unreadable = 'unreadable' in state ? state.unreadable : undefined;
  const role = roleNeeded('approve', place.permissions);
  const body = renderPull({ shown, edited, left: [], role, unreadable }, place.gate);
  if (body !== pull.body) await place.github.pullRequests.update(pull.number, { body });
}
