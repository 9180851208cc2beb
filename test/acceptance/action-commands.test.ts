import { describe, expect, it } from 'vitest';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import type { GitHubDouble } from '../fakes/github/github.ts';
import { createMemoryStore } from '../ledger/memory-store.ts';
import { bundleWithoutOctokit } from './bundle-without-octokit.ts';
import { aCommandsBed, type CommandsBed } from './commands-bed.ts';

const day = 86_400_000;

async function ledgerOf(github: GitHubDouble) {
  const { store } = createMemoryStore(github.files('acme/shop', 'courier-ledger'));
  return readLedger(await store.read());
}

async function ignoresOf(github: GitHubDouble): Promise<number> {
  const [finding] = (await ledgerOf(github)).findings;
  return finding?.history.filter(({ what }) => what === 'ignored').length ?? 0;
}

function answersOn(github: GitHubDouble, issue = 1): string[] {
  const found = github.repository().issues.find(({ number }) => number === issue);
  return (found?.comments ?? []).filter(({ author }) => author.login === 'github-actions[bot]').map(({ body }) => body);
}

const reactionsOf = ({ reactions }: { reactions: readonly { content: string }[] }) =>
  reactions.map(({ content }) => content);

describe('a comment that is no command', () => {
  it.each([
    ['a plain one', 'Thanks, will look.', 'rita'],
    ['one that quotes a command', '> /courier ignore\n\nPlease do not.', 'wanda'],
    ['one by a bot', '/courier ignore', 'renovate[bot]'],
  ])('asks GitHub nothing and does not load its client: %s', async (_, body, author) => {
    const bed = await aCommandsBed();
    const comment = bed.github.act.comment(author, body);
    bed.github.forget();
    const dist = bundleWithoutOctokit();
    const { code, log, outputs } = await bed.on(comment, { dist });
    expect([code, outputs.result], log).toEqual([0, 'skipped']);
    expect(log).toContain('There is nothing for Courier in this event');
    expect(bed.github.requests).toEqual([]);
    // It is missed where there is a command.
    const command = bed.github.act.comment('tom', '/courier ignore');
    expect((await bed.on(command, { dist })).code).toBe(1);
  });
});

const expectIgnoredOnce = async ({ github }: CommandsBed) => {
  expect(await ignoresOf(github)).toBe(1);
  expect(answersOn(github)).toHaveLength(1);
  expect(github.repository().issues[0]?.labels).toContain('courier: ignored');
  expect(github.violations).toEqual([]);
};

describe('a command in a comment, without the app', () => {
  it('is followed for a maintainer and refused for a reader', async () => {
    const bed = await aCommandsBed();
    const refused = bed.github.act.comment('rita', '/courier ignore 30d it is old');
    const no = await bed.on(refused);
    expect([no.code, await ignoresOf(bed.github)], no.log).toEqual([0, 0]);
    expect(answersOn(bed.github)[0]).toMatch(
      /Refused: `?ignore.* needs the role triage in this repository, and yours is read/,
    );
    expect(reactionsOf(refused)).toEqual(['eyes', 'confused']);

    const comment = bed.github.act.comment('max', 'Known.\n/courier ignore 30d the old API goes');
    const yes = await bed.on(comment, { run: 501 });
    expect([yes.code, yes.outputs.result], yes.log).toEqual([0, 'complete']);
    const [finding] = (await ledgerOf(bed.github)).findings;
    const { at = '', by, until = '', reason } = finding?.ignored ?? {};
    expect([finding?.state, by, reason]).toEqual(['ignored', 'max', 'the old API goes']);
    expect(Date.parse(until) - Date.parse(at)).toBe(30 * day);
    expect(answersOn(bed.github)[1]).toMatch(/Courier is silent about F-\w+ until \d{4}-\d\d-\d\d/);
    expect(reactionsOf(comment)).toEqual(['eyes', 'rocket']);
    // The scan that comes keeps silent, too.
    expect((await bed.run()).outputs).toMatchObject({ created: '0', updated: '0' });
  });

  it('is answered by a reaction alone where a stranger writes it in a public repository', async () => {
    const bed = await aCommandsBed('public');
    const comment = bed.github.act.comment('mallory', '/courier ignore');
    expect((await bed.on(comment)).code).toBe(0);
    expect([await ignoresOf(bed.github), answersOn(bed.github)]).toEqual([0, []]);
    expect(reactionsOf(comment)).toEqual(['eyes', 'confused']);
  });

  it('acts once, however often its event comes', async () => {
    const bed = await aCommandsBed();
    const comment = bed.github.act.comment('max', '/courier ignore 30d it is old');
    for (const run of [500, 500, 501]) expect((await bed.on(comment, { run })).code).toBe(0);
    await expectIgnoredOnce(bed);
  });

  it('acts once where two runs come at the same moment, and another comment is not lost', async () => {
    const bed = await aCommandsBed();
    const first = bed.github.act.comment('max', '/courier ignore 30d it is old');
    const second = bed.github.act.comment('tom', '/courier status');
    const runs = [first, first, second].map((comment, index) => bed.on(comment, { run: 500 + index }));
    for (const { code, log } of await Promise.all(runs)) expect(code, log).toBe(0);
    expect(await ignoresOf(bed.github)).toBe(1);
    expect(answersOn(bed.github)).toHaveLength(2);
    expect([reactionsOf(first), reactionsOf(second)]).toEqual([
      ['eyes', 'rocket'],
      ['eyes', 'rocket'],
    ]);
  });

  it.each([
    ['before it is done', 'reactions/create-for-issue-comment', 0],
    ['after it is done and before it is told', 'issues/add-labels', 0],
    ['after it is told', 'issues/create-comment', 0],
  ])('acts once where the job is killed %s and run again', async (_, operation, after) => {
    const bed = await aCommandsBed();
    const comment = bed.github.act.comment('max', '/courier ignore 30d it is old');
    const stored = bed.github.act.startRun({ workflow: 'courier.yml', event: 'issue_comment', login: 'max' });
    let kill = () => {};
    bed.github.fail({ operation, after, applied: true, meanwhile: () => kill() });
    const killed = await bed.on(comment, {
      run: stored.id,
      onSpawn: (child) => {
        kill = () => child.kill('SIGKILL');
      },
    });
    expect(killed.code).toBeNull();
    // Somebody runs the job again: GitHub counts the tries of a run.
    stored.attempt = 2;
    const again = await bed.on(comment, { run: stored.id, attempt: 2 });
    expect(again.code, again.log).toBe(0);
    await expectIgnoredOnce(bed);
    expect(reactionsOf(comment)).toEqual(['eyes', 'rocket']);
  });

  it('names the permission that the token lacks, and fails', async () => {
    const bed = await aCommandsBed();
    bed.github.tokens.ghs_poor = { login: 'github-actions[bot]', type: 'Bot', permissions: { issues: 'write' } };
    const comment = bed.github.act.comment('max', '/courier status');
    const { code, log } = await bed.on(comment, { inputs: { 'github-token': 'ghs_poor' } });
    expect(code).toBe(1);
    expect(log).toContain('This token lacks a permission in acme/shop: add `contents: write` under `permissions:`');
  });
});
