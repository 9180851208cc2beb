import { describe, expect, it } from 'vitest';
import { ChainRecord } from '../../src/ledger/chain-record.ts';
import { addIssue } from '../fakes/github/state.ts';
import { addTest, bash, deliver, finish, repair } from '../flows/runs-bed.ts';
import { leftOut, sandboxed } from './bed.ts';
import { aRunChain } from './run-chain.ts';

const config = 'blueprints: { fix: { steps: [{ role: implementer }, { run: npm test, retries: 0 }] } }\n';
const stays = 'export const sum = (a, b) => b - a;';

describe.skipIf(!sandboxed)(`runs of several issues in sequence${leftOut}`, () => {
  it('begin with the pull request of the one before, and end where a gate fails for good: the rest is not begun', async () => {
    const chain = await aRunChain({ config });
    const { github, repository } = chain;
    for (const title of ['sum is slow', 'sum has no name']) addIssue(repository, { title });
    const main = repository.refs.get('refs/heads/main') ?? '';
    const [run, ...none] = await chain.say('wanda', '/courier chain #1 #2 #3');
    expect(none).toEqual([]);
    expect(chain.told().join()).toContain('A chain of 3 runs, one after the other');
    const first = await chain.work(run, [bash(`${repair}; ${addTest}`), deliver(), finish()]);
    expect([first.code, first.outputs.result], first.log).toEqual([0, 'complete']);
    const [pull] = chain.pulls();
    expect(pull?.body).toMatch(/^Fixes #1\n/);

    // Nobody but the app asked for the second one, and it begins from the default branch.
    expect(repository.runs).toHaveLength(2);
    const second = await chain.work(repository.runs[1], [bash(`echo '${stays}' >src/sum.js`), deliver(), finish()]);
    expect([second.code, second.outputs.result], second.log).toEqual([1, 'failed']);
    expect(JSON.stringify(second.model.requests[0]?.body)).toContain('sum is slow');
    expect([repository.runs.length, chain.pulls().length]).toEqual([2, 1]);
    expect(chain.commits('courier/issue-2-sum-is-slow').map(({ sha }) => sha)[0]).toBe(main);
    expect(chain.branches().toSorted()).toEqual(['courier/issue-1-sum-subtracts', 'courier/issue-2-sum-is-slow']);
    const told = chain.told().join();
    expect(told).toMatch(/The chain ends here\. The run of `?#2`? failed: npm test failed/);
    expect(told).toMatch(new RegExp(`#1\`?: the change is on its branch, pull request \`?#${pull?.number}`));
    expect(told).toMatch(/#2`?: failed/);
    expect(told).toMatch(/#3`?: not begun/);
    expect(chain.told(2).join()).toContain('npm test failed');
    expect(chain.told(3)).toEqual([]);
    const kept = ChainRecord.parse(JSON.parse(github.files('acme/shop', 'courier-ledger')['chains/1.json'] ?? '{}'));
    expect(kept.end).toMatchObject({ how: 'failed', told: true });
    expect([...new Set(chain.issue.comments[0]?.reactions.map(({ content }) => content))]).toEqual([
      'eyes',
      'confused',
    ]);
    expect([chain.forced(), github.violations]).toEqual([[], []]);
  });
});
