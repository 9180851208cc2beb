import { afterEach, describe, expect, it } from 'vitest';
import type { AcceptedRequest } from '../fakes/anthropic/check-request.ts';
import type { ScriptedReply } from '../fakes/anthropic/script.ts';
import { listedIn, type ScriptedScans, startScans } from './scripted-scans.ts';

const nightly = ['presets: none', 'scans:', '  security: { prompt: Find flaws. }', ''].join('\n');

function aFile(path: string, lines: number): string {
  return Array.from({ length: lines }, (_, line) => `const value${line} = '${path} line ${line}';\n`).join('');
}

function aTree(): Record<string, string> {
  const paths = Array.from({ length: 41 }, (_, index) => `src/part${index % 5}/file${index}.ts`);
  const others = ['test/file.test.ts', 'docs/guide.md', 'data/rows.csv', 'package-lock.json', 'index.ts'];
  return Object.fromEntries([
    ...[...paths, ...others].map((path, index) => [path, aFile(path, 3 + ((index * 37) % 400))]),
    ['.github/courier.yml', nightly],
  ]);
}

const open: ScriptedScans[] = [];
afterEach(async () => {
  for (const scans of open.splice(0)) await scans.close();
});

/** A model that reads the first files of the list, all in one turn, and is done with it. */
async function startReader(files: Record<string, string>, perNight: number) {
  const lists: string[][] = [];
  const read: string[] = [];
  const script = (request: AcceptedRequest): ScriptedReply => {
    if (request.messages.length > 1) return { toolUses: [{ name: 'finish', input: { summary: 'Done.' } }] };
    const listed = listedIn(request);
    lists.push(listed);
    const now = listed.slice(0, perNight);
    read.push(...now);
    if (now.length === 0) return { toolUses: [{ name: 'finish', input: { summary: 'Nothing left.' } }] };
    return { toolUses: now.map((path) => ({ name: 'bash', input: { command: `cat ${path}` } })) };
  };
  const scans = await startScans(files, script);
  open.push(scans);
  return { ...scans, lists, read };
}

describe('a repository that is scanned on a schedule', () => {
  it('is read whole over time, no file twice, the code first; then a changed file comes first', async () => {
    const files = aTree();
    const reader = await startReader(files, 8);
    const readable = Object.keys(files).filter((path) => path !== 'package-lock.json');
    const shares: number[] = [];
    for (let night = 0; night < 6; night++) {
      const { session } = await reader.run();
      const { coverage } = session.agents[0] ?? {};
      shares.push((coverage?.soFar.lines ?? 0) / (coverage?.lines ?? 1));
      expect(coverage?.looked.files).toBe(Math.min(8, readable.length - night * 8));
    }
    expect(new Set(reader.read)).toEqual(new Set(readable));
    expect(reader.read).toHaveLength(readable.length);
    expect(reader.read.slice(0, 42).every((path) => /^(?:src|index)/.test(path))).toBe(true);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);

    await reader.run();
    expect(reader.lists.at(-1)).toEqual([]);
    expect(reader.api.requests.at(-1)?.body).toMatchObject({
      system: [{}, { text: expect.stringContaining('every file as it is now') }],
    });

    files['src/part3/file13.ts'] = aFile('other words in it', 30);
    files['src/new.ts'] = aFile('src/new.ts', 20);
    await reader.run();
    expect(reader.lists.at(-1)).toEqual(['src/part3/file13.ts', 'src/new.ts']);
    await reader.run();
    expect(reader.lists.at(-1)).toEqual([]);
  });

  it('comes back to the rest of a file that was read in part, and forgets files that are gone', async () => {
    const files = { 'src/long.ts': aFile('src/long.ts', 320), '.github/courier.yml': nightly };
    const half = files['src/long.ts'].split('\n').slice(0, 160).join('\n');
    const scans = await startScans(files, [
      { toolUses: [{ name: 'bash', input: { command: 'cat src/half.ts' } }] },
      { toolUses: [{ name: 'finish', input: { summary: 'Half.' } }] },
      { toolUses: [{ name: 'finish', input: { summary: 'Nothing.' } }] },
    ]);
    open.push(scans);
    const provider = scans.sandboxes;
    await scans.run({
      sandboxes: {
        ...provider,
        create: async (spec) => {
          const sandbox = await provider.create(spec);
          const result = { exitCode: 0, stdout: half, stderr: '', timedOut: false, truncated: false, durationMs: 1 };
          return { ...sandbox, exec: async () => result };
        },
      },
    });
    await scans.run();
    expect(JSON.stringify(scans.api.requests.at(-1)?.body)).toContain('long.ts (320, lines 161-320)');
    expect(Object.keys(scans.ledger()).some((path) => path.startsWith('coverage/'))).toBe(true);
  });
});
