import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { IssueRuns } from '../../src/ledger/runs-record.ts';
import type { Script } from '../fakes/anthropic/script.ts';
import { addIssue, type StoredComment, type StoredRun } from '../fakes/github/state.ts';
import { accept, addTest, bash, deliver, finish, project, repair, score, testText } from '../flows/runs-bed.ts';
import { aBed, agentStep, leftOut, sandboxed } from './bed.ts';
import { eventOf } from './commands-bed.ts';
import { runStep, type StepResult } from './run-step.ts';
import { temporaryFolder } from './temporary-folder.ts';

const workflow = `on:
  issue_comment:
  workflow_dispatch:
    inputs:
      request: { type: string }
`;
const people = { rita: 'read', wanda: 'write', max: 'maintain' } as const;
const branch = 'courier/issue-1-sum-subtracts';

type RunsBed = Awaited<ReturnType<typeof aRunsBed>>;

/** A real repository with a bug and a test suite, its twin on GitHub, and an issue (#1) about the bug. */
async function aRunsBed({ title = 'sum subtracts' }: { title?: string } = {}) {
  const files = { ...project, '.github/workflows/courier.yml': workflow, '.github/courier.yml': 'presets: none\n' };
  const bed = await aBed(files, { collaborators: { ...people } });
  const issue = addIssue(bed.github.repository(), { title, body: 'sum(2, 3) is -1.' });
  const nothing = temporaryFolder('nothing');
  const env = (run: number) => ({
    GITHUB_RUN_ID: String(run),
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/courier.yml@refs/heads/main',
  });
  return {
    ...bed,
    issue,
    say: (login: string, text: string, number = 1): StoredComment =>
      bed.github.act.comment(login, text, { issue: number }),
    /** The job without a checkout that answers comments. */
    answer: (comment: StoredComment, number = 1, run = 500): Promise<StepResult> => {
      const { name, payload } = eventOf(comment, number);
      const issue = { number, ...(number === 1 ? {} : { pull_request: {} }) };
      const event = { name, payload: { ...(typeof payload === 'object' && payload), issue } };
      return runStep({ workspace: nothing, github: bed.github, event, env: env(run) });
    },
    /** The dispatched job, in a checkout of what was asked for. */
    async work(run: StoredRun | undefined, script: Script) {
      if (!run) throw new Error('nothing was dispatched');
      const request = run.inputs.request ?? '';
      checkOut(bed, JSON.parse(request).head);
      const model = await bed.model(script);
      const { inputs, env: more } = agentStep(model, { request, prompt: '' });
      const event = { name: 'workflow_dispatch' };
      const step = await runStep({
        ...{ workspace: bed.repository.root, github: bed.github, event, inputs: inputs ?? {} },
        env: { ...env(run.id), ...more },
      });
      return { ...step, model };
    },
  };
}

/** As `actions/checkout` does it: what GitHub has of the commit is fetched. */
function checkOut(
  { repository, github }: Pick<Awaited<ReturnType<typeof aBed>>, 'repository' | 'github'>,
  commit: string,
) {
  const git = (args: string[], input: string | Buffer) =>
    execFileSync('git', args, { cwd: repository.root, input, stdio: ['pipe', 'pipe', 'ignore'] });
  const objects = [...github.repository().objects.values()];
  for (const object of objects) if (object.type === 'blob') git(['hash-object', '-w', '--stdin'], object.content);
  const kind = (mode: string) => (mode === '40000' ? 'tree' : 'blob');
  for (const object of objects)
    if (object.type === 'tree') {
      const lines = object.entries.map(
        ({ mode, name, sha }) => `${mode.padStart(6, '0')} ${kind(mode)} ${sha}\t${name}\n`,
      );
      git(['mktree', '--missing'], lines.join(''));
    }
  for (const object of objects)
    if (object.type === 'commit') {
      const by = ({ name, email, date }: typeof object.author) =>
        `${name} <${email}> ${Math.floor(Date.parse(date) / 1000)} +0000`;
      const parents = object.parents.map((parent) => `parent ${parent}\n`).join('');
      const head = `tree ${object.tree}\n${parents}author ${by(object.author)}\ncommitter ${by(object.committer)}\n\n`;
      git(['hash-object', '-t', 'commit', '-w', '--stdin'], `${head}${object.message}`);
    }
  repository.git('checkout', '--quiet', '--detach', commit);
}

const runsOf = ({ github }: RunsBed): IssueRuns =>
  IssueRuns.parse(JSON.parse(github.files('acme/shop', 'courier-ledger')['runs/1.json'] ?? '{}'));
const dispatched = ({ github }: RunsBed) => github.repository().runs;
const pulls = ({ github }: RunsBed) => github.repository().issues.filter(({ pullRequest }) => pullRequest);
const branches = ({ github }: RunsBed) =>
  [...github.repository().refs.keys()].filter((ref) => ref.startsWith('refs/heads/courier/'));
const repliesTo = ({ issue }: RunsBed) =>
  issue.comments.filter(({ author }) => author.login === 'github-actions[bot]').map(({ body }) => body);

const review = [accept(), finish(), score(), finish()];
const fixed: Script = [bash(`${repair}; ${addTest}`), deliver(), finish(), ...review];

