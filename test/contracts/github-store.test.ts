import { afterEach, describe, expect, it } from 'vitest';
import type { Changes } from '../../src/ledger/store.ts';
import { ConflictError, UserError } from '../../src/lib/errors.ts';
import { connect } from '../adapters/github-bed.ts';
import { commitFiles } from '../fakes/github/git-objects.ts';
import type { GitHubDouble, GitHubSeed } from '../fakes/github/github.ts';
import { describeStore } from './store-contract.ts';

const branch = 'courier-ledger';
const beds: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of beds.splice(0)) await close();
});

async function connected(seed?: GitHubSeed) {
  const bed = await connect(seed);
  beds.push(() => bed.double.close());
  return { ...bed, store: bed.github.ledger(branch) };
}

const changes = (files: Record<string, string | null>): Changes => new Map(Object.entries(files));

for (const graphql of [true, false]) {
  describeStore(`a GitHub branch ${graphql ? 'with' : 'without'} GraphQL`, async () => {
    const { github, double } = await connect({ graphql });
    return {
      open: () => github.ledger(branch),
      close: async () => {
        await double.close();
        expect(double.violations).toEqual([]);
      },
    };
  });
}

/** What its commits say first. */
const messages = (double: Pick<GitHubDouble, 'commits'>) =>
  double.commits('acme/shop', branch).map((message) => message.split('\n')[0]);

