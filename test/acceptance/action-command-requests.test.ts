import { describe, expect, it } from 'vitest';
import { readLedger } from '../../src/ledger/read-ledger.ts';
import { updateLedger } from '../../src/ledger/update-ledger.ts';
import { Session } from '../../src/sessions/session.ts';
import { addIssue, type StoredComment } from '../fakes/github/state.ts';
import { aCommandsBed, type CommandsBed, connectTo } from './commands-bed.ts';

/** A comment whose command was handed to a run of the workflow; `request` is what that run was given. */
async function handedOver(bed: CommandsBed, body: string, issue = 1) {
  const comment = bed.github.act.comment('wanda', body, { issue });
  const { code, log } = await bed.on(comment);
  if (code !== 0) throw new Error(log);
  const run = bed.github.repository().runs.at(-1);
  if (!run) throw new Error(`no run was started: ${JSON.stringify(answersOn(bed))}`);
  return { comment, run, request: run.inputs.request ?? '' };
}

const answersOn = ({ github }: CommandsBed, issue = 1): string[] => {
  const found = github.repository().issues.find(({ number }) => number === issue);
  return (found?.comments ?? [])
    .filter(({ author }) => author.login === 'github-actions[bot]')
    .map(({ body }) => body)
    .filter((body) => body.includes('In answer to comment'));
};
const reactionsOf = ({ reactions }: StoredComment) => reactions.map(({ content }) => content);
const issuesOf = ({ github }: CommandsBed) => github.repository().issues;

describe('a command that is handed to a workflow', () => {
  it('looks again for the finding of its issue, closes what is gone and says so', async () => {
    const bed = await aCommandsBed();
    const { comment, run, request } = await handedOver(bed, '/courier verify');
    expect([run.workflow, run.branch, run.event]).toEqual(['courier.yml', 'main', 'workflow_dispatch']);
    bed.push({ fixed: 'yes' });
    const step = await bed.request(request, { run: run.id });
    expect([step.code, step.outputs.resolved], step.log).toEqual([0, '1']);
    expect(step.summary).toContain('Re-check');
    expect(issuesOf(bed)[0]?.state).toBe('closed');
    const [told, ...more] = answersOn(bed);
    expect(told).toMatch(/Re-check.*complete; 0 new findings.*1 resolved/s);
    expect(told).toContain(`actions/runs/${run.id}`);
    expect(more).toEqual([]);
    expect(reactionsOf(comment)).toEqual(['eyes', 'rocket']);
    expect(bed.github.violations).toEqual([]);
  });

  it('scans, and the record names who asked', async () => {
    const bed = await aCommandsBed();
    const { run, request } = await handedOver(bed, '/courier scan');
    const step = await bed.request(request, { run: run.id });
    expect([step.code, step.outputs.result], step.log).toEqual([0, 'complete']);
    const id = step.outputs['session-id'] ?? '';
    const files = bed.github.files('acme/shop', 'courier-ledger');
    const record = Object.entries(files).find(([path]) => path.endsWith(`/${id}.json`))?.[1] ?? '{}';
    expect(JSON.parse(record)).toMatchObject({ trigger: 'workflow_dispatch', actor: 'wanda' });
  });

  it('acts once where the request is sent again, and again only where its own run is repeated', async () => {
    const bed = await aCommandsBed();
    const { run, request } = await handedOver(bed, '/courier verify');
    expect((await bed.request(request, { run: run.id })).code).toBe(0);
    bed.github.forget();
    const replayed = await bed.request(request, { run: 901 });
    expect([replayed.code, replayed.outputs.result], replayed.log).toEqual([0, 'skipped']);
    expect(replayed.log).toContain('Another run of this workflow has done or does it.');
    expect(bed.github.writes()).not.toHaveProperty('git/create-commit');
    expect(bed.github.writes()).not.toHaveProperty('issues/update');
    expect((await bed.request(request, { run: run.id, attempt: 2 })).outputs.result).toBe('complete');
    expect(answersOn(bed)).toHaveLength(1);
  });

  it('says what went wrong where it was asked for, and fails', async () => {
    const bed = await aCommandsBed();
    const { comment, run, request } = await handedOver(bed, '/courier scan Find injection flaws');
    const step = await bed.request(request, { run: run.id });
    expect([step.code, step.outputs.result]).toEqual([1, 'failed']);
    expect(answersOn(bed).at(-1)).toContain('A prompt needs an agent: set anthropic-api-key');
    expect(reactionsOf(comment)).toContain('confused');
  });

  it('goes on where the run was killed in the middle and is repeated', async () => {
    const bed = await aCommandsBed();
    const { run, request } = await handedOver(bed, '/courier verify');
    bed.push({ fixed: 'yes' });
    let kill = () => {};
    bed.github.fail({ operation: 'issues/update', applied: true, meanwhile: () => kill() });
    const killed = await bed.request(request, {
      run: run.id,
      onSpawn: (child) => {
        kill = () => child.kill('SIGKILL');
      },
    });
    expect(killed.code).toBeNull();
    const again = await bed.request(request, { run: run.id, attempt: 2 });
    expect(again.code, again.log).toBe(0);
    const [issue, ...others] = issuesOf(bed);
    expect([issue?.state, others]).toEqual(['closed', []]);
    expect(answersOn(bed).filter((body) => body.includes('Re-check'))).toHaveLength(1);
  });
});

