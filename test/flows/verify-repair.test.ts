import { afterEach, describe, expect, it } from 'vitest';
import { openRepository } from '../../src/adapters/local/repository.ts';
import { verifyRepair } from '../../src/flows/verify-repair.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { closeIssue } from '../fakes/github/people.ts';
import { addIssue } from '../fakes/github/state.ts';
import { aFinding } from '../findings/issue-builders.ts';
import { aRunsBed, type RunsBed } from './runs-bed.ts';

const beds: RunsBed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.close();
});

/** The issue (1) of a finding was closed by the merge of its run's pull request; `repairs`: which did what it says. */
async function aMerge({ repairs }: { repairs: 'yes' | 'no' }) {
  const bed = await aRunsBed([]);
  beds.push(bed);
  const seen = bed.source.head();
  const files = { 'src/sum.js': `export const sum = (a, b) => a ${repairs === 'yes' ? '+' : '- '} b;\n` };
  const commit = bed.source.commit(files);
  const pull = addIssue(bed.double.repository(), { title: 'It', pullRequest: true });
  closeIssue(
    bed.issue,
    { login: 'wanda', type: 'User' },
    {
      closer: { type: 'PullRequest', number: pull.number, merged: true, commit },
    },
  );
  const at = new Date().toISOString();
  const finding = aFinding({
    ...{ title: 'sum subtracts', issue: { number: 1, labels: [] }, state: 'open' },
    ...{ lastSeen: { session: 'S-1', at: '2026-11-01T00:00:00Z', commit: seen } },
    reproduce: { command: 'grep -q "a - *b" src/sum.js', present: { exitCode: 0 } },
    repair: { pullRequest: pull.number, commit, at: '2026-11-02T00:00:00Z' },
  });
  const runs = await bed.runs();
  if (!runs) throw new Error('no runs');
  const url = `https://github.test/acme/shop/pull/${pull.number}`;
  const merged = { commit, at, into: 'main' };
  const pullRequest = { number: pull.number, url, state: 'merged' as const, since: at, merged };
  await updateLedger(bed.store, 'seed', () => ({ findings: [finding], runs: { ...runs, pullRequest } }), {
    repositoryId: bed.remote.id,
  });
  const repository = async () => ({ ...bed.remote, defaultHead: commit });
  const isAhead = async () => false;
  const { github } = bed.ports;
  if (!github) throw new Error('no GitHub');
  const ports = {
    ...bed.ports,
    repository: await openRepository(bed.source.root),
    github: { ...github, repository, isAhead },
  };
  const trigger = { name: 'workflow_dispatch', actor: 'max', ref: 'refs/heads/main', pullRequest: undefined };
  const run = (issue = 1) =>
    verifyRepair(
      {
        ...{ trigger, overrides: {}, configPath: undefined, ledgerKey: undefined, hasModelKey: false, strict: false },
        ...{ signal: new AbortController().signal, issue },
      },
      ports,
    );
  const said = () => bed.issue.comments.map(({ body }) => body);
  return { bed, pull, run, said };
}

describe('a repair that was merged', () => {
  it('is shown to be one by the command that showed the problem, and the issue stays closed with that proof', async () => {
    const { bed, pull, run, said } = await aMerge({ repairs: 'yes' });
    const outcome = await run();
    expect(outcome.reasons).toEqual([]);
    expect(bed.issue.state).toBe('closed');
    expect(said()).toEqual([
      expect.stringMatching(new RegExp(`^Pull request #${pull.number} was merged .* is gone at .*: `)),
    ]);
    expect((await run()).reasons.join()).toContain('no finding of #1 waits for that');
    expect(said()).toHaveLength(1);
  });

  it('is none where the command still shows it: the issue is opened again with that, and says so', async () => {
    const { bed, pull, run, said } = await aMerge({ repairs: 'no' });
    const outcome = await run();
    expect([outcome.counts.reopened, bed.issue.state]).toEqual([1, 'open']);
    expect(said()).toEqual([
      expect.stringMatching(new RegExp(`^Pull request #${pull.number} was merged .* is still there at `)),
      expect.stringContaining(`**Opened again:** the merge of #${pull.number} closed this, and it is still there`),
    ]);
  });
});
