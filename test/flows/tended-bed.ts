import { expect, onTestFinished } from 'vitest';
import { IssueRuns } from '../../src/ledger/runs-record.ts';
import { silentLog } from '../../src/lib/log.ts';
import { beginRun, endRun, parkRun } from '../../src/runs/issue-runs.ts';
import { Session } from '../../src/sessions/session.ts';
import type { StoredRun } from '../fakes/github/state.ts';
import { aCommentsBed, gate } from './comments-bed.ts';

export const branch = 'courier/issue-3-somebody-wrote-this';
export const idOf = (letter: string) => `S20261121-100000-${letter.repeat(4)}`;
const [at, until] = ['2026-11-21T10:00:00Z', '2099-01-01T00:00:00Z'];

type Beginning = { issue?: number; own?: boolean; run?: StoredRun; order?: string };

/**
 * A repository in which issue 3 is one that a person wrote, and issue 1 that of a finding; runs of them begin and end on its ledger. It is closed
 * when the test is over, which fails where GitHub was asked for what it does not know.
 */
export async function aTendedBed() {
  const bed = await aCommentsBed();
  onTestFinished(async () => {
    await bed.double.close();
    expect(bed.double.violations).toEqual([]);
  });
  const github = bed.connect();
  const remote = await github.repository();
  const repositoryId = remote.id;
  const place = { github, store: bed.store, remote, repositoryId, gate, clock: bed.clock, log: silentLog };
  const runsOf = async (issue = 3) => (await bed.ledger()).readRuns(issue);
  const known = async (issue: number) =>
    (await runsOf(issue)) ?? IssueRuns.parse({ version: 1, issue, branch, base: 'main', made: true });
  const act = bed.double.act;
  return {
    ...bed,
    ...{ github, remote, place, runsOf, act },
    /** Its session is at work, in a run of a workflow: a new one, or that which was started for it. */
    async begin(letter: string, { issue = 3, own = false, ...over }: Beginning = {}) {
      const id = idOf(letter);
      const run = over.run ?? act.startRun({ workflow: 'courier.yml', event: 'workflow_dispatch', login: 'wanda' });
      const began = beginRun(await known(issue), {
        ...{ session: id, run: '', at, until, by: 'wanda', own },
        ...{ blueprint: 'fix', order: over.order },
      });
      if ('refused' in began) throw new Error(began.refused);
      const session = Session.parse({
        ...{ version: 1, id, kind: 'run', displayName: 'Run', trigger: 'workflow_dispatch', repository: 'acme/shop' },
        ...{ phase: 'running', reasons: [], startedAt: at, agents: [], checks: [], raised: [], deadline: until },
        ...{ updated: [], resolved: [], reopened: [], rejected: [], questions: [], assumptions: [] },
        usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
        runner: { kind: 'workflow', run: run.id, attempt: 1 },
        issueRun: { issue, title: 'x', blueprint: 'fix', branch, base: 'main', head: 'a'.repeat(40), steps: [] },
      });
      await bed.seed({ session, runs: began.runs });
      return run;
    },
    /** It rests until somebody answers. */
    async park(letter: string, issue = 3) {
      const id = idOf(letter);
      const found = await (await bed.ledger()).readSession(id, Session);
      if (!found || !('session' in found)) throw new Error(`there is no ${id}`);
      const session = { ...found.session, phase: 'stopped' as const, stopReason: 'waiting_input' as const };
      await bed.seed({ session, runs: parkRun(await known(issue), { session: id, until }) });
    },
    async end(letter: string, outcome: Parameters<typeof endRun>[1]['outcome'], issue = 3) {
      await bed.seed({ runs: endRun(await known(issue), { session: idOf(letter), outcome }) });
    },
    /** Of an issue, those about runs. */
    labels: (issue = 3) => bed.issue(issue).labels.filter((label) => label.startsWith('courier: ')),
    writes: () => bed.double.requests.filter(({ method }) => method !== 'GET').length,
  };
}
