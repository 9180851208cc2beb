import { afterEach, describe, expect, it } from 'vitest';
import { parseRequest } from '../../src/events/request.ts';
import type { GitHub } from '../../src/flows/github-ports.ts';
import type { Store } from '../../src/ledger/store.ts';
import { isoTime } from '../../src/lib/clock.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { PanelRecord } from '../../src/questions/panel.ts';
import { Session } from '../../src/sessions/session.ts';
import { nextId } from '../fakes/github/state.ts';
import { aFinding } from '../findings/issue-builders.ts';
import { aCommentsBed, type CommentsBed } from './comments-bed.ts';

const beds: CommentsBed[] = [];
afterEach(async () => {
  for (const { double } of beds.splice(0)) {
    expect(double.violations).toEqual([]);
    await double.close();
  }
});

const ended = { phase: 'completed', result: 'complete', endedAt: '2026-11-21T10:05:00Z' } as const;
const id = (letter: string) => `S20261121-100000-${letter.repeat(4)}`;

function aSession(letter: string, over: Partial<Session> = ended): Session {
  return Session.parse({
    ...{ version: 1, id: id(letter), kind: 'scan', displayName: 'Scan', trigger: 'schedule', repository: 'acme/shop' },
    ...{ phase: 'running', reasons: [], startedAt: '2026-11-21T10:00:00Z', agents: [], checks: [], raised: [] },
    ...{ updated: [], resolved: [], reopened: [], rejected: [], questions: [], assumptions: [] },
    usage: { inputTokens: 0, outputTokens: 0, cacheReadTokens: 0, cacheWriteTokens: 0 },
    ...over,
  });
}

async function aBed(...sessions: readonly Session[]) {
  const bed = await aCommentsBed();
  beds.push(bed);
  for (const session of sessions) await bed.seed({ session });
  return bed;
}

/** What Courier says to one comment on the dashboard. */
async function say(bed: CommentsBed, body: string, { by = 'max', issue = 2 } = {}): Promise<string> {
  const comment = bed.double.act.comment(by, body, { issue });
  await bed.handle(issue);
  return bed.replies(issue).at(-1) ?? `nothing in answer to ${comment.id}`;
}

const phaseOf = async (bed: CommentsBed, letter: string) => {
  const found = await (await bed.ledger()).readSession(id(letter), Session);
  return found && 'session' in found ? found.session.phase : undefined;
};

describe('a run of an issue', () => {
  const issueRun = {
    issue: 7,
    title: 'x',
    blueprint: 'fix',
    branch: 'courier/issue-7',
    base: 'main',
    head: 'a'.repeat(40),
    steps: [],
  };

  it('does not go on where it was: who stops it, or would resume it, is told how it begins anew', async () => {
    const bed = await aBed(aSession('a', { kind: 'run', phase: 'running', issueRun }));
    expect(await say(bed, `/courier stop ${id('a')}`)).toMatch(
      /ends after its current step; `\/courier retry` on #7 starts it anew/,
    );
    await bed.seed({ session: aSession('a', { kind: 'run', phase: 'killed', stopReason: 'user', issueRun }) });
    expect(await say(bed, `/courier resume ${id('a')}`)).toMatch(
      /was a run of #7 and has ended: `\/courier retry` there/,
    );
  });
});

