import { describe, expect, it } from 'vitest';
import { Finding } from '../../src/findings/finding.ts';
import { Session } from '../../src/sessions/session.ts';
import type { StoredComment } from '../fakes/github/state.ts';
import { agentStep, leftOut, sandboxed } from './bed.ts';
import { aCommandsBed, type CommandsBed } from './commands-bed.ts';

const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const finish = call('finish', { summary: 'Looked at the tests.' });
const answer = (text: string, citations: readonly object[]) => call('answer', { text, citations });
const total = { path: 'src/total.js', quote: 'export const total = 1;' };

async function ask(bed: CommandsBed, body: string, { by = 'tom', issue = 1 } = {}) {
  const comment = bed.github.act.comment(by, body, { issue });
  const { code, log } = await bed.on(comment);
  if (code !== 0) throw new Error(log);
  const run = bed.github.repository().runs.at(-1);
  return { comment, run: run?.id ?? 0, request: run?.inputs.request ?? '' };
}

const repliesTo = ({ github }: CommandsBed, { id }: StoredComment): string[] =>
  (github.repository().issues[0]?.comments ?? [])
    .map(({ body }) => body)
    .filter((body) => body.includes(`comment ${id}.`));

function inLedger(bed: CommandsBed) {
  const files = Object.entries(bed.github.files('acme/shop', 'courier-ledger'));
  const read = (folder: string) =>
    files.filter(([name]) => name.startsWith(folder)).map(([, text]) => JSON.parse(text));
  const sessions = read('sessions/').map((one) => Session.parse(one));
  return {
    findings: read('findings/').flatMap((one) => Finding.array().parse(one)),
    asks: sessions.filter(({ kind }) => kind === 'ask'),
  };
}

// In the ledger findings stand in the order of their ids, which are chance.
const known = (bed: CommandsBed) => inLedger(bed).findings.find(({ origin }) => origin.kind === 'check')?.id ?? '';
const saidTo = (model: { requests: readonly { body: unknown }[] }) => JSON.stringify(model.requests[0]?.body ?? {});