describe('a request is refused in one sentence, and the step fails', () => {
  async function refused(change: (bed: CommandsBed, comment: StoredComment) => void, over: object = {}, ref?: string) {
    const bed = await aCommandsBed();
    const { comment, run, request } = await handedOver(bed, '/courier verify');
    change(bed, comment);
    const [before] = answersOn(bed);
    bed.github.forget();
    const changed = JSON.stringify({ ...JSON.parse(request), ...over });
    const event = { name: 'workflow_dispatch', ...(ref ? { ref } : {}) };
    const step = await bed.request(changed, { run: run.id, event });
    expect([step.code, step.outputs.result], step.log).toEqual([1, 'failed']);
    expect(bed.github.repository().issues[0]?.state).toBe('open');
    const sentence = /::error::(.*)/.exec(step.log)?.[1] ?? '';
    const after = answersOn(bed);
    expect(after).toHaveLength(1);
    return { sentence, told: after[0] === before ? undefined : after[0] };
  }

  it.each<[string, (bed: CommandsBed, comment: StoredComment) => void, RegExp]>([
    [
      'the comment was edited',
      ({ github }, it) => github.act.editComment('wanda', it, '/courier verify now'),
      /edited/,
    ],
    [
      'the comment is gone',
      ({ github }, it) => void github.repository().issues[0]?.comments.splice(0, 1, { ...it, id: 1 }),
      /deleted/,
    ],
  ])('because %s', async (_, change, why) => {
    const { sentence, told } = await refused(change);
    expect(sentence).toMatch(/^The request was refused: the comment was/);
    expect(sentence).toMatch(why);
    expect(told).toBeUndefined();
  });

  it('because its author may not ask for it any more, which is told where it was asked', async () => {
    const { sentence, told } = await refused(({ github }) => {
      Object.assign(github.repository().collaborators, { wanda: 'read' });
    });
    expect(sentence).toMatch(
      /^The request was refused: `verify` needs the role write in this repository, and yours is read\.$/,
    );
    expect(told).toContain('needs the role write');
  });

  it.each<[string, object, RegExp]>([
    ['no worker handed that comment over', { comment: 4242 }, /the ledger knows of no such command/],
    ['no worker handed that command over', { index: 1 }, /the ledger knows of no such command/],
    ['the words were others', { digest: 'a'.repeat(64) }, /the comment was edited/],
    ['the branch has moved on', { head: 'b'.repeat(40) }, /the branch has moved on from bbbbbbb/],
  ])('because %s', async (_, over, why) => {
    const { sentence, told } = await refused(() => undefined, over);
    expect(sentence).toMatch(why);
    expect(told).toBeUndefined();
  });

  it('because the run is not on the default branch', async () => {
    const { sentence } = await refused(() => undefined, {}, 'refs/heads/other');
    expect(sentence).toBe('The request was refused: requests are answered on the default branch main only.');
  });

  it('because the comment was answered and never handed over', async () => {
    const bed = await aCommandsBed();
    addIssue(bed.github.repository(), { title: 'Another' });
    const { request } = await handedOver(bed, '/courier verify');
    const comment = bed.github.act.comment('rita', '/courier scan');
    expect((await bed.on(comment)).code).toBe(0);
    const forged = JSON.stringify({ ...JSON.parse(request), comment: comment.id });
    const step = await bed.request(forged);
    expect([step.code, bed.github.repository().runs.length]).toEqual([1, 1]);
    expect(step.log).toContain('the ledger knows of no such command');
  });
});

