import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { recheckKnown } from '../../src/flows/recheck-known.ts';
import { withholdFinding } from '../../src/ledger/withhold.ts';
import { ExternalError, UserError } from '../../src/lib/errors.ts';
import type { SandboxFile, SandboxProvider } from '../../src/sandboxes/sandbox.ts';
import { type Commands, createFakeProvider, type FakeProvider } from '../fakes/sandbox.ts';
import { aKnown, aRaised } from '../findings/builders.ts';
import { aRepository, somePorts } from './ports.ts';

const bad = { 'src/db.js': 'let x = db.query("select " + name);\n' };
const good = { 'src/db.js': 'let x = db.query("select ?", name);\n' };
const encoder = new TextEncoder();
async function* streamOf(files: Readonly<Record<string, string>>): AsyncGenerator<SandboxFile> {
  for (const [path, text] of Object.entries(files)) yield { path, mode: 'file', data: encoder.encode(text) };
}

/** A command that shows the problem in files that have it. */
const honest = (files: Readonly<Record<string, string>>): Commands => ({
  'node attack.js': { exitCode: files['src/db.js']?.includes('+ name') ? 1 : 0 },
});

const known = (over: Partial<Finding> = {}) => aKnown({ reproduce: { command: 'node attack.js' }, ...over });

const trigger = { name: 'schedule', actor: undefined, ref: undefined, pullRequest: undefined };

type Setting = {
  files?: Readonly<Record<string, string>>;
  past?: () => Promise<(() => AsyncIterable<SandboxFile>) | undefined>;
  sandboxes?: SandboxProvider | FakeProvider;
  over?: Partial<Parameters<typeof recheckKnown>[0]>;
};

function recheck(findings: readonly Finding[], { files = good, past, sandboxes, over }: Setting = {}) {
  const repository = aRepository(files, { filesAt: past ?? (async () => () => streamOf(bad)) });
  const ports = somePorts({ repository, sandboxes: sandboxes ?? createFakeProvider(honest) });
  return recheckKnown(
    {
      session: 'S9',
      trigger,
      reconciles: { may: true },
      remote: undefined,
      ledgerKey: undefined,
      known: findings,
      raised: [],
      readText: async (path) => files[path as keyof typeof files],
      renames: [],
      gone: [],
      signal: new AbortController().signal,
      ...over,
    },
    ports,
  );
}