describe('a session that works', () => {
  it('is sent letters that point at the comments, and hold none of their words', async () => {
    const bed = await aBed(aSession('a'), aSession('b', { phase: 'running' }));
    // What is audited is kept by months.
    const at = Date.now();
    bed.clock.now = () => at;
    const { id: comment, body } = bed.double.act.comment('wanda', '/courier tell Look at the tests.\n/courier stop', {
      issue: 3,
    });
    await bed.handle(3);
    expect((await (await bed.ledger()).readMail()).letters).toMatchObject([
      { session: id('b'), kind: 'tell', by: 'wanda', issue: 3, comment, index: 0, digest: sha256(body) },
      { session: id('b'), kind: 'stop', index: 1 },
    ]);
    expect(bed.ledgerFiles()['mail.json']).not.toContain('tests');
    expect(bed.replies(3)[0]).toMatch(/reads it after its current step[\s\S]*`\/courier resume S\S+` goes on/);
    const audit = await (await bed.ledger()).readAudit(isoTime(at));
    expect(audit.map(({ action, target }) => [action, target])).toEqual([
      ['tell-session', id('b')],
      ['stop-session', id('b')],
    ]);
  });

  it('is told to end, and its run is cancelled when it has not for a while and somebody asks again', async () => {
    const bed = await aBed();
    const run = bed.double.act.startRun({ workflow: 'courier.yml', event: 'schedule', login: 'octocat' });
    await bed.seed({
      session: aSession('b', { phase: 'running', runner: { kind: 'workflow', run: run.id, attempt: 1 } }),
    });
    expect(await say(bed, '/courier kill')).toMatch(/ends now/);
    expect(await say(bed, '/courier kill')).toMatch(/ends now/);
    expect(run.status).toBe('queued');
    bed.clock.ahead = 3 * 60_000;
    expect(await say(bed, '/courier kill')).toMatch(/its workflow run is cancelled/);
    expect(run.conclusion).toBe('cancelled');
    // It has ended meanwhile: that is no error.
    expect(await say(bed, '/courier kill')).toMatch(/is cancelled/);
  });

  it('cannot be resumed or deleted', async () => {
    const bed = await aBed(aSession('b', { phase: 'running' }));
    expect(await say(bed, `/courier resume ${id('b')}`)).toMatch(/is at work \(running\)/);
    expect(await say(bed, `/courier delete ${id('b')} yes`)).toMatch(/is at work.*`\/courier kill/);
    expect(await phaseOf(bed, 'b')).toBe('running');
  });
});

it.each([
  ['scan', /`\/courier resume S/],
  ['ask', /cannot go on after that: `\/courier clone S/],
  ['answer', /`\/courier answer-session` starts another/],
] as const)('says what can be done after a stop: of a session that is %s', async (kind, follows) => {
  const bed = await aBed(aSession('b', { phase: 'running', kind }));
  const said = await say(bed, `/courier stop ${id('b')}`);
  expect(said).toMatch(follows);
  expect(said.includes('resume')).toBe(kind === 'scan');
});

it('says that no session works where none does', async () => {
  const bed = await aBed(aSession('a'));
  expect(await say(bed, '/courier stop')).toBe('No session is at work.');
  expect(await say(bed, '/courier tell hello')).toBe('No session is at work.');
  expect(await say(bed, `/courier stop ${id('a')}`)).toMatch(/is not at work \(completed\)/);
  expect(await say(bed, `/courier kill ${id('a')}`)).toMatch(/has ended already/);
  expect(await say(bed, `/courier resume ${id('c')}`)).toMatch(/holds no session/);
});

describe('a session that rests', () => {
  const rests = { phase: 'stopped', stopReason: 'user' } as const;

  it('goes on in a workflow, at its commit', async () => {
    const commit = 'c'.repeat(40);
    const bed = await aBed(aSession('a', { ...rests, commit }), aSession('b'));
    bed.double.act.comment('wanda', '/courier resume', { issue: 3 });
    await bed.handle(3);
    expect(bed.repository.runs.map(({ inputs }) => parseRequest(inputs.request ?? ''))).toEqual([
      { version: 1, kind: 'resume', session: id('a'), commit, asked: expect.objectContaining({ issue: 3, index: 0 }) },
    ]);
  });

  it('does not go on before its questions are answered', async () => {
    const question = { id: 'Q1', question: 'Which?', options: [], multi: false, blocking: true };
    const waits = { phase: 'stopped', stopReason: 'waiting_input' } as const;
    const parked = Session.shape.questions.safeParse([question]).data ?? [];
    const bed = await aBed(aSession('a', { ...waits, questions: parked }));
    expect(parked).toHaveLength(1);
    expect(await say(bed, '/courier resume')).toMatch(/waits for Q1.*`\/courier skip Q1`/);
    expect(bed.repository.runs).toEqual([]);
  });

  it('is closed when it is killed, and its record says by whom', async () => {
    const bed = await aBed(aSession('a', rests));
    expect(await say(bed, '/courier kill')).toMatch(/has ended; what it had found is kept/);
    expect(await (await bed.ledger()).readSession(id('a'), Session)).toMatchObject({
      session: { phase: 'killed', stopReason: 'user', result: 'partial', reasons: [expect.stringMatching(/max/)] },
    });
  });

  it('is told nothing', async () => {
    const bed = await aBed(aSession('a', rests));
    expect(await say(bed, `/courier tell ${id('a')} hello`)).toMatch(/rests: `\/courier resume/);
  });
});

