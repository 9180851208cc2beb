import { describe, expect, it } from 'vitest';
import type { Script, ScriptedTurn } from '../fakes/anthropic/script.ts';
import { addTest, bash, deliver, finish, repair } from '../flows/runs-bed.ts';
import { leftOut, sandboxed } from './bed.ts';
import { aRunChain } from './run-chain.ts';

const branch = 'courier/issue-1-sum-subtracts';
const config = 'blueprints: { fix: { steps: [{ role: implementer }, { verify: test-passes }] } }\n';
const fixed = [bash(`${repair}; ${addTest}`), deliver(), finish()];
const theirs = 'export const sum = (a, b) => b - a;\n';

/** Something happens while the agent works. */
const meanwhile =
  (act: () => unknown, turns: readonly ScriptedTurn[] = fixed): Script =>
  (_, index) => {
    if (index === 1) act();
    return turns[index] ?? expect.fail(`the script has no turn ${index}`);
  };

describe.skipIf(!sandboxed)(`a run, while others work as well${leftOut}`, () => {
  it('goes on top of what people pushed to its branch, and leaves that alone where both changed the same file', async () => {
    const chain = await aRunChain({ config });
    const { github } = chain;
    const [run] = await chain.say('wanda', '/courier run');
    const pushed: string[] = [];
    const push = (files: Record<string, string>) => () => pushed.push(github.act.push('max', { branch, files }));
    const first = await chain.work(run, meanwhile(push({ 'README.md': 'Sums.\n' })));
    expect([first.code, first.outputs.result], first.log).toEqual([0, 'complete']);
    expect(chain.commits(branch)[0]?.parents).toEqual(pushed);
    const after = github.files('acme/shop', branch);
    expect(after).toMatchObject({ 'README.md': 'Sums.\n', 'src/sum.js': expect.stringContaining('a + b') });
    const [pull] = chain.pulls();
    const described = pull?.body;

    const [again] = await chain.say('wanda', '/courier run name the operands');
    const named = [bash("sed -i 's/a + b/b + a/' src/sum.js"), deliver(), finish()];
    const second = await chain.work(again, meanwhile(push({ 'src/sum.js': theirs }), named));
    expect([second.code, second.outputs.result], second.log).toEqual([1, 'failed']);
    expect(chain.told()[1]).toMatch(
      /has moved on from \w{7} to \w{7}, which changes src\/sum\.js as well: nothing was pushed/,
    );
    expect(chain.commits(branch)[0]?.sha).toBe(pushed[1]);
    expect([chain.pulls().length, pull?.body]).toEqual([1, described]);
    expect([chain.forced(), github.violations]).toEqual([[], []]);
  });

  it('asks again where the branch moved before it began, and stands where it began where the base moved', async () => {
    const chain = await aRunChain({ config });
    const { github, repository } = chain;
    const [run] = await chain.say('wanda', '/courier run');
    const moved = github.act.push('max', { branch, files: { 'README.md': 'Sums.\n' } });
    const first = await chain.work(run, []);
    expect([first.code, first.model.requests.length], first.log).toEqual([1, 0]);
    expect(chain.told()[0]).toMatch(/has moved on from \w{7}, which was asked for, to \w{7}: ask for the run again/);

    const [again] = await chain.say('wanda', '/courier run');
    const base = () => github.act.push('max', { branch: 'main', files: { 'src/sum.js': theirs } });
    const second = await chain.work(again, meanwhile(base));
    expect([second.code, second.outputs.result], second.log).toEqual([0, 'complete']);
    expect(chain.commits(branch)[0]?.parents).toEqual([moved]);
    expect(chain.pulls()).toMatchObject([{ pull: { branch, base: 'main', draft: true } }]);
    expect(github.files('acme/shop', 'main')).toMatchObject({ 'src/sum.js': theirs });
    expect(repository.issues).toHaveLength(2);
    expect([chain.forced(), github.violations]).toEqual([[], []]);
  });

  it('is one branch and one pull request, however many ask in the same moment, and of however many apps', async () => {
    const chain = await aRunChain({ config, replicas: 2 });
    for (const login of ['wanda', 'max', 'wanda']) chain.github.act.comment(login, '/courier run', { issue: 1 });
    await chain.settled();
    const [run, ...more] = chain.repository.runs;
    expect(more).toEqual([]);
    const refused = 'A run of `#1` was asked for already, by wanda, and has not ended: one at a time.';
    const asked = chain.runs().asked?.by ?? '';
    const answers = chain.told().filter((text) => text.startsWith(refused.replace('wanda', asked)));
    expect(answers).toHaveLength(2);
    const step = await chain.work(run, fixed);
    expect(step.code, step.log).toBe(0);
    // One of them said it twice, and was heard once.
    await chain.say('max', '/courier status');
    expect([chain.branches(), chain.pulls().length, chain.repository.runs.length]).toEqual([[branch], 1, 1]);
    expect(chain.runs().attempts).toMatchObject([{ by: asked, outcome: 'pushed' }]);
    expect([chain.forced(), chain.github.violations]).toEqual([[], []]);
  });
});
