import { afterEach, describe, expect, it } from 'vitest';
import { roleNeeded } from '../../src/commands/authorise.ts';
import type { Executors } from '../../src/commands/executor.ts';
import { type Place, registry } from '../../src/commands/registry.ts';
import { type Verb, verbs } from '../../src/commands/verbs.ts';
import { parseConfig } from '../../src/config/parse-config.ts';
import { parseRequest } from '../../src/events/request.ts';
import { roles } from '../../src/events/role.ts';
import { createExecutors, offeredBy } from '../../src/flows/command-executors.ts';
import { observeIssue } from '../../src/flows/observe-issue.ts';
import { takeRequest } from '../../src/flows/take-request.ts';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import type { Store } from '../../src/ledger/store.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { safe } from '../../src/publishing/safe-text.ts';
import { Session } from '../../src/sessions/session.ts';
import { secondaryLimit } from '../fakes/github/faults.ts';
import { aCommentsBed, type CommentsBed } from './comments-bed.ts';

const beds: CommentsBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

async function aBed(options?: Parameters<typeof aCommentsBed>[0]) {
  const bed = await aCommentsBed(options);
  beds.push(bed);
  return bed;
}

const issueOf = { finding: 1, dashboard: 2, issue: 3, 'pull-request': 4, session: 2 } as const satisfies Record<
  Place,
  number
>;
const example: Record<Verb, string> = {
  ...{ run: 'run', retry: 'retry', chain: 'chain #1', scan: 'scan', verify: 'verify', stop: 'stop', resume: 'resume' },
  ...{ kill: 'kill', clone: 'clone', tell: 'tell hello', ask: 'ask why?', answer: 'answer Q1 a', skip: 'skip Q1' },
  ...{ 'answer-session': 'answer-session', approve: 'approve all', decline: 'decline A1', correct: 'correct A1: no' },
  ...{ ignore: 'ignore F-0000000a 3d', unignore: 'unignore F-0000000a', priority: 'priority F-0000000a high' },
  ...{ status: 'status', sessions: 'sessions', show: 'show', help: 'help', rate: 'rate up', rename: 'rename New' },
  ...{ export: 'export md', archive: 'archive', rule: 'rule Be kind.', file: 'file F-0000000a', delete: 'delete' },
  ...{ 'delete-all': 'delete-all', pause: 'pause', unpause: 'unpause' },
};

describe('who is heard', () => {
  const { permissions } = parseConfig('', 'courier.yml');
  const names: readonly string[] = roles;
  // Executors that only say that they were asked: who gets there is the question.
  const asked: string[] = [];
  const willing = Object.fromEntries(
    verbs.map((verb) => [
      verb,
      {
        kind: 'act',
        act: async () => {
          asked.push(verb);
          return { outcome: 'done', say: safe`Yes.` };
        },
      },
    ]),
  ) satisfies Record<string, unknown>;
  const executors: Executors = willing;

  it.each([
    ...[
      ['nobody', 'none'],
      ['rita', 'read'],
      ['tom', 'triage'],
      ['wanda', 'write'],
      ['max', 'maintain'],
    ],
    ...[
      ['ada', 'admin'],
      ['evil[bot]', 'bot'],
      ['wanda', 'look-up error'],
    ],
  ])('%s with the role %s is followed in what that role may, and in nothing else', async (login, role) => {
    const bed = await aBed();
    asked.splice(0);
    if (role === 'look-up error')
      bed.double.fail({ operation: 'repos/get-collaborator-permission-level', status: 502, times: 1000 });
    for (const verb of verbs)
      bed.double.act.comment(login, `/courier ${example[verb]}`, { issue: issueOf[registry[verb].where[0]] });
    for (const issue of [1, 2, 3, 4]) await bed.handle(issue, { executors });
    const may = verbs.filter((verb) => {
      const needed = roles.indexOf(roleNeeded(verb, permissions));
      const has = names.indexOf(role);
      // There is no session's issue yet: on the dashboard those commands have no place.
      const { where }: { where: readonly Place[] } = registry[verb];
      return has >= needed && (where[0] !== 'session' || where.includes('dashboard'));
    });
    expect(asked.toSorted()).toEqual(may.toSorted());
    if (role === 'bot') expect([1, 2, 3, 4].flatMap((issue) => bed.replies(issue))).toEqual([]);
    if (role === 'look-up error') expect(bed.replies(3)[0]).toMatch(/could not be looked up/);
  });

  it('answers strangers on a public repository by a reaction, and leaves no trace of them', async () => {
    const bed = await aBed({ visibility: 'public' });
    const before = bed.messages.length;
    const comments = ['rita', 'stranger'].map((login) =>
      bed.double.act.comment(login, '/courier help\n/courier pause'),
    );
    await bed.handle();
    expect(bed.replies()).toEqual([]);
    expect(comments.map(({ id }) => bed.reactions(id))).toEqual([['confused'], ['confused']]);
    expect(bed.messages.length).toBe(before);
    bed.double.act.comment('tom', '/courier help');
    await bed.handle();
    expect(bed.replies()).toHaveLength(1);
  });

  it('does nothing for what an app wrote in the name of a person, nor for its own comments', async () => {
    const bed = await aBed();
    bed.double.act.comment('ada', '/courier priority low', { viaApp: 'helper' });
    bed.double.act.comment('github-actions[bot]', '/courier priority low');
    bed.double.act.comment('ada', 'A finding <!-- courier:finding F-0000000a -->\n> /courier priority low');
    expect(await bed.handle()).toEqual({ kind: 'done', comments: 0 });
    expect((await bed.ledger()).findings[0]?.severity).toBe(3);
  });

  it('does not follow words that may be of somebody else: a comment that was edited before it was read', async () => {
    const bed = await aBed();
    const comment = bed.double.act.comment('ada', 'Nice.', { at: '2026-11-21T10:00:00Z' });
    bed.clock.ahead = Date.parse('2026-11-21T11:00:00Z') - Date.now();
    bed.double.act.editComment('eve', comment, '/courier priority low', { at: '2026-11-21T10:01:00Z' });
    await bed.handle();
    expect((await bed.ledger()).findings[0]?.severity).toBe(3);
    expect(bed.replies()).toEqual([expect.stringMatching(/write it anew/)]);
  });
});

