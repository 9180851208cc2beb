import { afterEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Script, ScriptedTurn } from '../fakes/anthropic/script.ts';
import { type AnthropicDouble, startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import { createGitRepository, type GitRepository } from '../fakes/git-repository.ts';
import { leftOut, sandboxed } from './bed.ts';
import { type CourierCall, runCourier } from './run-courier.ts';

const Sessions = z.object({
  sessions: z.array(
    z.object({
      id: z.string(),
      displayName: z.string(),
      phase: z.string(),
      result: z.string().optional(),
      stopReason: z.string().optional(),
      reasons: z.array(z.string()),
      notes: z.array(z.string()),
      raised: z.array(z.string()),
      updated: z.array(z.string()),
      resumedAt: z.array(z.string()),
      priorSessions: z.array(z.string()),
      citedFindings: z.array(z.string()),
      clonedFrom: z.string().optional(),
      questions: z.array(z.object({ id: z.string() })),
      answers: z.array(z.object({ question: z.string(), text: z.string().optional(), by: z.string() })),
      costUsd: z.number().optional(),
    }),
  ),
});

const code = 'export const run = (text) => eval(text);\n';
const configuration = `presets: none
scans:
  injection:
    prompt: Find injection flaws.
    questions: block
`;

const cleanups: (() => unknown)[] = [];
afterEach(async () => {
  for (const clean of cleanups.splice(0)) await clean();
});

async function aPlace(script: Script) {
  const repository = createGitRepository({ 'a.js': code, '.github/courier.yml': configuration });
  const model = await startAnthropic({ script });
  cleanups.push(repository.remove, () => model.close());
  return placeAt(repository.root, repository, model);
}

function placeAt(root: string, repository: GitRepository, model: AnthropicDouble) {
  const env = { ANTHROPIC_API_KEY: model.key, ANTHROPIC_BASE_URL: model.url, USER: 'mona' };
  const courier = (...args: string[]) => runCourier(args, { cwd: root, env });
  const sessions = async () => Sessions.parse(JSON.parse((await courier('sessions', '--json')).stdout)).sessions;
  const only = async () => {
    const [session, ...others] = await sessions();
    if (!session || others.length > 0) throw new Error(`${others.length + 1} sessions`);
    return session;
  };
  return { root, repository, model, courier, sessions, only };
}

const finding: ScriptedTurn = {
  toolUses: [
    {
      name: 'report_finding',
      input: {
        title: 'Input reaches eval',
        description: 'run() gives its text to eval, so whoever writes it runs code.',
        priority: 'high',
        category: 'security',
        location: { path: 'a.js', startLine: 1 },
        evidence: [{ path: 'a.js', startLine: 1, quote: 'eval(text)' }],
      },
    },
  ],
};
const question: ScriptedTurn = {
  toolUses: [
    {
      name: 'ask_question',
      input: {
        question: 'Is run() called with text of users?',
        options: [{ label: 'Yes' }, { label: 'No, only at build time' }],
        blocking: true,
      },
    },
  ],
};
const finish: ScriptedTurn = {
  toolUses: [{ name: 'finish', input: { verdict: 'complete', summary: 'Looked at all of it.' } }],
};

const lastSaid = (model: AnthropicDouble) => JSON.stringify(model.requests.at(-1)?.raw);
const describing = (call: CourierCall) => `${call.stdout}\n${call.stderr}`;

describe.skipIf(!sandboxed)(`a session that asks${leftOut}`, () => {
  it('waits for the answer without costing anything, and goes on with it where it was', {
    timeout: 180_000,
  }, async () => {
    const { courier, only, model } = await aPlace([finding, question, finish]);
    const scan = await courier('scan');
    expect(scan.code, describing(scan)).toBe(3);
    expect(describing(scan)).toContain('waits for an answer');
    const parked = await only();
    expect(parked).toMatchObject({ phase: 'stopped', result: 'partial', stopReason: 'waiting_input' });
    expect(parked.questions.map(({ id }) => id)).toEqual(['Q1']);
    expect(parked.raised).toHaveLength(1);
    expect(model.requests).toHaveLength(2);

    const early = await courier('resume', parked.id);
    expect(early.code).toBe(2);
    expect(early.stderr).toContain(`courier answer ${parked.id} Q1`);

    const wrong = await courier('answer', parked.id, 'Q7', 'b');
    expect(wrong.code).toBe(2);
    expect(wrong.stderr).toContain('it asked Q1');
    const answer = await courier('answer', parked.id, 'Q1', 'b');
    expect(answer.stdout).toContain(`courier resume ${parked.id}`);
    expect((await only()).answers).toMatchObject([{ question: 'Q1', text: 'No, only at build time', by: 'mona' }]);

    const resumed = await courier('resume', parked.id);
    expect(resumed.code, describing(resumed)).toBe(0);
    expect(lastSaid(model)).toContain('No, only at build time');
    const ended = await only();
    expect(ended).toMatchObject({ phase: 'completed', result: 'complete', raised: parked.raised });
    expect(ended.resumedAt).toHaveLength(1);
    expect(ended.notes.join()).toContain('where it was, from its files');
    expect(ended.costUsd ?? 0).toBeGreaterThan(parked.costUsd ?? 0);

    const again = await courier('resume', parked.id);
    expect(again.code).toBe(2);
    expect(again.stderr).toContain(`courier follow-up ${parked.id}`);
  });
});
