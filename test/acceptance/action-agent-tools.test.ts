import { mkdirSync, mkdtempSync, symlinkSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { whatIsMissing } from '../agents/programs/program-bed.ts';
import { startAnthropic } from '../fakes/anthropic/start-anthropic.ts';
import { aBed, agentStep, sandboxed } from './bed.ts';

const files = {
  'src/db.js':
    'export function find(db, name) {\n  return db.query("select * from users where name = \'" + name + "\'");\n}\n',
  '.github/courier.yml': 'presets: none\n',
};
const injection = {
  title: 'SQL injection in find',
  description: 'The name reaches the query as it is.',
  priority: 'critical',
  category: 'security',
  evidence: [{ path: 'src/db.js', startLine: 2, quote: 'return db.query("select * from users' }],
};
const use = (name: string, input: object) => ({ toolUses: [{ name, input }] });

/** A tool cache in which the programs lie already that the other tests installed: one is hundreds of megabytes. */
function aToolCache(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-test-cache-'));
  const kept = path.join(process.env.XDG_CACHE_HOME ?? path.join(homedir(), '.cache'), 'courier', 'programs');
  mkdirSync(kept, { recursive: true });
  symlinkSync(kept, path.join(folder, 'courier-programs'));
  return folder;
}

const missing = sandboxed ? await whatIsMissing('claude-code') : 'bubblewrap cannot start here';
const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

describe.skipIf(missing !== undefined)(`an agent tool in a workflow${missing ? ` (left out: ${missing})` : ''}`, () => {
  it('is driven by the bundle, and what it hands over becomes issues', async () => {
    const script = [
      use('Bash', { command: 'cat src/db.js' }),
      use('mcp__courier__report_finding', injection),
      use('mcp__courier__finish', { summary: 'Read it.' }),
      { text: 'That was all.' },
    ];
    const key = 'sk-ant-the-real-key-of-the-step';
    const model = await startAnthropic({ script, key, from: 'another program' });
    closing.push(model.close);
    const bed = await aBed(files);
    const step = agentStep(model, { agent: 'claude-code', model: 'claude-sonnet-5-5' });
    const { code, log, outputs } = await bed.run({ ...step, env: { ...step.env, RUNNER_TOOL_CACHE: aToolCache() } });
    expect(log).not.toContain('::error');
    expect([code, outputs.result]).toEqual([0, 'complete']);
    expect(bed.github.repository().issues.map(({ title }) => title)).toEqual([
      expect.stringContaining('SQL injection in find'),
    ]);
    expect(model.refused).toEqual([]);
    expect(model.requests).toHaveLength(4);
    const sent = JSON.stringify(model.requests.map(({ raw }) => raw));
    expect(sent).toContain('select * from users where name');
    expect(sent + log.replaceAll(`::add-mask::${key}`, '')).not.toContain(key);
  }, 180_000);
});