describe.skipIf(!sandboxed)(`a question in a comment${leftOut}`, () => {
  it('is answered with what is known of it and with code, and the finding that is cited is investigated', async () => {
    const bed = await aCommandsBed();
    const id = known(bed);
    const { comment, run, request } = await ask(bed, '/courier ask Why do the tests fail?');
    const model = await bed.model([
      call('run_check', { name: 'tests' }),
      answer('Because nothing is fixed [1], and the total is 1 [2]. Ask @everybody.', [{ finding: id }, total]),
      finish,
    ]);
    const step = await bed.request(request, { ...agentStep(model, { prompt: '' }), run });
    expect([step.code, step.outputs.result], step.log).toEqual([0, 'complete']);

    const said = saidTo(model);
    expect(said).toContain('You investigate a software repository');
    expect(said).toMatch(/Known findings that may bear on the question.*The tests fail.*issue #1/);
    expect(said).toContain('Checks that `run_check` takes: tests.');
    const ran = JSON.stringify(model.requests[1]?.body);
    expect(ran).toContain('tests: 1 finding');

    const [told, ...more] = repliesTo(bed, comment);
    expect(more).toEqual([]);
    expect(told).toContain('Because nothing is fixed');
    expect(told).toContain(`1. #1: The tests fail (\`${id}\`)`);
    expect(told).toMatch(/2\. \[`src\/total\.js:1`\]\(http\S+\/acme\/shop\/blob\/[0-9a-f]{40}\/src\/total\.js#L1\)/);
    expect(told).toContain('Ask `@everybody`.');
    expect(comment.reactions.map(({ content }) => content)).toEqual(['eyes', 'rocket']);

    const { findings, asks } = inLedger(bed);
    expect(findings[0]).toMatchObject({ state: 'investigated', occurrences: 1 });
    expect(findings[0]?.history.at(-1)).toMatchObject({ what: 'investigated', actor: 'tom', detail: asks[0]?.id });
    expect(asks).toMatchObject([
      {
        phase: 'completed',
        result: 'complete',
        actor: 'tom',
        citedFindings: [id],
        investigation: { question: 'Why do the tests fail?', asked: { issue: 1, comment: comment.id, index: 0 } },
      },
    ]);
    expect(bed.github.repository().issues.map(({ state }) => state)).toEqual(['open']);
    expect(bed.github.violations).toEqual([]);
  });

  it('drops what does not hold and says so, and a later question may cite the answer', async () => {
    const bed = await aCommandsBed();
    const first = await ask(bed, '/courier ask Why do the tests fail?');
    const model = await bed.model([
      answer('Because [1] and [2] and [3].', [
        { path: 'src/total.js', quote: 'export const total = 2;' },
        { finding: 'F-00000000' },
        total,
      ]),
      finish,
    ]);
    const step = await bed.request(first.request, { ...agentStep(model, { prompt: '' }), run: first.run });
    expect([step.code, step.outputs.result], step.log).toEqual([0, 'partial']);
    const [told] = repliesTo(bed, first.comment);
    expect(told).toContain('2 citations of 3 did not hold.');
    expect(told).toContain('1. Dropped: `src/total.js` was cited, but what is quoted is not in that file.');
    expect(told).toContain('2. Dropped: `F-00000000` was cited');
    expect(told).toMatch(/3\. \[`src\/total\.js:1`\]/);
    expect(inLedger(bed).findings[0]).toMatchObject({ state: 'open' });

    const [earlier] = inLedger(bed).asks;
    const second = await ask(bed, '/courier ask Do the tests still fail because of the total?');
    const next = await bed.model([answer('As before [1].', [{ session: earlier?.id }]), finish]);
    const later = await bed.request(second.request, { ...agentStep(next, { prompt: '' }), run: second.run });
    expect([later.code, later.outputs.result], later.log).toEqual([0, 'complete']);
    expect(saidTo(next)).toMatch(/Earlier investigations.*Why do the tests fail\?.*Because \[1\] and \[2\]/);
    // Of those of one second, which is the last in the ledger is chance.
    const again = inLedger(bed).asks.find(({ id }) => id === later.outputs['session-id']);
    expect(again).toMatchObject({ priorSessions: [earlier?.id] });
    expect(repliesTo(bed, second.comment)[0]).toContain(`The earlier investigation \`${earlier?.id}\``);
  });

  it('has failed where the agent does not answer, and is never green', async () => {
    const bed = await aCommandsBed();
    const { comment, run, request } = await ask(bed, '/courier ask Why do the tests fail?');
    const model = await bed.model([finish, finish]);
    const step = await bed.request(request, { ...agentStep(model, { prompt: '' }), run });
    expect([step.code, step.outputs.result], step.log).toEqual([1, 'failed']);
    expect(repliesTo(bed, comment)[0]).toContain('There is no answer. The agent finished without one.');
    expect(comment.reactions.map(({ content }) => content)).toEqual(['eyes', 'confused']);
    expect(inLedger(bed).findings[0]).toMatchObject({ state: 'open' });
    expect(inLedger(bed).asks).toMatchObject([{ phase: 'failed', result: 'failed' }]);
  });

  it('is answered once, however often its run is repeated', async () => {
    const bed = await aCommandsBed();
    const { comment, run, request } = await ask(bed, '/courier ask Why do the tests fail?');
    const model = await bed.model([answer('So it is [1].', [total]), finish]);
    const with_ = agentStep(model, { prompt: '' });
    expect((await bed.request(request, { ...with_, run })).code).toBe(0);
    const again = await bed.request(request, { ...with_, run, attempt: 2 });
    expect(again.code, again.log).toBe(0);
    const other = await bed.request(request, { ...with_, run: 901 });
    expect(other.outputs.result, other.log).toBe('skipped');
    expect(model.requests).toHaveLength(2);
    expect(inLedger(bed).asks).toHaveLength(1);
    expect(inLedger(bed).findings[0]?.history.filter(({ what }) => what === 'investigated')).toHaveLength(0);
    const told = repliesTo(bed, comment);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain('So it is');
  });

  it('is refused where it is empty, where its author may only read, and where it is the second of a comment', async () => {
    const bed = await aCommandsBed();
    const empty = bed.github.act.comment('tom', '/courier ask');
    await bed.on(empty);
    expect(repliesTo(bed, empty)[0]).toMatch(/question is missing.*ask QUESTION/s);
    const reader = bed.github.act.comment('rita', '/courier ask Why?');
    await bed.on(reader);
    expect(repliesTo(bed, reader)[0]).toContain('needs the role triage');
    expect(bed.github.repository().runs).toEqual([]);
    await ask(bed, '/courier ask Why do the tests fail?\n/courier ask Is the total right?');
    const [, second] = bed.github.repository().runs;
    const step = await bed.request(second?.inputs.request ?? '', { run: second?.id ?? 0 });
    expect(step.code).toBe(1);
    expect(step.log).toContain('One question per comment');
  });
});

describe.skipIf(!sandboxed)(`a question on a public repository${leftOut}`, () => {
  it('hands over and cites no security finding', async () => {
    const bed = await aCommandsBed('public');
    const scan = await bed.model([
      call('report_finding', {
        title: 'Password in the source',
        description: 'The key opens everything.',
        priority: 'critical',
        category: 'security',
        evidence: [total],
      }),
      finish,
    ]);
    expect((await bed.run(agentStep(scan))).code).toBe(0);
    const secret = inLedger(bed).findings.find(({ category }) => category === 'security')?.id ?? '';
    const { comment, run, request } = await ask(
      bed,
      '/courier ask Is there a password in the source? Do the tests fail?',
    );
    const model = await bed.model([answer('See [1] and [2].', [{ finding: secret }, { finding: known(bed) }]), finish]);
    const step = await bed.request(request, { ...agentStep(model, { prompt: '' }), run });
    expect(step.outputs.result, step.log).toMatch(/partial|complete/);
    expect(saidTo(model)).not.toContain('The key opens everything');
    expect(saidTo(model)).not.toContain(secret);
    expect(saidTo(model)).toContain('The repository is public, and everybody reads the answer.');
    expect(repliesTo(bed, comment)[0]).toContain('there is no such finding that may be cited here');
  });
});
