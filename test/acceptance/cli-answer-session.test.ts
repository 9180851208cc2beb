import { afterEach, describe, expect, it } from 'vitest';
import { startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import { createGitRepository } from '../fakes/git-repository.ts';
import { leftOut, sandboxed } from './bed.ts';
import { runCourier } from './run-courier.ts';

const open: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

const call = (name: string, input: object) => ({ toolUses: [{ name, input }] });
const finish = call('finish', { summary: 'Read it.' });
const basis = [{ path: 'src/price.js', quote: '// All amounts are whole cents.' }];

describe.skipIf(!sandboxed)(`courier answer-session${leftOut}`, () => {
  it('reviews in the local ledger what the newest session left open, or the one that is named, until nothing is', async () => {
    const repository = createGitRepository({
      'src/price.js': '// All amounts are whole cents.\nexports.total = 0;\n',
      '.github/courier.yml': 'presets: none\n',
    });
    open.push(repository.remove);
    const cwd = repository.root;
    const model = await startAnthropic({
      script: [
        call('ask_question', { question: 'Are prices cents?' }),
        call('ask_question', { question: 'Who calls this?' }),
        finish,
        call('propose_assumption', { questionId: 'Q2', text: 'Only the shop.', basis, confidence: 0.5 }),
        finish,
        call('withdraw_question', { questionId: 'Q1', answer: 'They are.', basis }),
        finish,
      ],
    });
    open.push(model.close);
    const env = { ANTHROPIC_API_KEY: model.key, ANTHROPIC_BASE_URL: model.url };
    const nothing = await runCourier(['answer-session'], { cwd, env });
    expect([nothing.code, nothing.stderr]).toEqual([2, expect.stringContaining('No session has an open question')]);
    const scan = await runCourier(['scan', '--prompt', 'Find flaws.', '--json'], { cwd, env });
    expect(scan.code, scan.stderr).toBe(0);
    const session = JSON.parse(scan.stdout).report.session.id;

    const first = await runCourier(['answer-session'], { cwd, env });
    expect(first.code, first.stderr).toBe(0);
    expect(first.stdout + first.stderr).toContain('1 assumption proposed, 0 questions withdrawn');
    const second = await runCourier(['answer-session', session, '--json'], { cwd, env });
    expect(second.code, second.stderr).toBe(0);
    const { id } = JSON.parse(second.stdout).report.session;
    const shown = await runCourier(['show', id], { cwd });
    expect(shown.stdout).toContain('They are.');
    expect(JSON.stringify(model.requests.at(-1)?.body.system)).toContain('Only the shop.');
  });

  it('takes no session without a key, and says what to do', async () => {
    const repository = createGitRepository({ 'a.js': '1;\n' });
    open.push(repository.remove);
    const { code, stderr } = await runCourier(['answer-session'], { cwd: repository.root });
    expect([code, stderr]).toEqual([2, expect.stringContaining('ANTHROPIC_API_KEY')]);
  });
});
