import { afterEach, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { createIssueLook } from '../../src/flows/look-at-issues.ts';
import { connect } from '../adapters/github-bed.ts';
import { commitFiles } from '../fakes/github/git-objects.ts';
import type { GitHubDouble } from '../fakes/github/github.ts';
import { closeIssue, reopenIssue } from '../fakes/github/people.ts';
import { addIssue, type Person } from '../fakes/github/state.ts';
import { aKnown } from '../findings/builders.ts';

const ada: Person = { login: 'ada', type: 'User' };
const at = '2026-11-22T10:00:00Z';

const doubles: GitHubDouble[] = [];
afterEach(async () => {
  for (const double of doubles.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

/** So many findings, each with its issue. */
async function filed(number: number) {
  const { github, double } = await connect({ repositories: [{ name: 'acme/shop', files: {} }] });
  doubles.push(double);
  const findings = Array.from({ length: number }, (): Finding => {
    const issue = addIssue(double.repository(), { title: 'A finding', labels: ['courier'] });
    return aKnown({ issue: { number: issue.number, title: issue.title, labels: ['courier'] } });
  });
  const issue = (index: number) => double.repository().issues[index] ?? expect.fail('no issue');
  return { github, double, findings, issue, look: createIssueLook(github, at) };
}

const operations = (double: GitHubDouble) => double.requests.map(({ operation }) => operation);

it('reads 300 open issues with two requests, and asks nothing else', async () => {
  const { double, findings, look } = await filed(300);
  const looked = await look.at(findings);
  expect(looked.issues.size).toBe(300);
  expect(operations(double)).toEqual(['graphql', 'graphql']);
  expect(looked.findings.every(({ issue }) => issue?.observed?.state === 'open')).toBe(true);
});

it('reads again, when the ledger moved on, only the issues that another session wrote to', async () => {
  const { double, findings, look } = await filed(3);
  await look.at(findings);
  const [first, ...others] = findings;
  if (!first?.issue) return expect.fail('no finding');
  double.forget();
  closeIssue(double.repository().issues[1] ?? expect.fail('no issue'), ada);
  const moved = [{ ...first, issue: { ...first.issue, title: 'Another title' } }, ...others];
  const looked = await look.at(moved);
  expect(double.requests).toHaveLength(1);
  expect(JSON.stringify(double.requests[0]?.body)).toMatch(/issue\(number: 1\)/);
  expect(JSON.stringify(double.requests[0]?.body)).not.toMatch(/issue\(number: 2\)/);
  expect(looked.issues.size).toBe(3);
});

it('reads again what others saw closed and opened again meanwhile, though the ledger says the same of it as before', async () => {
  const { findings, issue, github } = await filed(1);
  const seenBy = async (before: readonly Finding[]) => (await createIssueLook(github, at).at(before)).findings;
  const known = await seenBy(findings);
  closeIssue(issue(0), ada);
  const slow = createIssueLook(github, at);
  await slow.at(known);
  const closed = await seenBy(known);
  reopenIssue(issue(0), ada);
  const reopened = await seenBy(closed);
  expect(reopened[0]?.history.map(({ what }) => what)).toEqual(['closed', 'reopened']);
  expect((await slow.at(reopened)).findings).toEqual(reopened);
});

it('asks for its own name only where Courier may have closed an issue, and never again for that closing', async () => {
  const { double, findings, issue, github } = await filed(2);
  closeIssue(issue(0), { login: 'github-actions[bot]', type: 'Bot' }, { at });
  const resolution = { at: '2026-11-21T10:00:00Z', commit: 'a'.repeat(40), proof: 'gone' };
  const known = findings.map((finding, index) =>
    index === 0 ? { ...finding, state: 'resolved' as const, resolution } : finding,
  );
  const { findings: seen } = await createIssueLook(github, at).at(known);
  expect(operations(double)).toEqual(['graphql', 'graphql']);
  expect(seen[0]?.issue?.observed?.closing).toBe('courier');
  double.forget();
  const { findings: again } = await createIssueLook(github, at).at(seen);
  expect(operations(double)).toEqual(['graphql']);
  expect(again).toEqual(seen);
});

it('asks about ten closings in a session at most; the others wait', async () => {
  const { double, findings, issue, look } = await filed(30);
  const { objects, refs } = double.repository();
  const date = '2026-11-01T00:00:00Z';
  const commit = commitFiles(objects, { files: { a: '1' }, message: 'first', parents: [], author: 'ada', date });
  refs.set('refs/heads/main', commit);
  for (let index = 0; index < 30; index++)
    closeIssue(issue(index), ada, { at: `2026-11-20T10:${String(index + 10)}:00Z` });
  const { findings: seen } = await look.at(findings);
  double.forget();
  const compared = await look.compare(
    seen,
    seen.map(({ id }) => id),
    { commit, defaultBranch: 'main' },
  );
  expect(operations(double)).toEqual(Array.from({ length: 10 }, () => 'repos/list-commits'));
  expect(compared.filter(({ issue: link }) => link?.observed?.compared?.newer === false)).toHaveLength(10);
});
