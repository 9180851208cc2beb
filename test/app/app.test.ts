import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { renderWorkflow } from '../../src/setup/render-workflow.ts';
import { commitFiles } from '../fakes/github/git-objects.ts';
import { addIssue, type RepositoryState, type StoredComment } from '../fakes/github/state.ts';
import { type AppGitHub, aGitHubWithApp, allIdle, anApp, patience, shop } from './app-bed.ts';

const reactions = (comment: StoredComment) => comment.reactions.map(({ content }) => content);
const replies = (github: AppGitHub, repository = 'acme/shop') =>
  github
    .repository(repository)
    .issues.flatMap(({ comments }) =>
      comments.filter(({ author }) => author.login === 'courier[bot]').map(({ body }) => body),
    );

async function aShop() {
  const github = await aGitHubWithApp();
  addIssue(github.repository(), { title: 'Somebody wrote this' });
  return github;
}

it('answers a command in a comment, with its own name and a reaction before and after', async () => {
  const github = await aShop();
  const { idle } = await anApp(github);
  const comment = github.act.comment('tom', '/courier status');
  await expect.poll(() => reactions(comment), patience).toEqual(['eyes', 'rocket']);
  await idle();
  expect(replies(github)).toHaveLength(1);
  expect(github.violations).toEqual([]);
});

it('starts the workflow for what takes a checkout, and tells that it was cancelled', async () => {
  const github = await aShop();
  const { idle } = await anApp(github);
  const comment = github.act.comment('wanda', '/courier scan');
  await expect.poll(() => replies(github), patience).toHaveLength(1);
  const { runs } = github.repository();
  expect(runs).toMatchObject([{ event: 'workflow_dispatch', branch: 'main' }]);
  const [run] = runs;
  if (run) github.act.moveRun(run, { conclusion: 'cancelled' });
  await expect.poll(() => reactions(comment), patience).toEqual(['eyes', 'confused']);
  await idle();
  expect(reactions(comment)).toEqual(['eyes', 'confused']);
  expect(replies(github)).toEqual([expect.stringContaining('cancelled')]);
  expect(github.violations).toEqual([]);
});

it('finds on start that a run ended while nobody listened', async () => {
  const github = await aShop();
  const first = await anApp(github);
  const comment = github.act.comment('wanda', '/courier scan');
  await expect.poll(() => replies(github), patience).toHaveLength(1);
  await first.server.stop();
  github.webhooks.sendTo([]);
  const [run] = github.repository().runs;
  if (run) github.act.moveRun(run, { conclusion: 'failure' });
  await anApp(github);
  await expect.poll(() => reactions(comment), patience).toEqual(['eyes', 'confused']);
});

it('does not ask GitHub anything for what apps write and for what holds no command', async () => {
  const github = await aShop();
  const { worked, idle } = await anApp(github);
  await idle();
  // What it does on start.
  expect(await worked()).toBe(2);
  github.act.comment('other[bot]', '/courier scan');
  github.act.comment('courier[bot]', '/courier scan');
  github.act.comment('wanda', 'Looks good to me.');
  await idle();
  expect(github.webhooks.deliveries.map(({ status }) => status)).toEqual([200, 200, 200]);
  expect(await worked()).toBe(2);
});

it('says in an answer that the configuration is broken, and does nothing that depends on it', async () => {
  const files = { ...shop.files, '.github/courier.yml': 'permisions: {}\n' };
  const github = await aGitHubWithApp({ repositories: [{ ...shop, files }] });
  addIssue(github.repository(), { title: 'Somebody wrote this' });
  const { idle } = await anApp(github);
  const comment = github.act.comment('wanda', '/courier scan');
  await expect.poll(() => reactions(comment), patience).toEqual(['eyes', 'confused']);
  await idle();
  expect(replies(github)[0]).toContain('.github/courier.yml');
  expect(replies(github)[0]).toContain('permisions');
  expect(github.repository().runs).toEqual([]);
});

it('finds what was written while nobody listened, on start', async () => {
  const github = await aShop();
  const comment = github.act.comment('tom', '/courier status');
  github.act.comment('tom', 'Nothing to do here.');
  await anApp(github);
  await expect.poll(() => reactions(comment), patience).toEqual(['eyes', 'rocket']);
  expect(github.violations).toEqual([]);
});

