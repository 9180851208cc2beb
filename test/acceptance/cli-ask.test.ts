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

describe.skipIf(!sandboxed)(`courier ask${leftOut}`, () => {
  it('answers from the local ledger and the files, and a follow-up goes on from the answer', async () => {
    const repository = createGitRepository({
      'src/run.js': 'export const run = (text) => eval(text);\n',
      '.github/courier.yml': 'presets: none\nchecks: { tests: { run: "false", title: The tests fail } }\n',
    });
    open.push(repository.remove);
    const cwd = repository.root;
    expect((await runCourier(['scan'], { cwd })).code).toBe(0);
    const citation = { path: 'src/run.js', quote: 'eval(text)' };
    const model = await startAnthropic({
      script: [
        call('answer', { text: 'It runs text as code [1].', citations: [citation] }),
        call('finish', { summary: 'Read it.' }),
        call('answer', { text: 'Nobody calls it; see [1].', citations: [citation] }),
        call('finish', { summary: 'Read it.' }),
      ],
    });
    open.push(model.close);
    const env = { ANTHROPIC_API_KEY: model.key, ANTHROPIC_BASE_URL: model.url };
    const asked = await runCourier(['ask', 'What does run do? Do the tests fail?', '--json'], { cwd, env });
    expect(asked.code, asked.stderr).toBe(0);
    const { session, answer } = JSON.parse(asked.stdout);
    expect(answer).toContain('It runs text as code [1].\n\n**It rests on**\n\n1. `src/run.js:1`');
    expect(JSON.stringify(model.requests[0]?.body)).toContain('The tests fail');

    const followed = await runCourier(['follow-up', session, 'And who calls it?'], { cwd, env });
    expect(followed.code, followed.stderr).toBe(0);
    expect(JSON.stringify(model.requests[2]?.body)).toContain('It runs text as code [1].');
    const shown = await runCourier(['show', session, '--json'], { cwd });
    expect(shown.stdout).toContain('"kind": "ask"');
  });
});

it('courier ask says what is missing where there is no key of a model', async () => {
  const repository = createGitRepository({ 'a.js': '' });
  open.push(repository.remove);
  const asked = await runCourier(['ask', 'Why?'], { cwd: repository.root });
  expect(asked.code).toBe(2);
  expect(asked.stderr).toMatch(/A question is answered by an agent, and there is none: set anthropic-api-key/);
});
