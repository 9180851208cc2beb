import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { z } from 'zod';
import { verbs } from '../../src/commands/verbs.ts';
import { roles } from '../../src/events/role.ts';
import { addIssue } from '../fakes/github/state.ts';
import { aGitHubWithApp, anApp, patience } from './app-bed.ts';

// The table of the contract (section 11), by hand: what each role may on top of the one before.
const table = z
  .record(z.enum(roles), z.array(z.string()))
  .parse(JSON.parse(readFileSync(new URL('./who-may.json', import.meta.url), 'utf8')));

const example: Readonly<Record<string, string>> = {
  ...{ chain: 'chain #1', tell: 'tell hello', ask: 'ask why?', answer: 'answer Q1 a', skip: 'skip Q1' },
  ...{ approve: 'approve all', decline: 'decline A1', correct: 'correct A1: no', priority: 'priority F-0000000a high' },
  ...{ ignore: 'ignore F-0000000a', unignore: 'unignore F-0000000a', rate: 'rate up', rename: 'rename New' },
  ...{ export: 'export md', rule: 'rule Be kind.', file: 'file F-0000000a' },
};
const size = 8;

async function askAll(login: string, prepare: (github: Awaited<ReturnType<typeof aGitHubWithApp>>) => void = () => {}) {
  const github = await aGitHubWithApp();
  // On two issues: one person asks for thirty things in an hour on one, at most.
  for (const title of ['Somebody wrote this', 'And this']) addIssue(github.repository(), { title });
  prepare(github);
  const app = await anApp(github);
  const comments = Array.from({ length: Math.ceil(verbs.length / size) }, (_, at) =>
    github.act.comment(
      login,
      verbs
        .slice(at * size, (at + 1) * size)
        .map((verb) => `/courier ${example[verb] ?? verb}`)
        .join('\n'),
      { issue: 1 + (at % 2) },
    ),
  );
  const replies = () =>
    github
      .repository()
      .issues.flatMap((issue) =>
        issue.comments.filter(({ author }) => author.login === 'courier[bot]').map(({ body }) => body),
      );
  return { github, app, comments, replies };
}

it('the table names each command once', () => {
  expect(Object.values(table).flat().toSorted()).toEqual([...verbs].toSorted());
});

it.each([
  ['nobody', 'none'],
  ['rita', 'read'],
  ['tom', 'triage'],
  ['wanda', 'write'],
  ['max', 'maintain'],
  ['ada', 'admin'],
] as const)(
  '%s, whose role is %s, is refused what that role may not, and nothing else',
  async (login, role) => {
    const { github, app, comments, replies } = await askAll(login);
    await expect.poll(() => replies().length, patience).toBe(comments.length);
    await app.idle();
    const refused = [
      ...replies()
        .join('\n')
        .matchAll(/`([\w-]+)` needs the role (\w+) in this repository, and yours is (\w+)/g),
    ];
    const beyond = roles.slice(roles.indexOf(role) + 1);
    const expected = beyond.flatMap((needed) => (table[needed] ?? []).map((verb) => `${verb} ${needed} ${role}`));
    expect(refused.map(([, verb, needed, has]) => `${verb} ${needed} ${has}`).toSorted()).toEqual(expected.toSorted());
    expect(github.violations).toEqual([]);
  },
  400_000,
);

it('an app is not even asked who it is', async () => {
  const { github, app, comments, replies } = await askAll('evil[bot]');
  await app.idle();
  expect(github.webhooks.deliveries.map(({ status }) => status)).toEqual(comments.map(() => 200));
  expect(replies()).toEqual([]);
  expect(comments.flatMap(({ reactions }) => reactions)).toEqual([]);
  expect(github.requests.filter(({ operation }) => operation.includes('permission'))).toEqual([]);
});

it('nobody is followed while the look-up fails', async () => {
  const { github, app, comments, replies } = await askAll('ada', (double) =>
    double.fail({ operation: 'repos/get-collaborator-permission-level', status: 403, times: 10_000 }),
  );
  await expect.poll(() => replies().length, patience).toBe(comments.length);
  await app.idle();
  expect(
    replies()
      .join('\n')
      .match(/could not be looked up/g),
  ).toHaveLength(verbs.length);
  expect(github.repository().runs).toEqual([]);
});
