import { expect, it } from 'vitest';
import { defaultConfiguration } from '../../src/config/parse-config.ts';
import { continueRuns } from '../../src/flows/continue-runs.ts';
import { InboxRecord } from '../../src/ledger/inbox-record.ts';
import { IssueRuns } from '../../src/ledger/runs-record.ts';
import { silentLog } from '../../src/lib/log.ts';
import { aCommentsBed, gate } from './comments-bed.ts';

it('the end of a workflow run has only those pull requests looked at that it may have been at', async () => {
  const bed = await aCommentsBed();
  const github = bed.connect();
  const remote = await github.repository();
  // 1 and 2 were asked for by comments that the runs 71 and 72 have; 3 by an order that 71 took; of 4 nobody knows who has it.
  for (const issue of [1, 2, 3, 4]) {
    const pullRequest = { number: 40 + issue, url: 'https://github.test/acme/shop/pull/1', state: 'open' };
    const at = '2026-11-21T18:14:00Z';
    const order = { id: 'O-abcdefgh', cause: { kind: 'chain', issue: 1 }, at, taken: 71, started: { at, run: 71 } };
    const asked = { issue, at, by: 'wanda', opens: 'app', ...(issue === 3 ? { order } : { comment: 77 }) };
    const session = 'S20261121-181500-ab3d';
    const attempts = [
      { session, at, by: 'wanda', blueprint: 'fix', outcome: 'pushed', ...(issue === 3 && { order: order.id }) },
    ];
    const taken = issue < 3 ? [{ comment: 77, index: 0, run: 70 + issue }] : [];
    await bed.seed({
      runs: IssueRuns.parse({
        version: 1,
        issue,
        branch: `courier/issue-${issue}`,
        base: 'main',
        asked,
        attempts,
        pullRequest,
      }),
      inbox: InboxRecord.parse({ version: 1, issue, through: 0, handled: [], taken }),
    });
  }
  const desk = {
    github,
    remote,
    store: bed.store,
    config: defaultConfiguration,
    gate,
    clock: bed.clock,
    log: silentLog,
  };
  const looked = async (among: Parameters<typeof continueRuns>[1]) => {
    const before = bed.double.requests.length;
    expect(await continueRuns({ ...desk, workflow: 'courier.yml', opens: 'app' }, among)).toBe('done');
    const paths = bed.double.requests.slice(before).map(({ path }) => path);
    return paths.flatMap((path) => /\/pulls\/(\d+)$/.exec(path)?.[1] ?? []);
  };
  expect(await looked({ run: 71 })).toEqual(['41', '43', '44']);
  expect(await looked({ run: 72 })).toEqual(['42', '44']);
  expect(await looked({})).toEqual(['41', '42', '43', '44']);
  expect(await looked({ pullRequests: [42] })).toEqual(['42']);
  expect(bed.double.violations).toEqual([]);
  await bed.double.close();
});

it('that a person is needed is said once, however many find it at once', async () => {
  const bed = await aCommentsBed();
  const { double, repository } = bed;
  const branch = 'courier/issue-3-somebody-wrote-this';
  repository.refs.set(`refs/heads/${branch}`, repository.refs.get('refs/heads/main') ?? '');
  double.act.push('ada', { branch, files: { 'src/a.txt': '1\n' } });
  const commit = repository.refs.get(`refs/heads/${branch}`) ?? '';
  const github = bed.connect();
  const [remote, text] = [await github.repository(), gate.inline('x')];
  const pull = await github.pullRequests.create({ head: branch, base: 'main', title: text, body: text, draft: true });
  if (!('number' in pull)) return expect.fail(pull.why);
  const at = '2026-11-21T18:14:00Z';
  const attempts = [1, 2, 3].map((each) => ({
    ...{
      session: `S20261121-18150${each}-ab3d`,
      at,
      by: 'wanda',
      own: true,
      blueprint: 'fix',
      outcome: 'pushed',
      commit,
    },
  }));
  const asked = { issue: 3, comment: 77, at, by: 'wanda', opens: 'app' };
  await bed.seed({
    runs: IssueRuns.parse({
      version: 1,
      issue: 3,
      branch,
      base: 'main',
      made: true,
      asked,
      attempts,
      pullRequest: pull,
    }),
  });
  double.act.check({ name: 'unit', commit, suite: 1 });
  const desk = { github, remote, store: bed.store, config: defaultConfiguration, gate, log: silentLog };
  const look = (ahead: number) =>
    continueRuns({
      ...{ ...desk, workflow: 'courier.yml', opens: 'app' },
      clock: { now: () => Date.now() + ahead },
    });
  await Promise.all([look(0), look(60_000)]);
  const said = repository.issues.find(({ number }) => number === pull.number)?.comments.map(({ body }) => body) ?? [];
  expect(said.filter((body) => body.includes('A person is needed'))).toHaveLength(1);
  expect((await (await bed.ledger()).readRuns(3))?.halted).toMatchObject({ told: true });
  expect(double.violations).toEqual([]);
  await double.close();
});