describe('the re-check of what a session did not see', () => {
  it('says nothing where the sandbox of either commit could not be set up', async () => {
    const setup = { command: 'npm ci', hosts: [], timeoutMs: 900_000 };
    const failingIn = (which: string) =>
      createFakeProvider((files) => ({
        ...honest(files),
        'npm ci': { exitCode: files['src/db.js'] === which ? 1 : 0 },
      }));
    const withSetup = (which: string) => recheck([known()], { sandboxes: failingIn(which), over: { setup } });
    expect((await withSetup('')).verdicts).toMatchObject([{ verdict: 'gone' }]);
    for (const which of [good['src/db.js'], bad['src/db.js']]) {
      const { verdicts } = await withSetup(which);
      expect(verdicts).toMatchObject([{ verdict: 'inconclusive' }]);
      expect(JSON.stringify(verdicts)).toContain('sandbox.setup had failed');
    }
  });

  it('proves what is gone, by a command that still works on the recorded commit', async () => {
    const finding = known();
    const { verdicts, notes } = await recheck([finding]);
    expect(verdicts).toMatchObject([{ finding: finding.id, verdict: 'gone', by: 'reproduce' }]);
    expect(verdicts[0]?.proof).toContain('aaaaaaa');
    expect(notes).toEqual([]);
  });

  it('runs nothing for code that stands as it did', async () => {
    const sandboxes = createFakeProvider(honest);
    expect(await recheck([known()], { files: bad, sandboxes })).toEqual({ verdicts: [], notes: [] });
    expect(sandboxes.made).toEqual([]);
  });

  it('finds code in its renamed file', async () => {
    const files = { 'lib/db.js': bad['src/db.js'] };
    const renamed = await recheck([known()], { files, over: { renames: [['src/db.js', 'lib/db.js']] } });
    expect(renamed.verdicts).toEqual([]);
    expect((await recheck([known()], { files })).verdicts).toHaveLength(1);
  });

  it('asks the command about code that stands once a scan has missed the finding', async () => {
    const { verdicts } = await recheck([known({ missed: 1 })], { files: bad });
    expect(verdicts).toMatchObject([{ verdict: 'present' }]);
  });

  it('keeps open what an unrelated edit left as it was: the command still shows it', async () => {
    const files = { 'src/db.js': 'let y = db.query("select " + name + ";");\n' };
    expect((await recheck([known()], { files })).verdicts).toMatchObject([{ verdict: 'present' }]);
  });

  it.each([
    ['says how to get the recorded commit into a shallow clone', async () => undefined, 'fetch-depth: 0'],
    [
      'says that the recorded commit cannot be read',
      () => Promise.reject(new ExternalError('This clone does not hold src/db.js of that commit.')),
      'does not hold src/db.js',
    ],
    [
      'believes no silence of a command that shows nothing on the recorded commit',
      async () => () => streamOf(good),
      'either',
    ],
  ])('%s', async (_name, past, why) => {
    const { verdicts } = await recheck([known()], { past });
    expect(verdicts).toMatchObject([{ verdict: 'inconclusive', proof: expect.stringContaining(why) }]);
  });

  it('leaves alone what the session saw, what checks raised, what is resolved or ignored', async () => {
    const seen = known();
    const others = [
      known({ state: 'resolved' }),
      known({ state: 'ignored' }),
      known({ origin: { kind: 'check', name: 'tsc' } }),
    ];
    const { verdicts } = await recheck([seen, ...others], { over: { raised: [aRaised({ known: seen.id })] } });
    expect(verdicts).toEqual([]);
  });

  it('does nothing on a pull request, and nothing where the session may not reconcile', async () => {
    const pullRequest = { number: 1, baseCommit: 'a', fork: false, baseRef: 'main' };
    const nothing = { verdicts: [], notes: [] };
    expect(await recheck([known()], { over: { trigger: { ...trigger, pullRequest } } })).toEqual(nothing);
    expect(await recheck([known()], { over: { reconciles: { may: false } } })).toEqual(nothing);
  });

  it('checks the longest unchecked first, so many in a session, and says how many are left', async () => {
    const checkedBefore = known({
      lastCheck: { at: '2026-11-21T00:00:00Z', session: 'S', verdict: 'inconclusive', by: 'reproduce', proof: '' },
    });
    const never = known();
    const { verdicts, notes } = await recheck([checkedBefore, never], { over: { limits: { findings: 1 } } });
    expect(verdicts.map(({ finding }) => finding)).toEqual([never.id]);
    expect(notes).toEqual([expect.stringContaining('1 known finding could not be checked again')]);
  });

  it('says once that this machine has no sandbox', async () => {
    const sandboxes = { kind: 'local' as const, create: () => Promise.reject(new UserError('Install bubblewrap.')) };
    const { verdicts, notes } = await recheck([known(), known()], { sandboxes });
    expect(verdicts).toEqual([]);
    expect(notes).toEqual(['2 known findings could not be checked again by their commands: Install bubblewrap.']);
  });

  it('opens what the ledger keeps sealed, for the commands in it, with the key and not without', async () => {
    const key = 'a key of more than 16 characters';
    const sealed = withholdFinding(known({ category: 'security', missed: 1 }), key);
    expect((await recheck([sealed])).verdicts).toEqual([]);
    expect((await recheck([sealed], { over: { ledgerKey: 'another key, 16 characters' } })).verdicts).toEqual([]);
    expect((await recheck([sealed], { over: { ledgerKey: key } })).verdicts).toMatchObject([{ verdict: 'gone' }]);
  });

  it('tells nothing of the place or the command of a security finding on a public repository', async () => {
    const remote = {
      name: 'acme/shop',
      id: '1',
      defaultBranch: 'main',
      defaultHead: undefined,
      visibility: 'public' as const,
      url: 'https://github.example/acme/shop',
    };
    const { verdicts } = await recheck([known({ category: 'security' })], { over: { remote } });
    expect(verdicts).toMatchObject([{ verdict: 'gone' }]);
    expect(JSON.stringify(verdicts)).not.toMatch(/attack|db\.js/);
  });
});
