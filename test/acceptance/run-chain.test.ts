import { describe, expect, it } from 'vitest';
import { accept, addTest, bash, deliver, finish, project, repair, score, testText } from '../flows/runs-bed.ts';
import { leftOut, sandboxed } from './bed.ts';
import { aRunChain, type RunChain } from './run-chain.ts';

const branch = 'courier/issue-1-sum-subtracts';
const review = [accept(), finish(), score(), finish()];
const repaired = 'export const sum = (a, b) => a + b;\n';

/** What people see at an issue: of its runs, and how those who asked were answered. */
const reactionsTo = ({ issue }: RunChain, at = 0) => [
  ...new Set(issue.comments[at]?.reactions.map(({ content }) => content)),
];

describe.skipIf(!sandboxed)(`a run, from the comment over the app to the pull request${leftOut}`, () => {
  it('repairs a bug test-first in one commit, and goes on where a review says so', async () => {
    const chain = await aRunChain();
    const { github, repository } = chain;
    const main = repository.refs.get('refs/heads/main') ?? '';
    const [run] = await chain.say('wanda', '/courier run test-first');
    expect(chain.issue.linkedBranches).toEqual([branch]);
    const test = [bash(addTest), deliver({ summary: 'The test shows it.' }), finish()];
    const first = await chain.work(run, [...test, bash(repair), deliver(), finish(), ...review]);
    expect([first.code, first.outputs.result], first.log).toEqual([0, 'complete']);
    const [commit] = chain.commits(branch);
    expect(commit).toMatchObject({
      parents: [main],
      message: expect.stringContaining('For issue #1, asked for by wanda'),
    });
    expect(github.files('acme/shop', branch)).toEqual({
      ...github.files('acme/shop', 'main'),
      'src/sum.js': repaired,
      'test/add.test.js': testText,
    });
    const [pull = expect.fail(first.log)] = chain.pulls();
    expect(pull).toMatchObject({ title: 'sum subtracts', author: { login: 'courier[bot]' } });
    expect(pull.pull).toMatchObject({ branch, base: 'main', draft: true });
    expect(pull.body).toMatch(/^Fixes #1\n\nIt subtracted\. Now it adds\.\n/);
    expect(pull.body.match(/\(exit code \d\)/g)).toEqual(['(exit code 1)', '(exit code 0)']);
    expect(reactionsTo(chain)).toEqual(['eyes', 'rocket']);
    expect(chain.told()).toEqual([expect.stringContaining(`the change is on its branch \`${branch}\``)]);

    const comments = [{ path: 'src/sum.js', line: 1, side: 'RIGHT', body: 'These two have no meaning.' }] as const;
    github.act.review('max', 'COMMENTED', { issue: pull.number, body: '/courier run name the operands', comments });
    await chain.settled();
    const named = bash("sed -i 's/(a, b) => a + b/(left, right) => left + right/' src/sum.js");
    const [, onward] = repository.runs;
    const second = await chain.work(onward, [named, deliver({ summary: 'They have names.' }), finish(), ...review]);
    expect([second.code, second.outputs.result], second.log).toEqual([0, 'complete']);
    const asked = JSON.stringify(second.model.requests[0]?.body);
    for (const words of ['name the operands', 'These two have no meaning.']) expect(asked).toContain(words);
    expect(chain.commits(branch).map(({ parents }) => parents)).toEqual([[commit?.sha], [main], []]);
    expect(github.files('acme/shop', branch)['src/sum.js']).toContain('left + right');
    expect([chain.pulls().length, chain.branches()]).toEqual([1, [branch]]);
    const [told = ''] = pull.body.split('<!-- courier:begin -->').slice(1);
    expect(pull.body).toMatch(/^Fixes #1\n\nIt subtracted\. Now it adds\.\n/);
    expect(told).toMatch(/### What the latest run changed\n\nThey have names\.\n/);
    expect(told).toContain('`node test/add.test.js`: fails without the change, passes with it.');
    expect(told.match(/\(exit code \d\)/g)).toEqual(['(exit code 1)', '(exit code 0)']);
    expect(chain.commits(branch)[0]?.message).toMatch(/^name the operands\n\nFor issue #1, asked for by max/);
    expect(chain.runs().attempts).toMatchObject([
      { by: 'wanda', outcome: 'pushed' },
      { by: 'max', outcome: 'pushed' },
    ]);
    expect(github.files('acme/shop', 'main')).toMatchObject(project);
    expect([chain.forced(), github.violations]).toEqual([[], []]);
  });

  it('gives a failed gate back to the implementer, and opens the pull request once it passes', async () => {
    const blueprint = 'blueprints: { fix: { steps: [{ role: implementer }, { run: npm test, retries: 1 }] } }\n';
    const chain = await aRunChain({ config: blueprint });
    const [run] = await chain.say('wanda', '/courier run');
    const unfinished = [bash(addTest), deliver({ summary: 'Only a test.' }), finish()];
    const step = await chain.work(run, [...unfinished, bash(repair), deliver(), finish()]);
    expect([step.code, step.outputs.result], step.log).toEqual([0, 'complete']);
    // The gate's own words came to the one who was to do better.
    expect(JSON.stringify(step.model.requests[3]?.body)).toContain("error: '-1 == 5'");
    expect(chain.told().join()).toMatch(
      /`implementer` done · `npm test` failed, went back · `implementer` done · `npm test` done/,
    );
    expect(chain.pulls()).toMatchObject([{ body: expect.stringContaining('It subtracted. Now it adds.') }]);
    expect(chain.pulls()[0]?.body).not.toContain('Only a test.');
    expect(chain.pulls()[0]?.body).toContain('`npm test`: passes; it had sent the change back once.');
    expect([chain.forced(), chain.github.violations]).toEqual([[], []]);
  });

  it('changes nothing, and says why', async () => {
    const chain = await aRunChain();
    const [run] = await chain.say('wanda', '/courier run');
    const step = await chain.work(run, [deliver({ unchanged: 'It is as it was meant.', test: undefined }), finish()]);
    expect([step.code, step.outputs.result], step.log).toEqual([0, 'complete']);
    expect(chain.told()).toEqual([
      expect.stringMatching(
        /nothing was changed\.\n\nIt is as it was meant\.\n\nDoes that settle it\? Then close the issue\./,
      ),
    ]);
    expect([chain.pulls(), chain.branches()]).toEqual([[], []]);
    expect(chain.runs()).toMatchObject({ attempts: [{ outcome: 'no-change' }] });
    expect(chain.github.violations).toEqual([]);
  });

  it('brings nothing of a refused change to GitHub, and says what kept it back', async () => {
    const chain = await aRunChain();
    const [run] = await chain.say('wanda', '/courier run');
    const evil = 'mkdir -p .github/workflows; echo "on: push" >.github/workflows/x.yml; ln -s /etc/passwd out';
    const insists = [deliver(), finish()];
    const step = await chain.work(run, [bash(`${repair}; ${addTest}\n${evil}`), ...insists, ...insists]);
    expect([step.code, step.outputs.result], step.log).toEqual([1, 'failed']);
    const [told = ''] = chain.told();
    expect(told).toContain('.github/workflows/x.yml: it says what runs in continuous integration');
    expect(told).toContain('out: it is a link that leads out of the repository');
    expect(reactionsTo(chain)).toEqual(['eyes', 'confused']);
    expect([chain.pulls(), chain.branches()]).toEqual([[], []]);
    const held = [...chain.repository.objects.values()].flatMap((one) =>
      one.type === 'blob' ? [one.content.toString()] : [],
    );
    for (const text of [repaired, testText, '/etc/passwd']) expect(held).not.toContain(text);
    expect(chain.github.violations).toEqual([]);
  });
});
