import { describe, expect, it } from 'vitest';
import { findingsOf } from '../app/ledger-bed.ts';
import { aFinding } from '../findings/issue-builders.ts';
import { bash, deliver, finish, repair } from '../flows/runs-bed.ts';
import { leftOut, sandboxed } from './bed.ts';
import { aRunChain, type RunChain } from './run-chain.ts';

const branch = 'courier/issue-1-sum-subtracts';
const config = 'blueprints: { fix: { steps: [{ role: implementer }, { verify: reproduce }] } }\n';
const command = 'grep -q "a - b" src/sum.js';
const proven = `\`${command}\`: shows the problem without the change, not with it.`;

/** What an agent does: a command, and what it says of it. */
const doing = (what: string, summary: string) => [bash(what), deliver({ summary, test: undefined }), finish()];

const lastRun = ({ repository }: RunChain, count: number) => {
  expect(repository.runs).toHaveLength(count);
  return repository.runs.at(-1);
};

describe.skipIf(!sandboxed)(`the runs of a finding${leftOut}`, () => {
  it('go on with requested changes and a failed check, and a merge closes it by proof', async () => {
    const chain = await aRunChain({ config });
    const { github, repository, issue } = chain;
    const seen = { session: 'S20261121-100000-abcd', at: '2026-11-21T10:00:00Z' };
    const commit = repository.refs.get('refs/heads/main') ?? '';
    const finding = aFinding({
      ...{ title: 'sum subtracts', description: 'It says minus.', issue: { number: 1, labels: [] } },
      ...{ lastSeen: { ...seen, commit }, reproduce: { command, present: { exitCode: 0 } } },
    });
    await chain.seed({ findings: [finding] });
    const [run] = await chain.say('wanda', '/courier run');
    const first = await chain.work(run, doing(repair, 'It adds.'));
    const [pull = expect.fail(first.log)] = chain.pulls();
    expect(pull.body).toContain(proven);

    github.act.review('max', 'CHANGES_REQUESTED', { issue: pull.number, body: 'Name the operands.' });
    await chain.settled();
    const rename = "sed -i 's/(a, b) => a + b/(left, right) => left + right/' src/sum.js";
    const second = await chain.work(lastRun(chain, 2), doing(rename, 'They have names.\n\nBoth of them.'));
    expect(JSON.stringify(second.model.requests[0]?.body)).toContain('Name the operands.');
    expect(chain.told(pull.number)).toEqual([expect.stringContaining(`and comes to \`${branch}\` next`)]);

    const [{ sha } = expect.fail(second.log)] = chain.commits(branch);
    github.act.check({ name: 'unit', commit: sha, suite: 1 });
    await chain.settled();
    const third = await chain.work(lastRun(chain, 3), doing("echo '// Sums.' >>src/sum.js", 'It says what it is.'));
    expect(JSON.stringify(third.model.requests[0]?.body)).toContain('unit');
    expect(chain.told(pull.number)).toHaveLength(2);
    const subjects = chain.commits(branch).map(({ message }) => message.split('\n')[0]);
    expect(subjects).toEqual(['It says what it is', 'They have names', 'sum subtracts', 'initial commit']);
    expect(pull.body).toMatch(/### What the latest run changed\n\nIt says what it is\./);
    // All of the pull request is proven, by the files that it began with.
    expect(pull.body).toContain(proven);
    expect([chain.pulls().length, chain.branches(), issue.state]).toEqual([1, [branch], 'open']);

    github.act.merge('max', { issue: pull.number });
    await chain.settled();
    const proof = await chain.work(lastRun(chain, 4), []);
    expect([proof.code, proof.model.requests.length], proof.log).toEqual([0, 0]);
    expect(issue).toMatchObject({ state: 'closed', stateReason: 'completed' });
    expect(findingsOf(github)).toMatchObject([{ state: 'resolved', lastCheck: { verdict: 'gone' } }]);
    expect(chain.told().join()).toContain('Pull request #2 was merged');
    expect([chain.forced(), github.violations]).toEqual([[], []]);
  });
});