it.each(['clone', `tell ${id('a')} And the tests?`])(
  'hands `%s` of a session that has ended to a workflow',
  async (line) => {
    const bed = await aBed(aSession('a'));
    expect(await say(bed, `/courier ${line}`)).toMatch(/does it/);
    expect(bed.repository.runs).toHaveLength(1);
  },
);

describe('deleting', () => {
  async function withArtifacts() {
    const bed = await aBed();
    for (const letter of ['a', 'b', 'c']) {
      const run = bed.double.act.startRun({ workflow: 'courier.yml', event: 'schedule', login: 'octocat' });
      const runner = { kind: 'workflow', run: run.id, attempt: 1 } as const;
      const stopped = { phase: 'stopped', stopReason: 'user' } as const;
      await bed.seed({ session: aSession(letter, { ...(letter === 'c' ? stopped : ended), runner }) });
      const name = `courier-session-${id(letter)}`;
      for (const each of [name, 'coverage'])
        bed.repository.artifacts.push({ id: nextId(), run: run.id, name: each, bytes: 10, expired: false });
    }
    return bed;
  }
  const left = ({ repository }: CommentsBed) => repository.artifacts.map(({ name }) => name);

  it('says what would be removed, and removes it when the second word is said', async () => {
    const bed = await withArtifacts();
    const preview = await say(bed, `/courier delete ${id('a')}`);
    expect(preview).toMatch(/This would be removed[\s\S]*1 record[\s\S]*1 artifact[\s\S]*Nothing was removed yet/);
    expect(preview).toContain(`\`/courier delete ${id('a')} yes\``);
    expect([await phaseOf(bed, 'a'), left(bed).length]).toEqual(['completed', 6]);
    expect(await say(bed, `/courier delete ${id('a')} yes`)).toMatch(/^Removed:[\s\S]*git forgets nothing/);
    expect(await phaseOf(bed, 'a')).toBeUndefined();
    expect(left(bed)).not.toContain(`courier-session-${id('a')}`);
    expect(left(bed)).toHaveLength(5);
  });

  it('of all leaves what rests', async () => {
    const bed = await withArtifacts();
    expect(await say(bed, '/courier delete-all')).toContain(`${id('a')}, ${id('b')}`);
    expect(await say(bed, '/courier delete-all yes')).toMatch(/2 records/);
    expect([await phaseOf(bed, 'a'), await phaseOf(bed, 'b'), await phaseOf(bed, 'c')]).toEqual([
      undefined,
      undefined,
      'stopped',
    ]);
    expect(left(bed)).toContain(`courier-session-${id('c')}`);
    expect(left(bed)).toHaveLength(4);
    expect(await say(bed, '/courier delete-all yes')).toMatch(/no session that has ended/);
  });

  it('guesses no session, and is refused below maintain', async () => {
    const bed = await withArtifacts();
    expect(await say(bed, '/courier delete yes')).toMatch(/Name the session/);
    expect(await say(bed, `/courier delete ${id('a')} yes`, { by: 'wanda' })).toMatch(/needs the role maintain/);
    expect(await phaseOf(bed, 'a')).toBe('completed');
  });

  it('removes the artifact, too, when the worker dies between that and the record', async () => {
    const bed = await withArtifacts();
    const github = bed.connect();
    const dying: GitHub = {
      ...github,
      workflows: { ...github.workflows, listArtifacts: () => Promise.reject(new TypeError('killed')) },
    };
    bed.double.act.comment('max', `/courier delete ${id('a')} yes`, { issue: 2 });
    await expect(bed.handle(2, { github: dying })).rejects.toThrow('killed');
    expect([await phaseOf(bed, 'a'), left(bed).length]).toEqual([undefined, 6]);
    bed.clock.ahead = 6 * 60_000;
    expect(await bed.handle(2)).toEqual({ kind: 'done', comments: 1 });
    expect(left(bed)).toHaveLength(5);
    expect((await (await bed.ledger()).readInbox(2)).owed).toEqual([]);
  });
});

