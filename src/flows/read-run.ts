import type { Briefing } from '../agents/briefing.ts';
import type { PlacedComment } from '../commands/read-request.ts';
import { takeName } from '../commands/words.ts';
import type { Blueprint } from '../config/blueprint.ts';
import type { Configuration } from '../config/schema.ts';
import type { Role } from '../events/role.ts';
import { usualWorkflow } from '../events/workflow-file.ts';
import type { Finding } from '../findings/finding.ts';
import type { IssueSnapshot } from '../findings/issue.ts';
import { placeText } from '../findings/permalink.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { IssueRuns } from '../ledger/runs-record.ts';
import { isWithheld } from '../ledger/withhold.ts';
import { ExternalError, messageOf, UserError } from '../lib/errors.ts';
import { briefConventions, briefIssue, briefProtected, conventionFiles, type RunComment } from '../runs/brief-run.ts';
import { standardBlueprint } from '../runs/built-in-blueprints.ts';
import { gatherBlueprints, isBlueprintFile } from '../runs/gather-blueprints.ts';
import { briefOthers, type OtherWork, otherWork } from '../runs/other-work.ts';
import { readAllRuns } from './find-run.ts';
import { lookUp } from './follow-command.ts';
import type { CommentSnapshot, GitHub } from './github-ports.ts';
import { readFeedback } from './read-feedback.ts';

type RunGitHub = Pick<
  GitHub,
  'issues' | 'comments' | 'roleOf' | 'readFile' | 'branches' | 'pullRequests' | 'checks' | 'self'
>;

/** What is to be done for which issue, as it was asked for. */
export type OrderedRun = {
  issue: IssueSnapshot;
  finding: Finding | undefined;
  runs: IssueRuns;
  /** What the comment says, where that is more than a blueprint's name. */
  text: string | undefined;
  model: string | undefined;
  name: string;
  blueprint: Blueprint;
  /** What reviews and checks have against the pull request that is gone on with. */
  feedback: readonly Briefing[];
  /** What runs of other issues have changed, or are about to change. */
  others: readonly OtherWork[];
  /** What people should know of how it was read, a sentence each. */
  notes: readonly string[];
};

/** The issue whose runs a comment is about: its own, or the one whose run made the pull request. @throws UserError where there is none. */
export async function findOrdered({ issue, pullRequest }: PlacedComment, ledger: Ledger): Promise<IssueRuns> {
  const numbers = pullRequest ? ledger.listRuns() : [issue];
  const all = await Promise.all(numbers.map((number) => ledger.readRuns(number)));
  const found = all.find((runs) => runs && (!pullRequest || runs.pullRequest?.number === issue));
  if (found) return found;
  throw new UserError(`The ledger holds no run of #${issue}: ask for it with \`/courier run\`.`);
}

type ReadingPlace = { github: RunGitHub; config: Configuration; workflow?: string | undefined };

/** @throws UserError in one sentence, where there is nothing to do it for. */
export async function readOrder(
  at: { runs: IssueRuns; comment: PlacedComment; index: number; command: { text?: string; model?: string } },
  place: ReadingPlace & { ledger: Ledger; head: string; now: number },
): Promise<OrderedRun> {
  const { runs, comment, index, command } = at;
  const { github, ledger, config, head, now, workflow = usualWorkflow } = place;
  const issue = (await github.issues.read([runs.issue])).get(runs.issue);
  if (!issue) throw new UserError(`There is no issue #${runs.issue} any more.`);
  if (issue.state === 'closed')
    throw new UserError(`Issue #${runs.issue} is closed: open it again to have it worked on.`);
  const { asked } = runs;
  // A command that repeats the last one has its words on record.
  const given = asked?.comment === comment.id && asked.index === index ? asked : command;
  const { files, notes } = await readBlueprintFiles(head, github);
  const blueprints = gatherBlueprints(config.blueprints, files, config.review);
  const { name = standardBlueprint, text } = takeName(given.text, [...blueprints.keys()]);
  const blueprint = blueprints.get(name);
  if (!blueprint) throw new UserError(`There is no blueprint ${name}.`);
  const finding = ledger.findings.find((one) => one.issue?.number === runs.issue && !isWithheld(one));
  const said = await readFeedback(runs, { head, at: comment.createdAt }, { github, config, workflow });
  // With the name before it: `fix the naming` is a sentence as well.
  return {
    issue,
    finding,
    runs,
    text: withPlace(text === undefined ? undefined : given.text, comment),
    model: given.model,
    name,
    blueprint,
    feedback: said.briefing,
    others: otherWork(await readAllRuns(ledger), runs, now),
    notes: [...notes, ...said.notes],
  };
}

