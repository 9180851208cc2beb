import { ZodError } from 'zod';
import { isoTime } from '../../lib/clock.ts';
import { ConflictError, ExternalError, UserError } from '../../lib/errors.ts';
import { oneLine } from '../../lib/text.ts';
import { type Failure, isLimited, understandFailure, waitOf } from './failure.ts';

export type Place = { owner: string; repo: string; apiUrl: string; now: () => number };

/** What was tried (`create an issue`), and the permission which that takes, as a workflow writes it. */
export type Attempt = { doing: string; permission: string; issue?: number };

const token = 'pass a valid one as `github-token` in the Action or as GITHUB_TOKEN on the command line';

/** Whatever a call threw, as an error of ours whose message is fit for people. Bugs stay what they are. */
export function toCourierError(error: unknown, attempt: Attempt, place: Place): unknown {
  if (error instanceof UserError || error instanceof ConflictError || error instanceof ExternalError) return error;
  if (error instanceof ZodError)
    return new ExternalError(`GitHub's answer to the attempt to ${attempt.doing} could not be read.`, {
      cause: error,
      hint: 'Run it again; if it stays so, check that the API address is that of GitHub.',
    });
  const failure = understandFailure(error);
  return failure ? fromFailure(failure, attempt, place, error) : error;
}

function fromFailure(failure: Failure, attempt: Attempt, place: Place, cause: unknown): Error {
  const { status } = failure;
  const said = saidBy(failure);
  if (status === undefined)
    return new ExternalError(`GitHub at ${place.apiUrl} could not be reached to ${attempt.doing}: ${said}.`, {
      cause,
      hint: 'Check the network and GITHUB_API_URL, then run it again.',
    });
  if (status === 401) return new UserError(`GitHub refused the token (401): ${token}.`, { cause });
  if (isLimited(failure)) return limited(failure, attempt, place, cause);
  if (status === 403) return forbidden(failure, attempt, place, cause);
  if (status === 404 || status === 410) return missing(failure, attempt, place, cause);
  if (status === 409 && /empty/i.test(said))
    return new UserError(
      `${place.owner}/${place.repo} has no commit yet, so that nothing can be kept in it: push one first.`,
      { cause },
    );
  if (status >= 500)
    return new ExternalError(`GitHub answered ${status} to the attempt to ${attempt.doing}: ${said}.`, {
      cause,
      hint: 'GitHub has a problem; run it again later.',
    });
  return new ExternalError(`GitHub rejected the attempt to ${attempt.doing} (${status}): ${said}.`, { cause });
}

function saidBy({ message }: Failure): string {
  return oneLine(message).replace(/\.$/, '');
}

function limited(failure: Failure, { doing }: Attempt, { now }: Place, cause: unknown): Error {
  const until = isoTime(now() + waitOf(failure, now()));
  return new ExternalError(`GitHub's rate limit stopped the attempt to ${doing} (${failure.status}).`, {
    cause,
    hint: `Run it again after ${until}.`,
  });
}

function forbidden(failure: Failure, attempt: Attempt, { owner, repo }: Place, cause: unknown): Error {
  const permission = permissionOf(failure) ?? attempt.permission;
  const said = saidBy(failure);
  if (/archived/i.test(said))
    return new UserError(
      `${owner}/${repo} is archived: nothing can be written there. Unarchive it, or do not publish.`,
      { cause },
    );
  return new ExternalError(`GitHub does not let this token ${attempt.doing} in ${owner}/${repo} (403: ${said}).`, {
    cause,
    hint: `Add \`${permission}\` under \`permissions:\` of the workflow's job, or use a token that has it.`,
  });
}

/** GitHub names what it wanted as `issues=write; pull_requests=write`; a workflow writes `issues: write`. */
function permissionOf(failure: Failure): string | undefined {
  const [, name, level] = /^\s*(\w+)=(\w+)/.exec(failure.header('x-accepted-github-permissions') ?? '') ?? [];
  return name && level ? `${name.replaceAll('_', '-')}: ${level}` : undefined;
}

function missing(failure: Failure, { doing, issue }: Attempt, { owner, repo }: Place, cause: unknown): Error {
  if (failure.status === 410 && /disabled/i.test(failure.message))
    return new UserError(
      `Issues are disabled in ${owner}/${repo}: switch them on in its settings, or do not publish.`,
      {
        cause,
      },
    );
  if (issue !== undefined)
    return new ExternalError(
      `${owner}/${repo}#${issue} is not there any more (${failure.status}): could not ${doing}.`,
      {
        cause,
      },
    );
  return new UserError(
    `GitHub has no repository ${owner}/${repo}, or this token may not see it (${failure.status}): could not ${doing}.`,
    { cause },
  );
}