it('writes nothing where nothing was left behind', async () => {
  const github = await aShop();
  const comment = github.act.comment('tom', '/courier status');
  const first = await anApp(github);
  await expect.poll(() => reactions(comment), patience).toEqual(['eyes', 'rocket']);
  // What could not be delivered before is asked for, too.
  await first.idle();
  await first.server.stop();
  github.forget();
  const { idle } = await anApp(github);
  await idle();
  expect(github.requests.map(({ operation }) => operation)).toContain('git/get-tree');
  expect(Object.keys(github.writes())).toEqual(['apps/create-installation-access-token']);
});

function addFile(repository: RepositoryState, path: string, text: string): void {
  const ref = `refs/heads/${repository.defaultBranch}`;
  const parents = [repository.refs.get(ref) ?? ''];
  const files = { 'README.md': '#\n', [path]: text };
  repository.refs.set(ref, commitFiles(repository.objects, { files, message: 'add', parents, author: 'ada' }));
}

const twins = ['acme/shop', 'acme/bare'];
async function twoShops() {
  const bare = {
    ...shop,
    name: 'acme/bare',
    files: { 'README.md': '#\n', 'src/a.ts': '', 'package.json': '{"scripts":{"lint":"x"}}' },
  };
  return aGitHubWithApp({ repositories: [shop, bare] });
}

describe('a repository without the workflow', () => {
  it('is told once how to begin, however many replicas hear of the installation', async () => {
    const github = await twoShops();
    const apps = [await anApp(github), await anApp(github)];
    github.webhooks.sendTo(apps.map(({ url }) => `${url}/api/github/webhooks`));
    for (let time = 0; time < 2; time++) github.act.install('ada', twins);
    await expect.poll(() => github.repository('acme/bare').issues.length, patience).toBeGreaterThan(0);
    await allIdle(github, apps);
    expect(github.repository('acme/shop').issues).toEqual([]);
    expect(github.repository('acme/bare').issues).toMatchObject([{ title: 'Courier dashboard', state: 'open' }]);
    expect(github.violations).toEqual([]);
    const body = github.repository('acme/bare').issues[0]?.body ?? '';
    const links = [...body.matchAll(/\((https:\S+\/new\/main\?\S+)\)/g)].map(([, link = '']) => new URL(link));
    expect(links.map(({ searchParams }) => searchParams.get('filename'))).toEqual([
      '.github/workflows/courier.yml',
      '.github/courier.yml',
    ]);
    // Its comments are left out where the address would be too long.
    const workflow = renderWorkflow({ uses: 'codecourier/courier@v1', name: 'bare' });
    expect(parse(links[0]?.searchParams.get('value') ?? '')).toEqual(parse(workflow));
    expect(links[1]?.searchParams.get('value')).toContain('lint: npm run lint');
    expect(links.map(({ href }) => href.length > 7500)).toEqual([false, false]);
  });

  it('is told when the workflow is there', async () => {
    const github = await twoShops();
    await anApp(github);
    const { issues } = github.repository('acme/bare');
    await expect.poll(() => issues[0]?.body, patience).toContain('Create');
    addFile(github.repository('acme/bare'), '.github/workflows/courier.yml', 'on: push\n');
    github.act.install('ada', twins);
    await expect.poll(() => issues[0]?.body, patience).toContain('The workflow is there');
    expect(issues[0]?.body).toContain('Create');
  });

  it('is left alone once somebody closed the issue', async () => {
    const github = await twoShops();
    const { worked, idle } = await anApp(github);
    const { issues } = github.repository('acme/bare');
    await idle();
    expect(issues).toHaveLength(1);
    const body = issues[0]?.body;
    github.act.close('ada', { repository: 'acme/bare' });
    await idle();
    const before = await worked();
    github.act.install('ada', ['acme/bare']);
    await idle();
    expect(await worked()).toBeGreaterThan(before);
    expect(issues.map((issue) => issue.body)).toEqual([body]);
  });
});
