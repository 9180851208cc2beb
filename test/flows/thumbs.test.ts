import { afterEach, expect, it } from 'vitest';
import { renderCommentMark } from '../../src/findings/issue-markers.ts';
import { createIssueLook } from '../../src/flows/look-at-issues.ts';
import { createGate } from '../../src/publishing/gate.ts';
import { connect } from '../adapters/github-bed.ts';
import type { GitHubDouble } from '../fakes/github/github.ts';
import { addComment, react, unreact } from '../fakes/github/people.ts';
import { addIssue, type Person } from '../fakes/github/state.ts';
import { aKnown } from '../findings/builders.ts';

const at = '2026-11-22T10:00:00Z';
const courier: Person = { login: 'github-actions[bot]', type: 'Bot' };
const person = (login: string): Person => ({ login, type: 'User' });
const collaborators = { rita: 'read', tom: 'triage', wanda: 'write' } as const;
const mark = renderCommentMark(['close', 'F-1'], createGate({ secrets: [] }));

const doubles: GitHubDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

async function rated() {
  const { github, double } = await connect({ repositories: [{ name: 'acme/shop', files: {}, collaborators }] });
  doubles.push(double);
  const issue = addIssue(double.repository(), { title: 'A finding', author: courier });
  const finding = aKnown({ issue: { number: issue.number, title: issue.title, labels: [] } });
  const ratings = async (known = finding) => {
    const { findings } = await createIssueLook(github, at).at([known]);
    return findings[0] ?? expect.fail('no finding');
  };
  const operations = () => double.requests.map(({ operation }) => operation);
  return { double, issue, ratings, operations };
}

it('hears people who may triage, and neither readers, strangers nor apps', async () => {
  const { issue, ratings, operations } = await rated();
  for (const login of ['rita', 'tom', 'wanda', 'mallory']) react(issue, person(login), '-1');
  react(issue, { login: 'stale[bot]', type: 'Bot' }, '-1');
  react(issue, person('wanda'), 'heart');
  const seen = await ratings();
  expect(seen.ratings?.map(({ by, value }) => [by, value])).toEqual([
    ['tom', 'down'],
    ['wanda', 'down'],
  ]);
  // All issues with their thumbs, and Courier's own name.
  expect(operations().filter((each) => each === 'graphql')).toHaveLength(2);
});

it('asks about a person once, and about nobody while nothing changes', async () => {
  const { double, issue, ratings, operations } = await rated();
  react(issue, person('tom'), '+1');
  const seen = await ratings();
  double.forget();
  expect(await ratings(seen)).toEqual(seen);
  expect(operations()).toEqual(['graphql']);
  unreact(issue, person('tom'));
  expect((await ratings(seen)).ratings).toBeUndefined();
});

it('counts nothing where GitHub cannot be asked what a person may do', async () => {
  const { double, issue, ratings } = await rated();
  react(issue, person('tom'), '-1');
  double.fail({ operation: 'repos/get-collaborator-permission-level', status: 403, times: 9 });
  expect((await ratings()).ratings).toBeUndefined();
});

it('hears a thumb on a comment of Courier, and none on those of others', async () => {
  const { issue, ratings } = await rated();
  react(addComment(issue, courier, `Resolved.\n\n${mark}`), person('tom'), '+1');
  react(addComment(issue, courier, 'Another workflow says this.'), person('wanda'), '-1');
  react(addComment(issue, person('mallory'), `Mine.\n\n${mark}`), person('wanda'), '-1');
  const seen = await ratings();
  expect(seen.ratings?.map(({ by, value }) => [by, value])).toEqual([['tom', 'up']]);
  expect((await ratings(seen)).ratings).toEqual(seen.ratings);
});

it('is not crowded out by strangers: who had to do with findings before is asked about first', async () => {
  const { double, issue, ratings, operations } = await rated();
  for (let index = 0; index < 60; index += 1) react(addComment(issue, courier, mark), person(`crowd-${index}`), '-1');
  for (let index = 0; index < 19; index += 1) react(issue, person(`stranger-${index}`), '-1');
  react(issue, person('tom'), '+1');
  const known = aKnown({
    issue: { number: issue.number, title: issue.title, labels: [] },
    history: [{ at, what: 'priority', actor: 'tom' }],
  });
  double.forget();
  const seen = await ratings(known);
  expect(seen.ratings?.map(({ by }) => by)).toEqual(['tom']);
  expect(operations().filter((each) => each === 'repos/get-collaborator-permission-level').length).toBeLessThanOrEqual(
    20,
  );
});