describe('the ledger on a GitHub branch', () => {
  it('is an orphan branch: no file and no commit of the repository is in it', async () => {
    const { store, double } = await connected();
    await store.commit(await store.read(), changes({ 'ledger.json': '{}' }), 'begin');
    await store.commit(await store.read(), changes({ 'findings/a.json': '[]' }), 'add');
    expect(messages(double)).toEqual(['add', 'begin']);
    expect(double.files('acme/shop', branch)).toEqual({ 'ledger.json': '{}', 'findings/a.json': '[]' });
    expect(double.commits('acme/shop', 'main')).toEqual(['initial commit']);
  });

  it('reads with two requests, texts with one more for all that are asked for together', async () => {
    const { store: writer, again, double } = await connected();
    const store = again().ledger(branch);
    const files = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`findings/${index}.json`, `${index}`]));
    await writer.commit(await writer.read(), changes(files), 'fill');
    double.forget();
    const snapshot = await store.read();
    expect(double.requests.map(({ operation }) => operation)).toEqual(['graphql', 'git/get-tree']);
    const texts = await Promise.all(snapshot.list('findings/').map((path) => snapshot.read(path)));
    expect(texts.toSorted()).toEqual(Object.values(files).toSorted());
    expect(double.requests.map(({ operation }) => operation)).toEqual(['graphql', 'git/get-tree', 'graphql']);
    expect(double.violations).toEqual([]);
  });

  it('asks again only for texts that changed', async () => {
    const { store: writer, again, double } = await connected();
    const store = again().ledger(branch);
    await writer.commit(await writer.read(), changes({ a: 'same', b: 'old' }), 'one');
    const first = await store.read();
    await Promise.all([first.read('a'), first.read('b')]);
    await writer.commit(await writer.read(), changes({ b: 'new' }), 'two');
    double.forget();
    const second = await store.read();
    expect(await Promise.all([second.read('a'), second.read('b')])).toEqual(['same', 'new']);
    expect(double.requests.filter(({ operation }) => operation === 'git/get-blob')).toHaveLength(1);
    // The branch's tip.
    expect(double.requests.filter(({ operation }) => operation === 'graphql')).toHaveLength(1);
  });

  it('need not ask for what it wrote itself, until somebody else writes', async () => {
    const { store, again, double } = await connected();
    await store.commit(await store.read(), changes({ a: 'one', b: 'old', c: 'gone' }), 'one');
    await store.commit(await store.read(), changes({ b: 'new', c: null }), 'two');
    double.forget();
    const own = await store.read();
    expect([own.list(''), await own.read('a'), await own.read('b'), await own.read('c')]).toEqual([
      ['a', 'b'],
      ...['one', 'new', undefined],
    ]);
    expect(double.requests.map(({ operation }) => operation)).toEqual(['graphql']);
    const other = again().ledger(branch);
    await other.commit(await other.read(), changes({ b: 'newer' }), 'three');
    expect(await (await store.read()).read('b')).toBe('newer');
  });

  it('writes one tree, one commit and one ref', async () => {
    const { store, double } = await connected();
    await store.commit(await store.read(), changes({ a: '1', b: '2' }), 'one');
    expect(double.writes()).toEqual({ 'git/create-tree': 1, 'git/create-commit': 1, 'git/create-ref': 1 });
  });

  it.each([
    { fault: 'the answer of the last step is lost', applied: true },
    { fault: 'the last step never arrives', applied: false },
  ])('commits exactly once when $fault', async ({ applied }) => {
    const { store, double } = await connected();
    double.fail({ operation: 'git/create-ref', applied });
    const revision = await store.commit(await store.read(), changes({ a: '1' }), 'one');
    expect((await store.read()).revision).toBe(revision);
    double.fail({ operation: 'git/update-ref', applied, status: 502 });
    await store.commit(await store.read(), changes({ a: '2' }), 'two');
    expect(messages(double)).toEqual(['two', 'one']);
    expect(double.files('acme/shop', branch)).toEqual({ a: '2' });
  });

  it('says that the write succeeded when the answer was lost and others wrote since', async () => {
    const { store, double } = await connected();
    await store.commit(await store.read(), changes({ a: '1' }), 'one');
    const base = await store.read();
    const { objects, refs } = double.repository();
    const ref = `refs/heads/${branch}`;
    const meanwhile = () => {
      const parents = [refs.get(ref) ?? ''];
      refs.set(ref, commitFiles(objects, { files: { a: '3' }, message: 'another', parents, author: 'other' }));
    };
    double.fail({ operation: 'git/update-ref', applied: true, meanwhile });
    await expect(store.commit(base, changes({ a: '2' }), 'mine')).resolves.toMatch(/^[0-9a-f]{40}$/);
    expect(messages(double)).toEqual(['another', 'mine', 'one']);
    double.fail({ operation: 'git/update-ref', applied: false, meanwhile });
    await expect(store.commit(await store.read(), changes({ a: '4' }), 'late')).rejects.toThrow(ConflictError);
  });

  it('gives up in words when GitHub stays down, and has then changed nothing', async () => {
    const { store, double } = await connected();
    await store.commit(await store.read(), changes({ a: '1' }), 'one');
    const base = await store.read();
    double.fail({ operation: 'git/create-tree', status: 500, times: 9 });
    const late = store.commit(base, changes({ a: '2' }), 'two');
    await expect(late).rejects.toThrow('GitHub answered 500 to the attempt to write the ledger branch courier-ledger');
    expect(double.files('acme/shop', branch)).toEqual({ a: '1' });
  });

  it('notices a branch that was forced back, although git would call the write a fast-forward', async () => {
    const { store, double } = await connected();
    const first = await store.commit(await store.read(), changes({ a: '1' }), 'one');
    await store.commit(await store.read(), changes({ a: '2' }), 'two');
    const base = await store.read();
    double.repository().refs.set(`refs/heads/${branch}`, first);
    await expect(store.commit(base, changes({ a: '3' }), 'three')).rejects.toThrow(ConflictError);
  });

  it('says in one sentence that the repository forbids the branch', async () => {
    const rule = 'Cannot create ref due to creations being restricted.';
    const { store } = await connected({ repositories: [{ name: 'acme/shop', rules: { [branch]: rule } }] });
    const refused = store.commit(await store.read(), changes({ a: '1' }), 'one');
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow(/forbid Courier's branch courier-ledger .* `ledger.repository`/);
  });

  it('says that a repository without a commit cannot keep a ledger', async () => {
    const { store } = await connected({ repositories: [{ name: 'acme/shop', files: {} }] });
    const base = await store.read();
    expect(base.revision).toBeUndefined();
    await expect(store.commit(base, changes({ a: '1' }), 'one')).rejects.toThrow('has no commit yet');
  });

  it('names the missing permission', async () => {
    const permissions = { contents: 'read' } as const;
    const tokens = { ghs_workflow: { login: 'github-actions[bot]', type: 'Bot', permissions } } as const;
    const { store } = await connected({ tokens });
    const refused = store.commit(await store.read(), changes({ a: '1' }), 'one');
    await expect(refused).rejects.toMatchObject({ hint: expect.stringContaining('`contents: write`') });
  });

  it('takes neither links nor odd paths for files', async () => {
    const { store, double } = await connected();
    await store.commit(await store.read(), changes({ a: '1' }), 'one');
    const { objects, refs } = double.repository();
    const parents = [refs.get(`refs/heads/${branch}`) ?? ''];
    const files = { a: '1', '.hidden': 'x', 'b\\c': 'x' };
    refs.set(`refs/heads/${branch}`, commitFiles(objects, { files, message: 'odd', parents, author: 'mallory' }));
    expect((await store.read()).list('')).toEqual(['a']);
  });
});
