import { describe, expect, it } from 'vitest';
import { accept, addTest, bash, deliver, finish, repair, score } from '../flows/runs-bed.ts';
import { leftOut, sandboxed } from './bed.ts';
import { aRunChain } from './run-chain.ts';

const branch = 'courier/issue-1-sum-subtracts';
const judged = [accept(), finish(), score(), finish()];

describe.skipIf(!sandboxed)(`a run that Courier goes on with by itself${leftOut}`, () => {
  it('knows what the review wants and which checks failed, and refuses where the review was dismissed', async () => {
    const chain = await aRunChain();
    const { github, repository } = chain;
    const [run] = await chain.say('wanda', '/courier run');
    const first = await chain.work(run, [bash(addTest), bash(repair), deliver(), finish(), ...judged]);
    expect(first.code, first.log).toBe(0);
    const [pull = expect.fail(first.log)] = chain.pulls();
    const output = { title: '1 test failed', summary: 'NaN is not 5' };
    const annotations = [{ path: 'src/sum.js', start_line: 1, annotation_level: 'failure', message: 'no meaning' }];
    const commit = chain.commits(branch)[0]?.sha ?? '';
    const comments = [{ path: 'src/sum.js', line: 1, side: 'RIGHT', body: 'Name the operands.' }] as const;
    github.act.review('max', 'CHANGES_REQUESTED', { issue: pull.number, body: 'Not yet.', comments });
    await chain.settled();
    github.act.check({ name: 'unit', commit, output, annotations });
    await chain.settled();
    expect(repository.runs).toHaveLength(2);
    const named = bash("sed -i 's/(a, b) => a + b/(left, right) => left + right/' src/sum.js");
    const [, onward] = repository.runs;
    const second = await chain.work(onward, [named, deliver({ summary: 'Named.' }), finish(), ...judged]);
    expect([second.code, second.outputs.result], second.log).toEqual([0, 'complete']);
    const told = JSON.stringify(second.model.requests[0]?.body);
    const words = ['asked for changes', 'Not yet.', 'Name the operands.', 'NaN is not 5', 'src/sum.js:1: no meaning'];
    for (const each of words) expect(told).toContain(each);
    expect(github.files('acme/shop', branch)['src/sum.js']).toContain('left + right');
    expect(chain.runs().attempts).toMatchObject([{ own: false }, { own: true, by: 'max', outcome: 'pushed' }]);
    const said = chain.told(pull.number);
    expect(said).toEqual([expect.stringContaining(`and comes to \`${branch}\` next`)]);

    const again = github.act.review('max', 'CHANGES_REQUESTED', { issue: pull.number, body: 'Still not.' });
    await chain.settled();
    github.act.dismissReview('wanda', { issue: pull.number, review: again });
    const third = await chain.work(repository.runs[2], []);
    expect(third.code).toBe(1);
    expect(third.log).toContain('the changes are not asked for any more');
    expect(chain.runs().attempts).toHaveLength(2);
    expect([chain.forced(), github.violations]).toEqual([[], []]);
  });
});