type BlueprintFiles = { files: { path: string; text: string }[]; notes: string[] };

/** As the commit has them that is worked on: what a checkout keeps of Courier's own is left out of its files. */
async function readBlueprintFiles(
  head: string,
  github: Pick<RunGitHub, 'branches' | 'readFile'>,
): Promise<BlueprintFiles> {
  try {
    const paths = [...(await github.branches.tree(head)).keys()].filter(isBlueprintFile).toSorted();
    const files = await Promise.all(paths.map(async (path) => ({ path, text: await github.readFile(path, head) })));
    return { files: files.flatMap(({ path, text }) => (text === undefined ? [] : [{ path, text }])), notes: [] };
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    // A tree that GitHub does not tell in one answer is no reason to do nothing.
    return { files: [], notes: [`The blueprints in .courier/blueprints were not read: ${messageOf(error)}`] };
  }
}

/** A word in a review is about the line that it stands on. */
function withPlace(text: string | undefined, { review }: PlacedComment): string | undefined {
  if (review?.path === undefined || text === undefined) return text;
  return `${text}\n\n(Said about ${placeText({ path: review.path, startLine: review.startLine ?? review.line, endLine: review.line })}.)`;
}

/** The issue, what people with a say wrote about it, and the conventions of the base branch, for the notes of the run's agents. */
export async function briefRun(
  { issue, finding, runs, text, feedback, others }: OrderedRun,
  { comment, github, config }: { comment: PlacedComment; github: RunGitHub; config: Configuration },
): Promise<Briefing[]> {
  const { number, title, body } = issue;
  const about = { number, title, body, editedSince: isEditedSince(issue, comment), finding };
  const comments = await readComments(runs, comment, github);
  const documents = await Promise.all(
    conventionFiles.map(async (path) => ({ path, text: await github.readFile(path, runs.base) })),
  );
  const conventions = documents.flatMap(({ path, text: words }) =>
    words === undefined ? [] : [{ path, text: words }],
  );
  const told = briefIssue(about, comments, { at: comment.createdAt, text });
  const kept = briefProtected(config.runs.protectedPaths);
  return [...told, ...feedback, ...briefOthers(others), ...kept, ...briefConventions(conventions)];
}

function isEditedSince({ editedAt }: IssueSnapshot, { createdAt }: PlacedComment): boolean {
  return editedAt !== undefined && Date.parse(editedAt) > Date.parse(createdAt);
}

const ever = '1970-01-01T00:00:00Z';

/** Of the issue and of its pull request; each person's role is looked up once, now. */
async function readComments(
  { issue, pullRequest }: IssueRuns,
  asking: PlacedComment,
  github: RunGitHub,
): Promise<RunComment[]> {
  const { comments } = github;
  const lists = await Promise.all([
    comments.list(issue),
    ...(pullRequest ? [comments.list(pullRequest.number), comments.listReviewed(pullRequest.number, ever)] : []),
  ]);
  const said = lists.flat().filter(({ id }) => id !== asking.id);
  const people = new Set(said.flatMap(({ by, author }) => (by === 'person' && author !== undefined ? [author] : [])));
  const roles = new Map<string, Role>();
  for (const login of people) {
    const standing = await lookUp(login, { github });
    // Nobody is trusted of whom GitHub does not tell.
    if ('role' in standing) roles.set(login, standing.role);
  }
  return said.flatMap((one) => toRunComment(one, roles));
}

function toRunComment(
  { author, by, createdAt, updatedAt, body, review }: CommentSnapshot,
  roles: ReadonlyMap<string, Role>,
): RunComment[] {
  const role = author === undefined ? undefined : roles.get(author);
  if (author === undefined || role === undefined) return [];
  const place =
    review?.path === undefined
      ? {}
      : { place: { path: review.path, ...(review.line === undefined ? {} : { line: review.line }) } };
  return [{ author, role, by, createdAt, updatedAt, body, ...place }];
}
