import { z } from 'zod';
import { UserError } from '../lib/errors.ts';
import { ReviewKey } from './comment-key.ts';

const Issue = z
  .number()
  .int()
  .positive()
  .max(2 ** 31 - 1);
const Key = z.union([z.number().int().positive().max(Number.MAX_SAFE_INTEGER), ReviewKey]);
const SessionId = z.string().regex(/^S\d{8}-\d{6}-[0-9a-z]{4}$/);
const Commit = z.string().regex(/^[0-9a-f]{40}$/);
const Digest = z.string().regex(/^[0-9a-f]{64}$/);

/** A command in a comment: the words, their author and what that person may do are read again by the job. */
const CommandRequest = z.strictObject({
  version: z.literal(1),
  kind: z.literal('command'),
  issue: Issue,
  comment: Key,
  /** Which of the comment's commands, from 0. */
  index: z.number().int().nonnegative().max(99),
  /** SHA-256 of the comment as it was when the command was admitted: other words are another command. */
  digest: Digest,
  /** The commit that the command is about; a branch that has moved on since asks again. */
  head: Commit.optional(),
});

/** The workflow run that keeps a session's artifact, and the commit that it worked on, for the steps before ours; its record says whether they are. */
const rest = {
  run: z.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  commit: Commit.optional(),
} as const;

/** What a parked session waits for was answered, or need not be; the answers are read from the issue and the ledger. */
const AnswersRequest = z.strictObject({
  version: z.literal(1),
  kind: z.literal('answers'),
  issue: Issue,
  comments: z.array(Key).max(50),
  session: SessionId,
  ...rest,
});

/** A session that can go on does so. */
const ResumeRequest = z.strictObject({
  version: z.literal(1),
  kind: z.literal('resume'),
  session: SessionId,
  ...rest,
  /** The command that asked for it, where one did: told what comes of it. */
  asked: z.strictObject({ issue: Issue, comment: Key, index: z.number().int().nonnegative().max(99) }).optional(),
});

/** Somebody who may answer asked on a session's panel that the answering agent reviews what is open; what that is, is read from the ledger. */
const AnswerSessionRequest = z.strictObject({
  version: z.literal(1),
  kind: z.literal('answer-session'),
  session: SessionId,
});

/** A run that no command of its own asked for: the ledger's record of the issue says what it is, and on whose word. */
const RunRequest = z.strictObject({
  version: z.literal(1),
  kind: z.literal('run'),
  issue: Issue,
  order: z.string().regex(/^O-[0-9a-z]{8}$/),
  /** The branch's commit that it works on; one that has moved on since asks again. */
  head: Commit,
});
/** The pull request of an issue's run was merged: whether that repaired the finding is looked at. Which it is, is read from the ledger. */
const VerifyRequest = z.strictObject({ version: z.literal(1), kind: z.literal('verify'), issue: Issue });

/**
 * What the input `request` of a dispatched workflow says: where to look, never what to do or on whose word. Whoever may start workflows can
 * write one, so a job checks all it points at anew.
 */
export const JobRequest = z.discriminatedUnion('kind', [
  CommandRequest,
  AnswersRequest,
  ResumeRequest,
  AnswerSessionRequest,
  RunRequest,
  VerifyRequest,
]);
export type JobRequest = z.infer<typeof JobRequest>;
export type CommandRequest = z.infer<typeof CommandRequest>;
/** Which run of which issue it is. */
export type OrderedRequest = z.infer<typeof RunRequest>;
/** The command that a request to go on with a session came from. */
export type AskedBy = NonNullable<z.infer<typeof ResumeRequest>['asked']>;

// A request of fifty comments has a tenth of it.
const longest = 10_000;

/** @throws UserError that says what is wrong with it; its text is not repeated. */
export function parseRequest(text: string): JobRequest {
  if (text.length > longest) throw unreadable(`it has ${text.length} characters, and ${longest} are the most`);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unreadable('it is not JSON');
  }
  const version = z.object({ version: z.number() }).safeParse(value).data?.version;
  if (version !== undefined && version > 1)
    throw new UserError(
      'The input request comes from a newer Courier: use the same version in the workflow as in the app.',
    );
  const parsed = JobRequest.safeParse(value);
  if (parsed.success) return parsed.data;
  const [problem] = parsed.error.issues;
  const field = problem?.path.join('.') ?? '';
  throw unreadable(`${field === '' ? 'it' : field} is not as it has to be (${problem?.message ?? 'unknown'})`);
}

function unreadable(why: string): UserError {
  return new UserError(
    `The input request cannot be read: ${why}. Courier writes it when it starts this workflow; leave it empty to start a scan by hand.`,
  );
}

/** The text that `parseRequest` reads. */
export function renderRequest(request: JobRequest): string {
  return JSON.stringify(JobRequest.parse(request));
}