describe('a comment', () => {
  it('is answered once, with a reaction before and after', async () => {
    const bed = await aBed();
    const { id } = bed.double.act.comment('tom', '/courier priority high\n/courier priorty low\n/courier status');
    expect(await bed.handle()).toEqual({ kind: 'done', comments: 1 });
    expect(await bed.handle()).toEqual({ kind: 'done', comments: 0 });
    expect(bed.reactions(id)).toEqual(['eyes', 'confused']);
    const [reply, ...more] = bed.replies();
    expect(more).toEqual([]);
    expect(reply).toMatch(/`priority`: The priority of F-0000000a is high/);
    expect(reply).toMatch(/Did you mean `\/courier priority`\?/);
    expect(reply).toMatch(/`status`: `F-0000000a`, #1: \*\*Order total loses cents\*\*/);
    expect(bed.issue(1).labels).toContain('priority: high');
  });

  it('that sets another priority takes the label of the one before away, though nobody looked in between', async () => {
    const bed = await aBed();
    for (const level of ['high', 'low', 'critical']) bed.double.act.comment('tom', `/courier priority ${level}`);
    await bed.handle();
    expect(bed.issue(1).labels.filter((label) => label.startsWith('priority'))).toEqual(['priority: critical']);
    const ports = { github: bed.connect(), clock: bed.clock, ledgerBranch: 'courier-ledger' };
    await observeIssue(1, ports);
    expect(
      (await bed.ledger()).findings[0]?.history.flatMap(({ what, detail }) => (what === 'priority' ? [detail] : [])),
    ).toEqual(['high', 'low', 'critical']);
  });

  it('that holds no command costs no write', async () => {
    const bed = await aBed();
    bed.double.act.comment('ada', 'See `/courier run`.');
    bed.double.forget();
    const before = bed.messages.length;
    await bed.handle();
    expect([bed.double.writes(), bed.messages.length]).toEqual([{}, before]);
  });

  it('is not followed again when it is edited afterwards', async () => {
    const bed = await aBed();
    const comment = bed.double.act.comment('ada', '/courier priority high');
    await bed.handle();
    bed.double.act.editComment('ada', comment, '/courier priority low', {
      at: new Date(Date.now() + 60_000).toISOString(),
    });
    expect(await bed.handle()).toEqual({ kind: 'done', comments: 0 });
    expect((await bed.ledger()).findings[0]?.severity).toBe(2);
  });

  it("is nobody's wish any more after a week, whatever the ledger has lost", async () => {
    const bed = await aBed();
    bed.double.act.comment('ada', '/courier priority high', {
      at: new Date(Date.now() - 8 * 86_400_000).toISOString(),
    });
    expect(await bed.handle()).toEqual({ kind: 'done', comments: 0 });
  });

  it('is followed in its turn, once, whichever of several replicas was woken and how often', async () => {
    const bed = await aBed();
    for (const priority of ['critical', 'high', 'low']) bed.double.act.comment('tom', `/courier priority ${priority}`);
    const results = await Promise.all(Array.from({ length: 6 }, () => bed.handle()));
    for (const result of results) if (result.kind === 'busy') await bed.handle();
    bed.double.act.comment('ada', '/courier rate up');
    await Promise.all([bed.handle(), bed.handle()]);
    const { findings } = await bed.ledger();
    expect(findings[0]?.history.map(({ detail }) => detail)).toEqual(['critical', 'high', 'low']);
    expect(bed.replies()).toHaveLength(4);
    const inbox = await (await bed.ledger()).readInbox(1);
    expect(inbox.claim).toBeUndefined();
    expect(inbox.handled.map(({ outcomes, answered }) => [outcomes, answered])).toEqual([
      [['done'], true],
      [['done'], true],
      [['done'], true],
      [['done'], true],
    ]);
  });

  it('is followed once by replicas that live on with the ledger on its branch', async () => {
    const bed = await aBed();
    const replicas = [1, 2, 3].map(() => bed.connect({ store: 'branch' }));
    const [first] = replicas;
    if (!first) throw new Error('no replica');
    const ledger = first.ledger('courier-ledger');
    await updateLedger(ledger, 'seed', () => ({ findings: [bed.finding] }), {
      repositoryId: String(bed.repository.id),
    });
    const wished = ['critical', 'high', 'low', 'medium', 'critical', 'low'];
    for (const priority of wished) {
      bed.double.act.comment('tom', `/courier priority ${priority}`);
      await Promise.all(replicas.map((github) => bed.handle(1, { github })));
    }
    const { findings } = await readLedger(await first.ledger('courier-ledger').read());
    expect(findings[0]?.history.map(({ detail }) => detail)).toEqual(wished);
    expect(bed.replies()).toHaveLength(wished.length);
  });

  it('is taken over from a worker that died in it, behind what that had done already', async () => {
    const bed = await aBed();
    bed.double.act.comment('tom', '/courier status\n/courier priority high\n/courier ignore 3d not now');
    // It dies in the middle: the store takes no more after two commits.
    let left = 2;
    const dying: Store = {
      read: () => bed.store.read(),
      commit: (...given) => (left-- > 0 ? bed.store.commit(...given) : Promise.reject(new Error('killed'))),
    };
    await expect(bed.handle(1, { github: bed.connect({ store: dying }) })).rejects.toThrow('killed');
    expect((await bed.ledger()).findings[0]).toMatchObject({ severity: 2, state: 'open' });
    const busy = await bed.handle();
    expect(busy).toMatchObject({ kind: 'busy' });
    bed.clock.ahead = 6 * 60_000;
    expect(await bed.handle()).toEqual({ kind: 'done', comments: 1 });
    const [finding] = (await bed.ledger()).findings;
    expect(finding?.history.map(({ what }) => what)).toEqual(['priority', 'ignored']);
    expect(bed.replies()).toHaveLength(1);
    expect(bed.replies()[0]).toMatch(/`priority`: done/);
  });

  it('is left to the next by a worker that is told to end, who need not wait', async () => {
    const bed = await aBed();
    for (const level of ['high', 'low', 'critical']) bed.double.act.comment('tom', `/courier priority ${level}`);
    const left = await bed.handle(1, { isLeaving: () => bed.replies().length > 0 });
    expect([left.kind, bed.replies().length]).toEqual(['busy', 1]);
    expect(await bed.handle()).toEqual({ kind: 'done', comments: 2 });
    expect((await bed.ledger()).findings[0]?.history.map(({ detail }) => detail)).toEqual(['high', 'low', 'critical']);
  });

  it('at which every worker dies is given up, and the next ones are followed', async () => {
    const bed = await aBed();
    bed.double.act.comment('tom', '/courier status');
    bed.double.act.comment('tom', '/courier priority high');
    const executors: Executors = {
      ...createExecutors({ github: bed.connect(), workflow: 'courier.yml' }),
      status: { kind: 'act', act: () => Promise.reject(new TypeError('a bug')) },
    };
    for (let tries = 0; tries < 3; tries++) {
      await expect(bed.handle(1, { executors })).rejects.toThrow('a bug');
      bed.clock.ahead += 6 * 60_000;
    }
    expect(await bed.handle(1, { executors })).toEqual({ kind: 'done', comments: 2 });
    expect(bed.replies()).toEqual([expect.stringMatching(/gives it up/), expect.stringMatching(/is high/)]);
  });

  it('of somebody who asks for too much is left alone, which is told once, while others are heard', async () => {
    const bed = await aBed();
    for (const body of Array.from({ length: 2 }, () => '/courier help\n'.repeat(15)))
      bed.double.act.comment('tom', body);
    const [first, second] = [1, 2].map(() => bed.double.act.comment('tom', '/courier priority low'));
    bed.double.act.comment('wanda', '/courier status');
    await bed.handle();
    expect((await bed.ledger()).findings[0]?.severity).toBe(3);
    expect(bed.replies().slice(2)).toEqual([expect.stringMatching(/30 commands/), expect.stringMatching(/F-0000000a/)]);
    expect([first, second].map((comment) => bed.reactions(comment?.id ?? 0))).toEqual([
      ['eyes', 'confused'],
      ['eyes', 'confused'],
    ]);
    // The hour of what was written before is over, and what was held stays undone.
    bed.clock.ahead = 61 * 60_000;
    bed.double.act.comment('tom', '/courier priority high');
    await bed.handle();
    expect((await bed.ledger()).findings[0]?.history.map(({ detail }) => detail)).toEqual(['high']);
  });

  it('keeps its place while GitHub is down', async () => {
    const bed = await aBed();
    bed.double.act.comment('tom', '/courier priority high');
    bed.double.fail({ operation: 'issues/create-comment', status: 502 });
    await expect(bed.handle()).rejects.toThrow(/502/);
    expect(await bed.handle()).toEqual({ kind: 'done', comments: 1 });
    expect((await bed.ledger()).findings[0]?.history).toHaveLength(1);
    expect(bed.replies()).toHaveLength(1);
    bed.double.fail({ ...secondaryLimit(1), operation: 'issues/create-comment' });
    bed.double.act.comment('tom', '/courier status');
    expect(await bed.handle()).toEqual({ kind: 'done', comments: 1 });
  });
});

describe('what can be asked for', () => {
  it('silences a finding for some days, and ends that', async () => {
    const bed = await aBed();
    bed.double.act.comment('tom', '/courier ignore 30d the old API goes');
    await bed.handle();
    const [ignored] = (await bed.ledger()).findings;
    expect(ignored).toMatchObject({ state: 'ignored', ignored: { by: 'tom', reason: 'the old API goes' } });
    expect(Date.parse(ignored?.ignored?.until ?? '') - Date.parse(ignored?.ignored?.at ?? '')).toBe(30 * 86_400_000);
    expect(bed.issue(1).labels).toContain('courier: ignored');
    expect(bed.audit().map(({ action, actor }) => [action, actor])).toEqual([['ignore', 'tom']]);
    bed.double.act.comment('tom', '/courier unignore\n/courier unignore');
    await bed.handle();
    expect((await bed.ledger()).findings[0]).toMatchObject({ state: 'open' });
    expect(bed.issue(1).labels).not.toContain('courier: ignored');
    expect(bed.replies()[1]).toMatch(/is not ignored/);
  });

  it('starts the workflow on the default branch with a pointer at the comment, and lets one run have it', async () => {
    const bed = await aBed();
    const comment = bed.double.act.comment('wanda', '/courier status\n/courier scan security; rm -rf / $(id)', {
      issue: 3,
    });
    await bed.handle(3);
    const [run, ...others] = bed.repository.runs;
    expect(others).toEqual([]);
    expect([run?.workflow, run?.branch, run?.event]).toEqual(['courier.yml', 'main', 'workflow_dispatch']);
    const request = parseRequest(run?.inputs.request ?? '');
    expect(request).toEqual({
      ...{ version: 1, kind: 'command', issue: 3, comment: comment.id, index: 1, digest: sha256(comment.body) },
    });
    expect(bed.replies(3)[0]).toMatch(new RegExp(`actions/runs/${run?.id}`));
    if (request.kind !== 'command') throw new Error('not a command');
    const take = (id: number) =>
      takeRequest(request, { run: id, store: bed.store, repositoryId: String(bed.repository.id) });
    expect([await take(5), await take(6), await take(5)]).toEqual([true, false, true]);
  });

  it('says what is missing where no workflow can be started', async () => {
    const bed = await aBed();
    bed.double.act.comment('wanda', '/courier verify');
    const github = bed.connect();
    await bed.handle(1, { github, executors: createExecutors({ github, workflow: 'other.yml' }) });
    expect(bed.replies()[0]).toMatch(/`.github\/workflows\/other.yml` could not be started on `main`/);
  });

  it('names, rates and puts away sessions, and holds scheduled scans', async () => {
    const bed = await aBed();
    const id = 'S20261121-100000-aaaa';
    await bed.seed({
      session: Session.parse({
        ...{ version: 1, id, kind: 'scan', displayName: 'Scan', trigger: 'schedule', repository: 'acme/shop' },
        ...{ phase: 'completed', result: 'complete', reasons: [], startedAt: '2026-11-21T10:00:00Z' },
        ...{ endedAt: '2026-11-21T10:05:00Z', agents: [], checks: [], raised: [], updated: [], resolved: [] },
        ...{ reopened: [], rejected: [], questions: [], assumptions: [] },
        usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
      }),
    });
    const lines = [
      'rename The `big` one',
      'rate down too long',
      'rate up',
      'sessions',
      `show ${id}`,
      'archive',
      'sessions',
      'pause',
    ];
    bed.double.act.comment('max', lines.map((line) => `/courier ${line}`).join('\n'), { issue: 2 });
    await bed.handle(2);
    const ledger = await bed.ledger();
    const found = await ledger.readSession(id, Session);
    expect(found).toMatchObject({
      session: { displayName: 'The `big` one', archived: true, ratings: [{ by: 'max', value: 'up' }] },
    });
    expect(ledger.dashboard).toMatchObject({ paused: { by: 'max' }, issue: { number: 2 } });
    expect(bed.replies(2)[0]).toMatch(/There was no session yet/);
  });

  it('rates the finding of the issue, for those who may triage; the last word of a person counts', async () => {
    const bed = await aBed();
    bed.double.act.comment('tom', '/courier rate down it is generated');
    bed.double.act.comment('wanda', '/courier rate up');
    bed.double.act.comment('tom', '/courier rate F-0000000a up right after all', { issue: 2 });
    bed.double.act.comment('rita', '/courier rate down');
    bed.double.act.comment('tom', '/courier rate F-0000000z down', { issue: 2 });
    await bed.handle(1);
    await bed.handle(2);
    const [finding] = (await bed.ledger()).findings;
    expect(finding?.ratings).toMatchObject([
      { by: 'wanda', value: 'up', from: 'rate' },
      { by: 'tom', value: 'up', from: 'rate', text: 'right after all' },
    ]);
    expect(bed.replies().at(-1)).toMatch(/counts from people who may triage/);
    expect(bed.replies(2).at(-1)).toMatch(/knows no finding/);
  });

  it('keeps no words about a weakness on a public repository', async () => {
    const bed = await aBed({ visibility: 'public' });
    await bed.seed({ findings: [{ ...bed.finding, category: 'security' }] });
    bed.double.act.comment('tom', '/courier rate F-0000000a down the token in login.ts is a test one', { issue: 2 });
    await bed.handle(2);
    const [finding] = (await bed.ledger()).findings;
    expect(finding?.ratings).toMatchObject([{ by: 'tom', value: 'down' }]);
    expect(JSON.stringify(finding?.ratings)).not.toMatch(/login/);
  });

  it('tells on a public repository nothing of a security finding', async () => {
    const bed = await aBed({ visibility: 'public' });
    await bed.seed({ findings: [{ ...bed.finding, category: 'security', title: 'Hole in src/login.ts' }] });
    bed.double.act.comment('ada', '/courier show\n/courier status');
    await bed.handle();
    expect(bed.replies()[0]).toMatch(/details are withheld/);
    expect(bed.replies()[0]).not.toMatch(/login|total/);
  });

  it('is every command there is, and what somebody runs without one of them says so honestly', async () => {
    const bed = await aBed();
    const all = createExecutors({ github: bed.connect(), workflow: 'x.yml' });
    expect([...offeredBy(all)].toSorted()).toEqual([...verbs].toSorted());
    const { chain: _, ...executors } = all;
    bed.double.act.comment('ada', '/courier chain #1', { issue: 3 });
    bed.double.act.comment('ada', '/courier help', { issue: 3 });
    await bed.handle(3, { executors });
    const [run, help] = bed.replies(3);
    expect(run).toBe('`/courier chain` is not offered by this version of Courier.');
    expect(help).toContain('`/courier scan [name] [prompt]`');
  });
});