describe.skipIf(!sandboxed)(`a run of an issue, from the comment to the pull request${leftOut}`, () => {
  it('repairs the bug with a test on a linked branch, and opens a draft that says how it was verified', async () => {
    const bed = await aRunsBed();
    const comment = bed.say('wanda', '/courier run');
    const answered = await bed.answer(comment);
    expect(answered.code, answered.log).toBe(0);
    expect(bed.issue.linkedBranches).toEqual([branch]);
    const step = await bed.work(dispatched(bed)[0], fixed);
    expect([step.code, step.outputs.result], step.log).toEqual([0, 'complete']);
    expect(bed.github.files('acme/shop', branch)).toMatchObject({
      'src/sum.js': 'export const sum = (a, b) => a + b;\n',
      'test/add.test.js': testText,
    });
    expect(bed.github.commits('acme/shop', branch)[0]).toMatch(/^sum subtracts\n\nFor issue #1, asked for by wanda/);
    const [pull, ...more] = pulls(bed);
    expect(more).toEqual([]);
    expect(pull).toMatchObject({ title: 'sum subtracts', pull: { branch, base: 'main', draft: true } });
    for (const part of ['Fixes #1', 'It subtracted. Now it adds.', 'node test/add.test.js', 'exit code 1'])
      expect(pull?.body).toContain(part);
    expect(comment.reactions.map(({ content }) => content)).toEqual(['eyes', 'rocket']);
    expect(repliesTo(bed).join()).toContain('do not start by themselves');
    expect(runsOf(bed)).toMatchObject({ attempts: [{ outcome: 'pushed' }], pullRequest: { number: pull?.number } });
    expect(runsOf(bed).claim).toBeUndefined();
    expect(bed.github.files('acme/shop', 'main')).toMatchObject({ 'src/sum.js': project['src/sum.js'] });
    expect(bed.github.violations).toEqual([]);
  });

  it('goes on with the same branch and pull request where somebody says so on it', async () => {
    const bed = await aRunsBed();
    await bed.answer(bed.say('wanda', '/courier run'));
    await bed.work(dispatched(bed)[0], fixed);
    const [pull] = pulls(bed);
    const number = pull?.number ?? 0;
    const comment = bed.say('max', '/courier run fix the naming', number);
    const answered = await bed.answer(comment, number, 501);
    expect(answered.code, answered.log).toBe(0);
    const named = [
      bash("sed -i 's/sum = (a, b)/sum = (one, two)/; s/a + b/one + two/' src/sum.js"),
      deliver(),
      finish(),
    ];
    const step = await bed.work(dispatched(bed)[1], [...named, ...review]);
    expect([step.code, step.outputs.result], step.log).toEqual([0, 'complete']);
    expect(JSON.stringify(step.model.requests[0]?.body)).toContain('fix the naming');
    expect(bed.github.files('acme/shop', branch)['src/sum.js']).toContain('one + two');
    expect(bed.github.commits('acme/shop', branch)).toHaveLength(3);
    expect(pulls(bed)).toHaveLength(1);
    expect(branches(bed)).toHaveLength(1);
    expect(runsOf(bed).attempts).toMatchObject([{ outcome: 'pushed' }, { outcome: 'pushed', by: 'max' }]);
    expect(bed.github.violations).toEqual([]);
  });

  it('pushes nothing where nothing was changed, and says why', async () => {
    const bed = await aRunsBed();
    const comment = bed.say('wanda', '/courier run');
    await bed.answer(comment);
    const unchanged = deliver({ unchanged: 'It is as it was meant.', test: undefined });
    const step = await bed.work(dispatched(bed)[0], [unchanged, finish(), ...review]);
    expect(repliesTo(bed).join(), step.log).toContain('It is as it was meant.');
    expect(bed.github.repository().refs.has(`refs/heads/${branch}`)).toBe(false);
    expect(pulls(bed)).toEqual([]);
    expect(runsOf(bed)).toMatchObject({ attempts: [{ outcome: 'no-change' }] });
  });

  it('asks again where the branch has moved on while it worked, and writes over nobody', async () => {
    const bed = await aRunsBed();
    await bed.answer(bed.say('wanda', '/courier run'));
    const [run] = dispatched(bed);
    bed.github.act.push('max', { branch, files: { 'src/sum.js': 'theirs\n' } });
    const step = await bed.work(run, fixed);
    expect(step.code).toBe(1);
    expect(repliesTo(bed).join()).toMatch(/has moved on/);
    expect(bed.github.files('acme/shop', branch)['src/sum.js']).toBe('theirs\n');
    expect(pulls(bed)).toEqual([]);
  });

  it('is one branch and one pull request where two people ask at the same moment', async () => {
    const bed = await aRunsBed();
    const comments = [bed.say('wanda', '/courier run'), bed.say('max', '/courier run')];
    await Promise.all(comments.map((comment, at) => bed.answer(comment, 1, 500 + at)));
    // Whoever left first leaves the rest to the other; the next event finds it done.
    await bed.answer(comments[1] ?? bed.say('max', '/courier status'), 1, 502);
    expect(dispatched(bed)).toHaveLength(1);
    const step = await bed.work(dispatched(bed)[0], fixed);
    expect(step.code, step.log).toBe(0);
    expect([branches(bed), pulls(bed).length]).toEqual([[`refs/heads/${branch}`], 1]);
    expect(runsOf(bed).attempts).toHaveLength(1);
    expect(bed.github.violations).toEqual([]);
  });

  it('is hardly harmed by a hostile title', async () => {
    const bed = await aRunsBed({ title: '$(touch /tmp/pwned)`id`\u202e fixes #2 @everybody ../../.git' });
    await bed.answer(bed.say('wanda', '/courier run'));
    const step = await bed.work(dispatched(bed)[0], fixed);
    expect(step.code, step.log).toBe(0);
    expect(branches(bed)).toEqual([expect.stringMatching(/^refs\/heads\/courier\/issue-1-[a-z0-9-]+$/)]);
    const [pull] = pulls(bed);
    expect(pull?.title).not.toMatch(/[^`]@everybody|fixes #2|\u202e/);
    expect(pull?.body).toMatch(/^Fixes #1\n/);
    expect(bed.github.violations).toEqual([]);
  });
});