describe('a label', () => {
  it('is set by whoever comes next where a worker died between the ledger and the issue', async () => {
    const bed = await aBed();
    const github = bed.connect();
    const dying: GitHub = {
      ...github,
      issues: { ...github.issues, update: () => Promise.reject(new TypeError('killed')) },
    };
    bed.double.act.comment('tom', '/courier priority high\n/courier ignore 3d');
    await expect(bed.handle(1, { github: dying })).rejects.toThrow('killed');
    expect((await bed.ledger()).findings[0]?.severity).toBe(2);
    expect(bed.issue(1).labels).not.toContain('priority: high');
    bed.clock.ahead = 6 * 60_000;
    await bed.handle();
    expect(bed.issue(1).labels).toEqual(expect.arrayContaining(['priority: high', 'courier: ignored']));
    expect((await bed.ledger()).findings[0]?.history.map(({ what }) => what)).toEqual(['priority', 'ignored']);
  });

  it('that cannot be set any more holds nothing up', async () => {
    const bed = await aBed();
    let left = 2;
    const dying: Store = {
      read: () => bed.store.read(),
      commit: (...given) => (left-- > 0 ? bed.store.commit(...given) : Promise.reject(new Error('killed'))),
    };
    bed.double.act.comment('tom', '/courier priority high\n/courier status');
    await expect(bed.handle(1, { github: bed.connect({ store: dying }) })).rejects.toThrow('killed');
    bed.double.fail({ operation: 'issues/add-labels', status: 403, times: 1 });
    bed.double.fail({ operation: 'issues/update', status: 403, times: 1 });
    bed.clock.ahead = 6 * 60_000;
    expect(await bed.handle()).toEqual({ kind: 'done', comments: 1 });
  });
});

describe('reports', () => {
  it('are linked where the run of the session keeps them', async () => {
    const bed = await aBed();
    const run = bed.double.act.startRun({ workflow: 'courier.yml', event: 'schedule', login: 'octocat' });
    await bed.seed({ session: aSession('a', { ...ended, runner: { kind: 'workflow', run: run.id, attempt: 1 } }) });
    expect(await say(bed, '/courier export sarif')).toMatch(/are gone: an artifact expires/);
    const artifact = { id: nextId(), run: run.id, name: `courier-session-${id('a')}`, bytes: 10, expired: false };
    bed.repository.artifacts.push(artifact);
    const told = await say(bed, '/courier export sarif');
    expect(told).toContain('`report.sarif`');
    expect(told).toContain(`/actions/runs/${run.id}/artifacts/${artifact.id}`);
    expect(await say(bed, '/courier export pdf')).toMatch(/PDF is not offered/);
  });
});

describe('the issue of a session', () => {
  it('is a place of its own, where commands mean that session', async () => {
    const bed = await aBed(aSession('a'), aSession('b'));
    const issue = { number: 3, url: 'https://github.test/acme/shop/issues/3' };
    await bed.seed({
      panel: PanelRecord.parse({ version: 1, session: id('a'), issue, openedAt: '2026-11-21T10:00:00Z' }),
    });
    expect(await say(bed, '/courier rename The first one', { issue: 3 })).toContain(id('a'));
    expect(await say(bed, '/courier status', { issue: 3 })).toMatch(/The first one/);
    expect(await say(bed, '/courier delete', { issue: 3 })).toContain(`/courier delete ${id('a')} yes`);
    expect(await say(bed, '/courier run', { issue: 3 })).toMatch(/not on a session's issue/);
  });
});

it('starts no run that could only say that there is nothing to do', async () => {
  const bed = await aBed();
  await bed.seed({ findings: [aFinding({ issue: { number: 1, labels: [] } })] });
  expect(await say(bed, '/courier verify F-zzzzzzzz')).toBe('The ledger knows no finding F-zzzzzzzz.');
  expect(await say(bed, '/courier file F-zzzzzzzz')).toBe('The ledger knows no finding F-zzzzzzzz.');
  expect(await say(bed, '/courier file F-0000000a')).toBe('Nothing was filed: F-0000000a has an issue or is resolved.');
  expect(bed.repository.runs).toEqual([]);
  await say(bed, '/courier verify F-0000000a');
  expect(bed.repository.runs).toHaveLength(1);
});
