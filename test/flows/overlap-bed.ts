import { createPushRun } from '../../src/flows/push-run.ts';
import { tendPullOf } from '../../src/flows/tend-runs.ts';
import { IssueRuns } from '../../src/ledger/runs-record.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { PatchChange } from '../../src/runs/patch.ts';
import type { RunWork } from '../../src/runs/run-work.ts';
import { addIssue } from '../fakes/github/state.ts';
import { aCommentsBed, gate } from './comments-bed.ts';

export type OverlapBed = Awaited<ReturnType<typeof anOverlapBed>>;

const bytes = (text: string) => new TextEncoder().encode(text);
/** Twelve lines, of which some are others. */
export const lines = (over: Readonly<Record<number, string>> = {}) =>
  Array.from({ length: 12 }, (_, at) => `${over[at] ?? `line ${at}`}\n`).join('');

/** A repository with `src/a.txt` of twelve lines, and runs of several issues that push to branches of their own. */
export async function anOverlapBed() {
  const bed = await aCommentsBed();
  const { repository, double } = bed;
  const start = double.act.push('ada', { branch: 'main', files: { 'src/a.txt': lines(), 'src/b.txt': lines() } });
  const github = bed.connect();
  const remote = await github.repository();
  const config = { runs: { protectedPaths: [] } };
  const place = { github, store: bed.store, remote, repositoryId: remote.id, gate, clock: bed.clock, log: silentLog };
  const branchOf = (issue: number) => `courier/issue-${issue}-x`;
  const sessionOf = (issue: number, at = 0) => `S20261121-18150${at}-${String(issue).padStart(4, 'a')}`;
  const issues = [
    3,
    addIssue(repository, { title: 'A second' }).number,
    addIssue(repository, { title: 'A third' }).number,
  ];

  /** A run of the issue begins, where the branch is or at `main`. */
  async function begin(issue: number, { opens = 'job' as 'job' | 'app', at = 0 } = {}) {
    const ref = `refs/heads/${branchOf(issue)}`;
    const head = repository.refs.get(ref) ?? repository.refs.get('refs/heads/main') ?? '';
    repository.refs.set(ref, head);
    const known = await (await bed.ledger()).readRuns(issue);
    const asked = { issue, comment: 77, index: 0, at: '2026-11-21T18:14:00Z', by: 'wanda', opens };
    const session = sessionOf(issue, at);
    const attempt = { session, at: '2026-11-21T18:15:00Z', by: 'wanda', blueprint: 'fix' };
    const claim = { session, run: '1', until: '2099-01-01T00:00:00Z' };
    const attempts = [...(known?.attempts ?? []), attempt];
    const runs = { version: 1, issue, branch: branchOf(issue), base: 'main', made: true, ...known };
    await bed.seed({ runs: IssueRuns.parse({ ...runs, head, asked, attempts, claim }) });
    return head;
  }

  /** What the run that began has made of these files, pushed. */
  async function push(issue: number, head: string, files: Readonly<Record<string, string>>, { at = 0, ...over } = {}) {
    const changes = Object.entries(files).map(
      ([path, text]): PatchChange => ({
        ...{ path, change: 'changed', mode: 'file', data: bytes(text) },
        before: { mode: 'file', data: bytes(lines()) },
      }),
    );
    const session = sessionOf(issue, at);
    const work: RunWork = {
      issue: { number: issue, title: 'It' },
      ...{ session, by: 'wanda', branch: branchOf(issue), base: 'main', head, kind: 'fix', changes },
      report: {
        ...{ issue, session, summary: 'It works now.', leftOut: [], blueprint: 'fix', model: 'm', costUsd: 0.5 },
        ...{ verified: [{ name: 'npm test', ok: true, after: '1 passed' }], assumptions: [] },
      },
      ...over,
    };
    return createPushRun({ ...place, config })(work);
  }

  const runsOf = async (issue: number) => (await bed.ledger()).readRuns(issue);
  const pullOf = async (issue: number) => {
    const number = (await runsOf(issue))?.pullRequest?.number;
    const found = repository.issues.find((one) => one.number === number);
    if (!found) throw new Error(`no pull request of #${issue}`);
    return found;
  };
  return {
    ...bed,
    ...{ github, remote, place, start, issues, begin, push, runsOf, pullOf, branchOf },
    /** What the pull request of an issue's runs says of other work. */
    async others(issue: number): Promise<string> {
      const { body } = await pullOf(issue);
      return /### Other open work\n\n([\s\S]*?)\n<!--/.exec(body)?.[1] ?? '';
    },
    tend: async (issue: number) => tendPullOf((await pullOf(issue)).number, { ...place, workflow: 'courier.yml' }),
    headOf: (branch: string) => repository.refs.get(`refs/heads/${branch}`) ?? '',
  };
}
