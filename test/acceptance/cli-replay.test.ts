import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type AnthropicDouble, startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import { createGitRepository, type GitRepository } from '../fakes/git-repository.ts';
import { leftOut, sandboxed } from './bed.ts';
import { runCourier } from './run-courier.ts';

const files = {
  'src/total.js': 'export const total = (items) => items.reduce((sum, item) => sum + item.price, 1);\n',
  '.github/courier.yml': 'presets: none\nchecks: { tests: { run: exit 1, title: The tests fail } }\n',
};
const offByOne = {
  title: 'Totals start at 1',
  description: 'Every total is one too high.',
  priority: 'high',
  category: 'bug',
  evidence: [{ path: 'src/total.js', quote: 'sum + item.price, 1)' }],
  reproduce: { command: 'grep -q "price, 1" src/total.js && exit 1' },
};
const script = [
  { toolUses: [{ name: 'report_finding', input: offByOne }] },
  { toolUses: [{ name: 'finish', input: { summary: 'Read it.' } }] },
];

describe.skipIf(!sandboxed)(`courier replay${leftOut}`, () => {
  let repository: GitRepository;
  let model: AnthropicDouble;
  let folder: string;
  const courier = (...args: string[]) => runCourier(args, { cwd: repository.root });

  beforeAll(async () => {
    repository = createGitRepository(files);
    model = await startAnthropic({ script });
    const env = { ANTHROPIC_API_KEY: model.key, ANTHROPIC_BASE_URL: model.url };
    const scan = await runCourier(['scan', '--prompt', 'Find bugs.'], { cwd: repository.root, env });
    expect([scan.code, scan.stderr]).toEqual([0, expect.not.stringContaining('fail')]);
    const sessions = path.join(repository.root, '.courier/sessions');
    folder = path.join(sessions, readdirSync(sessions).filter((name) => name.startsWith('S'))[0] ?? '');
  });
  afterAll(async () => {
    await model.close();
    repository.remove();
  });

  it('comes to the same findings without a model, a key or a sandbox, also when the checkout has moved on', async () => {
    const asked = model.requests.length;
    const ledger = readAll(path.join(repository.root, '.courier'));
    repository.commit({ 'src/total.js': 'export const total = () => 0;\n' });
    const replay = await courier('replay', 'latest');
    expect(replay).toMatchObject({ code: 0, stdout: expect.stringContaining('The same as on record.') });
    expect(replay.stdout).toContain('- Totals start at 1 (reproduced)');
    expect(replay.stdout).toContain('- The tests fail (reproduced)');
    expect(model.requests.length).toBe(asked);
    expect(readAll(path.join(repository.root, '.courier'))).toEqual(ledger);
  });

  it('takes the folder that a session left, and prints JSON alone', async () => {
    const replay = await courier('replay', folder, '--json');
    expect(replay.code).toBe(0);
    expect(JSON.parse(replay.stdout)).toMatchObject({ same: true, differences: [], result: 'complete' });
  });

  it('says in what it differs, with exit code 3', async () => {
    const file = path.join(folder, 'session.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll('Totals start at 1', 'Totals end at 1'));
    const replay = await courier('replay', folder);
    writeFileSync(file, text);
    expect(replay.code).toBe(3);
    expect(replay.stdout).toContain('Missing finding: Totals end at 1');
    expect(replay.stdout).toContain('Further finding: Totals start at 1');
  });

  it('says what of the events is damaged, and what is not on record', async () => {
    const file = path.join(folder, 'events.ndjson');
    const text = readFileSync(file, 'utf8');
    const lines = text.split('\n').filter((line) => !line.includes('"what":"command"'));
    writeFileSync(file, ['{"broken', ...lines].join('\n'));
    const replay = await courier('replay', folder);
    writeFileSync(file, text);
    expect(replay.code).toBe(3);
    expect(replay.stdout).toContain('What a command showed is not on record');
    expect(replay.stderr).toContain('1 line of its events is damaged');
  });

  it('compares no plan that was made anew when somebody else had changed the issues, and says so', async () => {
    const file = path.join(folder, 'events.ndjson');
    const text = readFileSync(file, 'utf8');
    const applied = text.split('\n').find((line) => line.includes('"what":"applied"')) ?? expect.fail('no line');
    const { what: _, about: __, answer: ___, ...head } = JSON.parse(applied);
    const planned = { ...head, type: 'planned', kind: 'create', finding: 'F-00000000' };
    const anew = { ...head, type: 'recorded', what: 'planned-anew', about: '', answer: true };
    writeFileSync(file, `${text}${JSON.stringify(planned)}\n`);
    const other = await courier('replay', folder);
    writeFileSync(file, `${text}${[planned, anew].map((line) => JSON.stringify(line)).join('\n')}\n`);
    const replay = await courier('replay', folder);
    writeFileSync(file, text);
    expect([other.code, other.stdout]).toEqual([
      3,
      expect.stringContaining('Missing planned operation: create F-0000'),
    ]);
    expect([replay.code, replay.stderr]).toEqual([0, expect.stringContaining('what it planned then is not compared')]);
  });

  it('replays what a killed session had, and says that there is nothing to compare with', async () => {
    const file = path.join(folder, 'session.json');
    const text = readFileSync(file, 'utf8');
    rmSync(file);
    const replay = await courier('replay', folder);
    writeFileSync(file, text);
    expect(replay.code).toBe(3);
    expect(replay.stdout).toContain('- Totals start at 1 (reproduced)');
    expect(replay.stdout).toContain('nothing to compare with');
  });

  it.each([
    ['a session that is not there', ['replay', 'S19990101'], 'There is no session S19990101.'],
    ['a folder without events', ['replay', 'src'], 'There are no events in'],
  ])('says what is wrong with %s', async (_what, args, sentence) => {
    const replay = await courier(...args);
    expect(replay).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(sentence) });
  });

  it('refuses a recording whose details were withheld', async () => {
    const file = path.join(folder, 'events.ndjson');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('"withheld":false', '"withheld":true'));
    const replay = await courier('replay', folder);
    writeFileSync(file, text);
    expect(replay).toMatchObject({ code: 2, stderr: expect.stringContaining('withheld') });
  });
});

function readAll(folder: string): Record<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    entries.map((entry) => {
      const file = path.join(entry.parentPath, entry.name);
      return [file, readFileSync(file, 'utf8')];
    }),
  );
}
