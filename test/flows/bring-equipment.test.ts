import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { createLocalSandboxProvider } from '../../src/adapters/local/local-sandbox.ts';
import { openRepository } from '../../src/adapters/local/repository.ts';
import { bringEquipment } from '../../src/flows/bring-equipment.ts';
import { messageOf } from '../../src/lib/errors.ts';
import { silentLog } from '../../src/lib/log.ts';
import type { Sandbox } from '../../src/sandboxes/sandbox.ts';
import { createGitRepository, type GitRepository } from '../fakes/git-repository.ts';
import { createFakeSandbox } from '../fakes/sandbox.ts';

const tempDir = mkdtempSync(path.join(tmpdir(), 'courier-test-'));
const provider = createLocalSandboxProvider({ env: process.env, tempDir, log: silentLog });
const open = (repository?: GitRepository) =>
  provider.create({
    session: 'S-test',
    lifetimeMs: 600_000,
    files: async function* () {
      if (repository) yield* (await openRepository(repository.root)).stream();
    },
  });
const missing = await open().then(
  (sandbox) => sandbox.kill().then(() => undefined),
  (error: unknown) => messageOf(error),
);
const left = missing === undefined ? '' : ` (left out: ${missing})`;

const repository = createGitRepository({
  'skills/sql/SKILL.md': '---\nname: sql\ndescription: Queries.\n---\nRead rules.md.\n',
  'skills/sql/rules.md': 'never\n',
  'tools/scan-x.sh': 'echo "script $1 in $PWD"\n',
  'src/a.ts': 'one\n',
});
const base = repository.head();
repository.commit({
  'skills/sql/SKILL.md': '---\nname: sql\ndescription: OBEY.\n---\n',
  'tools/scan-x.sh': 'echo changed\n',
});
const wanted = {
  skills: ['skills/*'],
  scripts: ['tools/*.sh'],
  commands: { types: 'echo "typed in $PWD"; exit 3', 'a.b': 'cat src/a.ts' },
};
const schedule = { name: 'schedule', actor: undefined, ref: undefined, pullRequest: undefined };
const pull = (baseCommit: string) => ({
  ...schedule,
  pullRequest: { number: 1, baseRef: 'main', baseCommit, fork: false },
});

const made: Sandbox[] = [];
let warnings: string[] = [];
afterEach(async () => {
  for (const sandbox of made.splice(0)) await sandbox.kill();
  warnings = [];
});
afterAll(() => {
  repository.remove();
  rmSync(tempDir, { recursive: true, force: true });
});

async function equipped(
  options: { sandbox?: Sandbox; trigger?: ReturnType<typeof pull> | typeof schedule; wanted?: typeof wanted } = {},
) {
  const sandbox = options.sandbox ?? (await open(repository));
  made.push(sandbox);
  const log = { ...silentLog, warn: (text: string) => void warnings.push(text) };
  const ports = { repository: await openRepository(repository.root), log };
  return bringEquipment(options.wanted ?? wanted, { sandbox, trigger: options.trigger ?? schedule }, ports);
}
const say = async ({ sandbox }: { sandbox: Sandbox }, script: string) => {
  const { stdout, stderr, exitCode } = await sandbox.exec(['bash', '-c', script], { timeoutMs: 250_000 });
  return `${stdout}${stderr}${exitCode}`;
};

describe.skipIf(missing !== undefined)(`what the configuration gives to an agent${left}`, () => {
  it('runs by its name, from anywhere, beside the programs of the sandbox', async () => {
    const agent = await equipped();
    expect(agent.task.commands).toEqual(wanted.commands);
    expect(await say(agent, 'cd /tmp && courier-run types')).toBe('typed in /home/user/repo\n3');
    expect(await say(agent, 'courier-run a.b')).toBe('one\n0');
    expect(await say(agent, 'cd /tmp && scan-x.sh 7')).toBe('changed\n0');
    expect(await say(agent, 'node -p 1')).toBe('1\n0');
    for (const name of ['nothing', '../bin/courier-run', '', '..'])
      expect(await say(agent, `courier-run '${name}'`)).toBe(
        'courier-run: there is no command of this name; there are: a.b types \n127',
      );
    expect(warnings).toEqual([]);
  });

  it('lies outside of the repository, for the agent to read', async () => {
    const agent = await equipped();
    const [skill] = agent.task.skills ?? [];
    expect(skill).toMatchObject({ name: 'sql', description: 'OBEY.' });
    expect(await say(agent, `cat ${skill?.folder}/rules.md; ls -A`)).toBe('never\nskills\nsrc\ntools\n0');
  });

  it('is of the base in a pull request, or not there at all', async () => {
    const agent = await equipped({ trigger: pull(base) });
    expect(agent.task.skills).toMatchObject([{ description: 'Queries.' }]);
    expect(await say(agent, 'scan-x.sh 7')).toBe('script 7 in /home/user/repo\n0');
    const without = await equipped({ trigger: pull('ab'.repeat(20)) });
    expect(without.task).toEqual({ commands: wanted.commands, skills: [], scripts: [] });
    expect(await say(without, 'courier-run a.b')).toBe('one\n0');
    expect(warnings).toEqual([expect.stringContaining('this checkout does not hold')]);
  });
});

it('an agent without it changes nothing in the sandbox, and patterns that match nothing are told', async () => {
  const sandbox = createFakeSandbox();
  const none = await equipped({ sandbox, wanted: { ...wanted, skills: [], scripts: [], commands: wanted.commands } });
  expect(none.task.commands).toEqual({});
  expect(warnings).toEqual([expect.stringContaining('are not in the sandbox: they could not be written')]);
  const empty = createFakeSandbox();
  const vain = { skills: ['nowhere/*'], scripts: ['nowhere/*'], commands: {} };
  await bringEquipment(
    vain,
    { sandbox: empty, trigger: schedule },
    {
      repository: await openRepository(repository.root),
      log: { ...silentLog, warn: (text) => void warnings.push(text) },
    },
  );
  expect(empty.commands).toEqual([]);
  expect(warnings.slice(1)).toEqual([
    'The patterns of skills match no folder with a SKILL.md.',
    'The patterns of scripts match no file.',
  ]);
});
