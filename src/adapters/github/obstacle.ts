import type { Obstacle } from '../../flows/pull-request-ports.ts';
import { oneLine } from '../../lib/text.ts';
import type { Client } from './client.ts';
import { type Failure, isLimited, understandFailure } from './failure.ts';

/** What was asked for: `make the branch x`, and the permission which that takes, as a workflow writes it. */
export type Wish = { doing: string; permission: string };

/**
 * What GitHub's refusal means. @returns `undefined` for what is none: no clear answer, a limit, a bug.
 * GitHub tells most of them apart by words alone.
 */
export function toObstacle(error: unknown, wish: Wish, client: Client): Obstacle | undefined {
  const failure = understandFailure(error);
  if (failure?.status === undefined || isLimited(failure)) return undefined;
  const { owner, repo } = client.place;
  const said = oneLine(failure.message).replace(/\.$/, '');
  const obstacle = kindOf(failure);
  if (!obstacle) return undefined;
  return { obstacle, why: explain(obstacle, { said, place: `${owner}/${repo}`, ...wish }) };
}

const words: readonly (readonly [Obstacle['obstacle'], RegExp])[] = [
  // Also for a token that could do it otherwise.
  ['switched-off', /pull requests? (?:are|is|has been|have been) (?:disabled|turned off|switched off)/i],
  ['no-drafts', /draft pull requests are not supported/i],
  ['permission', /not permitted to create or approve pull requests|resource not accessible|must have .*rights/i],
  ['protected', /rule violation|protected branch|pull request\b.*\brequired|not authorized to push|restricted/i],
  ['no-changes', /no commits between|no history in common/i],
  ['exists', /already exists/i],
  ['conflict', /merge conflict/i],
  ['moved', /fast.?forward|does not exist/i],
];

function kindOf({ status = 0, message }: Failure): Obstacle['obstacle'] | undefined {
  if (![403, 404, 409, 410, 422].includes(status)) return undefined;
  const found = words.find(([, pattern]) => pattern.test(message))?.[0];
  if (found) return found;
  if (status === 409) return /empty/i.test(message) ? undefined : 'moved';
  if (status === 410) return 'switched-off';
  // GitHub also hides from a token what it may not do.
  return status === 422 ? 'rejected' : 'permission';
}

function explain(
  obstacle: Obstacle['obstacle'],
  { doing, said, place, permission }: Wish & { said: string; place: string },
): string {
  switch (obstacle) {
    case 'permission':
      return /not permitted to create/i.test(said)
        ? `GitHub Actions may not make pull requests in ${place}: switch on "Allow GitHub Actions to create and approve pull requests" in its settings under Actions, or use the app.`
        : `This token may not ${doing} in ${place} (${said}): it needs \`${permission}\`.`;
    case 'protected':
      return `The rules of ${place} do not let Courier ${doing} (${said}): allow it there.`;
    case 'switched-off':
      return `${place} takes no pull requests (${said}): switch them on in its settings.`;
    case 'no-drafts':
      return `${place} takes no drafts of pull requests.`;
    case 'moved':
      return `The branch has moved on meanwhile (${said}).`;
    case 'exists':
      return `It is there already (${said}).`;
    case 'no-changes':
      return 'The branch holds nothing that its base has not.';
    case 'conflict':
      return 'Both changed the same lines.';
    case 'rejected':
      return `GitHub did not ${doing} in ${place} (${said}).`;
  }
}
