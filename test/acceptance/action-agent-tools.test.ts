import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { whatIsMissing } from '../agents/programs/program-bed.ts';
import { call, done, finish, shell } from '../agents/programs/spoken-models.ts';
import { anAgentTool, aToolCache, filed, files, injection } from './agent-tool-bed.ts';
import { aBed, sandboxed } from './bed.ts';
import { eventOf } from './commands-bed.ts';

const fixed = {
  title: 'The limit is fixed',
  description: 'Nobody can change it.',
  priority: 'low',
  category: 'bug',
  evidence: [{ path: 'src/db.js', startLine: 4, quote: 'export const limit = 10;' }],
};
const workflow = 'on:\n  issue_comment:\n  workflow_dispatch:\n    inputs:\n      request: { type: string }\n';
const waiting = 'presets: none\nscans: { audit: { prompt: Look for flaws., questions: block } }\n';

/** A machine that has done nothing before, but that no program is downloaded to it again. */
const onRunner = (run: number) => ({
  ...{ GITHUB_RUN_ID: String(run), GITHUB_RUN_ATTEMPT: '1', RUNNER_TOOL_CACHE: aToolCache() },
  GITHUB_WORKFLOW_REF: 'acme/shop/.github/workflows/courier.yml@refs/heads/main',
});

/** All that was said, but for the ids that Codex gives anew. */
function messagesOf(body: string | undefined): unknown[] {
  const { input } = JSON.parse(body ?? '{}');
  return input.map(({ id: _, ...message }: { id?: string }) => message);
}

const noCodex = sandboxed ? await whatIsMissing('codex') : 'bubblewrap cannot start here';
const left = noCodex === undefined ? '' : ` (left out: ${noCodex})`;

describe.skipIf(noCodex !== undefined)(`an agent tool in a workflow${left}`, () => {
  it('is driven by the bundle, files what it finds, and goes on with its very conversation on another machine, once a comment has answered', {
    timeout: 400_000,
  }, async () => {
    const { model, inputs } = await anAgentTool('codex', ({ texts }) => {
      if (texts.includes('Looked at all of it')) return done;
      if (texts.includes(fixed.title)) return finish;
      if (texts.includes('Only by us.')) return call('report_finding', fixed);
      if (texts.includes('The session rests')) return { text: 'I wait.' };
      if (texts.includes('Stored as r1'))
        return call('ask_question', { question: 'Who calls find()?', blocking: true });
      return texts.includes('select * from') ? call('report_finding', injection) : shell('cat src/db.js');
    });
    const api = { OPENAI_BASE_URL: model.url };
    const bed = await aBed(
      { ...files, '.github/workflows/courier.yml': workflow, '.github/courier.yml': waiting },
      { visibility: 'private', collaborators: { wanda: 'write' } },
    );
    const elsewhere = mkdtempSync(path.join(tmpdir(), 'courier-elsewhere-'));
    onTestFinished(() => rmSync(elsewhere, { recursive: true, force: true }));
    const [workspace, artifact] = [path.join(elsewhere, 'shop'), path.join(elsewhere, 'courier-resumed')];

    const first = await bed.run({ inputs, env: { ...onRunner(500), ...api } });
    expect([first.code, first.outputs.phase, first.outputs.created], first.log).toEqual([0, 'stopped', '1']);
    const [calls, before] = [model.calls(), messagesOf(model.bodies().at(-1))];
    expect(JSON.stringify(before)).toContain('select * from users where name');
    cpSync(first.outputs['session-path'] ?? '', artifact, { recursive: true });
    rmSync(first.runnerTemp, { recursive: true });

    const panel = bed.github.repository().issues.find(({ title }) => title.startsWith('Questions of Courier'));
    const comment = bed.github.act.comment('wanda', '/courier answer Q1 Only by us.', { issue: panel?.number ?? 0 });
    const answered = await bed.run({ event: eventOf(comment, panel?.number), env: onRunner(501) });
    expect(answered.code, answered.log).toBe(0);
    const onward = bed.github.repository().runs.at(-1) ?? expect.fail('nothing was dispatched');
    const { request = '' } = onward.inputs;
    const { session, run, commit } = JSON.parse(request);
    expect([session, run]).toEqual([first.outputs['session-id'], 500]);

    execFileSync('git', ['clone', '--quiet', bed.repository.root, workspace]);
    execFileSync('git', ['checkout', '--quiet', '--detach', commit], { cwd: workspace });
    const second = await bed.run({
      ...{ workspace, event: { name: 'workflow_dispatch' }, env: { ...onRunner(onward.id), ...api } },
      inputs: { ...inputs, request, 'session-path': artifact },
    });
    expect([second.code, second.outputs.result, second.outputs.created], second.log).toEqual([0, 'complete', '1']);
    expect(second.outputs['session-id']).toBe(session);
    const after = messagesOf(model.bodies()[calls]);
    expect(after.slice(0, before.length)).toEqual(before);
    expect(JSON.stringify(after.slice(before.length))).toContain('Only by us.');
    expect(filed(bed)).toEqual([expect.stringContaining(injection.title), expect.stringContaining(fixed.title)]);
    const sent = model.bodies().join('\n');
    for (const { log } of [first, second]) {
      expect(log).not.toContain('::error');
      expect(log.replaceAll(`::add-mask::${model.key}`, '')).not.toContain(model.key);
    }
    expect(sent).not.toContain(model.key);
    expect([model.refused(), bed.github.violations]).toEqual([[], []]);
  });
});
