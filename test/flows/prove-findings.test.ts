import { describe, expect, it } from 'vitest';
import type { RaisedFinding } from '../../src/findings/finding.ts';
import { proveFindings } from '../../src/flows/prove-findings.ts';
import { UserError } from '../../src/lib/errors.ts';
import { type Commands, createFakeProvider, type FakeProvider } from '../fakes/sandbox.ts';
import { aKnown, aRaised } from '../findings/builders.ts';
import { somePorts } from './ports.ts';

const fails = { exitCode: 1 };
const offering = (command: string, over: Partial<RaisedFinding> = {}) =>
  aRaised({ reproduce: { command }, fingerprint: `1:${command}`, title: command, ...over });

async function prove(
  raised: RaisedFinding[],
  commands: Commands,
  over: Partial<Parameters<typeof proveFindings>[0]> = {},
) {
  const sandboxes = createFakeProvider(() => commands);
  const request = { session: 'S1', raised, known: [], signal: new AbortController().signal, ...over };
  return { ...(await proveFindings(request, somePorts({ sandboxes }))), sandboxes };
}

const ran = (sandboxes: FakeProvider) => sandboxes.made.flatMap(({ commands }) => commands);

describe('the proof of what an agent claims', () => {
  it('runs each command three times and takes what every run shows for reproduced', async () => {
    const { raised, notes, sandboxes } = await prove([offering('node bug.js')], { 'node bug.js': fails });
    expect(raised[0]).toMatchObject({
      verified: 'reproduced',
      reproduce: { remark: expect.stringContaining('3 of 3') },
    });
    expect(ran(sandboxes)).toHaveLength(3);
    expect(notes).toEqual(['Commands of 1 finding were run: 1 showed the problem.']);
    expect(sandboxes.made.every((sandbox) => sandbox.killed())).toBe(true);
  });

  it('sets each sandbox up before its command runs', async () => {
    const setup = { command: 'npm ci', hosts: [], timeoutMs: 900_000 };
    const needs = {
      'npm ci': { leavesTraces: true as const },
      'node bug.js': { ...fails, leavesTraces: true as const },
    };
    const { raised, sandboxes } = await prove([offering('node bug.js')], needs, { setup });
    expect(raised[0]?.verified).toBe('reproduced');
    expect(sandboxes.made.map(({ commands }) => commands)).toEqual(Array(3).fill(['npm ci', 'node bug.js']));
  });

  it('believes no exit code where the setup failed, only output that shows the problem, and tries it once', async () => {
    const setup = { command: 'npm ci', hosts: [], timeoutMs: 900_000 };
    const shows = offering('shows', { reproduce: { command: 'shows', present: { match: 'injected' } } });
    const { raised, sandboxes } = await prove(
      [offering('fails'), offering('silent'), shows],
      { 'npm ci': { exitCode: 1 }, fails, silent: {}, shows: { stdout: 'injected', leavesTraces: true } },
      { setup },
    );
    const why = expect.stringContaining('sandbox.setup had failed');
    expect(raised[0]).toMatchObject({ verified: 'quoted', reproduce: { remark: why } });
    expect(raised[1]).toMatchObject({ verified: 'quoted', reproduce: { remark: why } });
    expect(raised[2]).toMatchObject({ verified: 'reproduced' });
    expect(ran(sandboxes).filter((command) => command === 'npm ci')).toHaveLength(1);
  });

  it('keeps the order and leaves alone what offers no command or comes from a check', async () => {
    const check = offering('node bug.js', { origin: { kind: 'check', name: 'tsc' }, verified: 'reproduced' });
    const plain = aRaised({ title: 'plain' });
    const { raised, sandboxes } = await prove([plain, check], {});
    expect(raised).toEqual([plain, check]);
    expect(sandboxes.made).toEqual([]);
  });

  it('says of a silent, a flaky and a broken command what it did', async () => {
    let calls = 0;
    const { raised, notes } = await prove([offering('silent'), offering('flaky'), offering('gone')], {
      silent: {},
      flaky: () => ({ exitCode: calls++ === 1 ? 0 : 1 }),
    });
    expect(raised.map(({ verified }) => verified)).toEqual(['quoted', 'quoted', 'quoted']);
    expect(raised.map(({ reproduce }) => reproduce?.remark)).toEqual([
      'Its command did not show it: exit code 0.',
      'Its command did not show it: only 2 of 3 runs did.',
      'Its command did not show it: the command was not found (exit code 127).',
    ]);
    expect(notes[0]).toContain('0 showed the problem, 1 did not, 1 did only sometimes, 1 could not be run');
  });

  it('uses a sandbox again while nothing in it changed, and a fresh one after a command that left traces', async () => {
    const { sandboxes } = await prove([offering('look'), offering('write')], {
      look: fails,
      write: { ...fails, leavesTraces: true },
    });
    expect(sandboxes.made.map(({ commands }) => commands)).toEqual([
      ['look', 'look', 'look', 'write'],
      ['write'],
      ['write'],
    ]);
  });

  it('runs an expensive command once', async () => {
    const { raised, sandboxes } = await prove(
      [offering('slow')],
      { slow: { ...fails, takesMs: 30 } },
      { limits: { cheapMs: 10 } },
    );
    expect(ran(sandboxes)).toEqual(['slow']);
    expect(raised[0]).toMatchObject({
      verified: 'reproduced',
      reproduce: { remark: expect.stringContaining('1 of 1') },
    });
  });

  it('ends a command at its time, which shows nothing', async () => {
    const { raised } = await prove([offering('hang')], { hang: { takesMs: 60_000 } }, { limits: { commandMs: 20 } });
    expect(raised[0]).toMatchObject({ verified: 'quoted', reproduce: { remark: expect.stringContaining('in time') } });
  });

  it('runs so many and no more, the new ones before those that were reproduced before, and says what is left', async () => {
    const known = aKnown({ verified: 'reproduced' }, { ...offering('old') });
    const { raised, notes, sandboxes } = await prove(
      [offering('old'), offering('new', { evidence: [] })],
      { old: fails, new: fails },
      { known: [known], limits: { findings: 1 } },
    );
    expect(new Set(ran(sandboxes))).toEqual(new Set(['new']));
    expect(raised[0]?.reproduce?.remark).toContain('was not run');
    expect(notes[1]).toMatch(/^The commands of 1 finding were not run/);
  });

  it('keeps what the quotes proved where this machine has no sandbox, and says so once', async () => {
    const refuses = { kind: 'local' as const, create: () => Promise.reject(new UserError('Install bubblewrap.')) };
    const raised = [offering('a'), offering('b')];
    const request = { session: 'S1', raised, known: [], signal: new AbortController().signal };
    const proven = await proveFindings(request, somePorts({ sandboxes: refuses }));
    expect(proven).toEqual({ raised, notes: ['The commands of 2 findings were not run: Install bubblewrap.'] });
  });

  it('runs nothing after the session was stopped', async () => {
    const { sandboxes, notes } = await prove([offering('a')], { a: fails }, { signal: AbortSignal.abort() });
    expect(sandboxes.made).toEqual([]);
    expect(notes).toEqual(['The commands of 1 finding were not run: the session was stopped.']);
  });
});