describe('a command about a session', () => {
  /** The session of the first scan, as if somebody had stopped it. */
  async function aStopped(over: object = {}) {
    const bed = await aCommandsBed();
    const { github, store, remote } = await connectTo(bed.github);
    const ledger = await readLedger(await store.read(), { repositoryId: remote.id });
    const [{ id } = expect.fail('no session')] = ledger.listSessions();
    const found = await ledger.readSession(id, Session);
    if (!found || !('session' in found)) throw new Error('no record');
    const stopped = { phase: 'stopped', result: 'partial', stopReason: 'user', ...over } as const;
    const session = Session.parse({ ...found.session, ...stopped });
    await updateLedger(store, 'seed', () => ({ session }), { repositoryId: remote.id });
    return { bed, id, github };
  }

  it('that goes on with it tells what came of it', async () => {
    const { bed, id } = await aStopped();
    const { comment, run, request } = await handedOver(bed, `/courier resume ${id}`);
    expect(JSON.parse(request)).toMatchObject({ kind: 'resume', asked: { issue: 1, comment: comment.id, index: 0 } });
    const step = await bed.request(request, { run: run.id });
    expect([step.code, step.outputs['session-id']], step.log).toEqual([0, id]);
    expect(answersOn(bed)[0]).toMatch(new RegExp(`${id}.*: complete`, 's'));
    expect(reactionsOf(comment)).toEqual(['eyes', 'rocket']);
    expect(bed.github.violations).toEqual([]);
  });

  it('that cannot go on with it tells why', async () => {
    const { bed, id } = await aStopped({ commit: 'f'.repeat(40) });
    const { comment, run, request } = await handedOver(bed, `/courier resume ${id}`);
    const step = await bed.request(request, { run: run.id });
    expect(step.code, step.log).toBe(1);
    expect(answersOn(bed)[0]).toMatch(/\*\*Failed\.\*\*.*fffffff/s);
    expect(reactionsOf(comment)).toEqual(['eyes', 'confused']);
  });

  it('is told to nobody where the request names another command', async () => {
    const { bed, id } = await aStopped();
    const other = bed.github.act.comment('tom', '/courier status');
    expect((await bed.on(other)).code).toBe(0);
    const before = answersOn(bed);
    const asked = { issue: 1, comment: other.id, index: 0 };
    const step = await bed.request(JSON.stringify({ version: 1, kind: 'resume', session: id, asked }));
    expect(step.code, step.log).toBe(0);
    expect(answersOn(bed)).toEqual(before);
  });

  it.each([
    ['clone starts another one', (id: string) => `/courier clone ${id}`, 0, ['eyes', 'rocket'], /complete; /],
    // It is for an agent, and there is none here.
    [
      'tell is for an agent',
      (id: string) => `/courier tell ${id} Look again.`,
      1,
      ['eyes', 'confused'],
      /needs an agent/,
    ],
  ])('that ended, and what came of it is told: %s', async (_, command, code, reactions, told) => {
    const bed = await aCommandsBed();
    const { store, remote } = await connectTo(bed.github);
    const ledger = await readLedger(await store.read(), { repositoryId: remote.id });
    const [{ id } = expect.fail('no session')] = ledger.listSessions();
    const { comment, run, request } = await handedOver(bed, command(id));
    const step = await bed.request(request, { run: run.id });
    expect(step.code, step.log).toBe(code);
    expect(step.outputs['session-id']).not.toBe(id);
    expect(answersOn(bed)[0]).toMatch(told);
    expect(reactionsOf(comment)).toEqual(reactions);
  });
});
