import { ExternalError, messageOf, UserError } from '../../lib/errors.ts';
import { oneLine, truncate } from '../../lib/text.ts';

/**
 * What the SDK threw, in our words. `transport` and `busy`: the same call may work when it is made again; after `transport` it may have
 * worked already.
 */
export type E2bFailure = { kind: 'transport' | 'busy' | 'gone' | 'refused'; error: UserError | ExternalError };

type Traits = { name: string; status: number | undefined; said: string };
type Rule = { kind: E2bFailure['kind']; user?: true; hint: string; when: (traits: Traits) => boolean };

const dashboard = 'https://e2b.dev/dashboard';

/** What can be said about a sandbox that E2B does not know any more. */
export const goneHint =
  'E2B ended the sandbox: at the longest lifetime of the plan (an hour on Hobby), or because of a failure of its own. Scan again.';

/** The first that holds. The SDK's errors are told apart by name and HTTP status, as their classes come from a module that is loaded late. */
const rules: readonly Rule[] = [
  {
    kind: 'refused',
    user: true,
    hint: `Set e2b-api-key (E2B_API_KEY on the command line) to a key of ${dashboard}.`,
    when: ({ name, status }) => name === 'AuthenticationError' || status === 401,
  },
  {
    kind: 'busy',
    hint: `The plan allows so many sandboxes at a time: end others at ${dashboard}, or raise the limit.`,
    when: ({ name, said }) => name === 'RateLimitError' && /concurrent/i.test(said),
  },
  {
    kind: 'busy',
    hint: 'E2B asks for fewer requests: try again in a minute.',
    when: ({ name }) => name === 'RateLimitError',
  },
  {
    kind: 'busy',
    hint: 'E2B has no room for a sandbox right now: try again later.',
    when: ({ name }) => name === 'ServiceBusyError',
  },
  { kind: 'gone', hint: goneHint, when: ({ name }) => name === 'SandboxNotFoundError' },
  { kind: 'refused', hint: 'The disk of the sandbox is full.', when: ({ name }) => name === 'NotEnoughSpaceError' },
  {
    kind: 'refused',
    user: true,
    hint: 'Set sandbox.templateId (template-id) to a template of the account.',
    when: ({ status, said }) => [400, 403, 404].includes(status ?? 0) && /template.*(not found|access)/i.test(said),
  },
  {
    kind: 'refused',
    user: true,
    hint: `The account may not do this: see its plan and limits at ${dashboard}.`,
    when: ({ status }) => status === 403,
  },
  {
    kind: 'refused',
    hint: `See ${dashboard} for the plan of the account and what it allows.`,
    when: ({ status }) => status !== undefined && status < 500,
  },
  {
    kind: 'refused',
    hint: `See the template and its build at ${dashboard}.`,
    when: ({ name, status }) => name === 'BuildError' && status === undefined,
  },
];

const otherwise = {
  kind: 'transport',
  hint: 'E2B could not be reached, or did not answer: see https://status.e2b.dev.',
} as const;

/** @param what could not be done: a sentence without its end. */
export function toE2bFailure(cause: unknown, what: string): E2bFailure {
  const traits = traitsOf(cause);
  const { kind, hint, user }: Omit<Rule, 'when'> = rules.find(({ when }) => when(traits)) ?? otherwise;
  const message = `${what}: ${truncate(oneLine(traits.said), 300)}`;
  return {
    kind,
    error: user ? new UserError(`${message} ${hint}`, { cause }) : new ExternalError(message, { cause, hint }),
  };
}

function traitsOf(cause: unknown): Traits {
  const said = messageOf(cause);
  if (!(cause instanceof Error)) return { name: '', status: undefined, said };
  const status = 'statusCode' in cause && typeof cause.statusCode === 'number' ? cause.statusCode : undefined;
  // An error of a build carries its status in words only.
  const spelt = cause.name === 'BuildError' ? /^(\d{3}): /.exec(said)?.[1] : undefined;
  return { name: cause.name, status: status ?? (spelt ? Number(spelt) : undefined), said };
}
