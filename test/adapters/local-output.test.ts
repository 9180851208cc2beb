import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFolderOutput } from '../../src/adapters/local/output.ts';

let place: string;
beforeEach(() => {
  place = mkdtempSync(path.join(tmpdir(), 'courier-test-'));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

describe('the output folder', () => {
  it('writes a file, makes its folders and says where it is', async () => {
    const file = await createFolderOutput(path.join(place, 'reports')).write('S-1/report.md', '# Report é\n');
    expect(file).toBe(path.join(place, 'reports', 'S-1', 'report.md'));
    expect(readFileSync(file, 'utf8')).toBe('# Report é\n');
  });

  it('replaces an earlier file and leaves nothing else behind', async () => {
    const output = createFolderOutput(place);
    await output.write('report.md', 'one');
    await output.write('report.md', 'two');
    expect(readdirSync(place)).toEqual(['report.md']);
    expect(readFileSync(path.join(place, 'report.md'), 'utf8')).toBe('two');
  });

  it('hides reports below .courier from git, and no other folder', async () => {
    await createFolderOutput(path.join(place, '.courier', 'reports')).write('a.md', 'x');
    await createFolderOutput(path.join(place, 'session')).write('a.md', 'x');
    expect(readFileSync(path.join(place, '.courier', 'reports', '.gitignore'), 'utf8')).toBe('*\n');
    expect(readdirSync(path.join(place, 'session'))).toEqual(['a.md']);
  });

  it('hides the folders of sessions below .courier from git, once for all of them', async () => {
    await createFolderOutput(path.join(place, '.courier', 'sessions', 'S-1')).append('events.ndjson', '{}');
    expect(readFileSync(path.join(place, '.courier', 'sessions', '.gitignore'), 'utf8')).toBe('*\n');
    expect(readdirSync(path.join(place, '.courier', 'sessions', 'S-1'))).toEqual(['events.ndjson']);
  });

  it('keeps the order of lines that are appended at once', async () => {
    const output = createFolderOutput(path.join(place, 'session'));
    const lines = Array.from({ length: 50 }, (_, index) => JSON.stringify({ index, text: 'é'.repeat(index * 100) }));
    await Promise.all(lines.map((line) => output.append('events.ndjson', line)));
    expect(await output.read('events.ndjson', { maxBytes: 1e6 })).toBe(lines.map((line) => `${line}\n`).join(''));
  });

  it('ends a line that a killed process left torn before it goes on', async () => {
    writeFileSync(path.join(place, 'events.ndjson'), '{"a":1}\n{"a":');
    const output = createFolderOutput(place);
    await output.append('events.ndjson', '{"a":2}');
    await output.append('events.ndjson', '{"a":3}');
    expect(readFileSync(path.join(place, 'events.ndjson'), 'utf8')).toBe('{"a":1}\n{"a":\n{"a":2}\n{"a":3}\n');
  });

  it('goes on after a line that could not be written', async () => {
    const output = createFolderOutput(place);
    symlinkSync(place, path.join(place, 'events.ndjson'));
    await expect(output.append('events.ndjson', '{}')).rejects.toThrow(/symbolic link/);
    rmSync(path.join(place, 'events.ndjson'));
    await output.append('events.ndjson', '{}');
    expect(await output.read('events.ndjson', { maxBytes: 10 })).toBe('{}\n');
  });

  it('reads nothing where there is no file, and refuses what is too large', async () => {
    const output = createFolderOutput(path.join(place, 'session'));
    expect(await output.read('events.ndjson', { maxBytes: 10 })).toBeUndefined();
    await output.write('big', 'x'.repeat(11));
    await expect(output.read('big', { maxBytes: 10 })).rejects.toThrow(/larger than 10 bytes/);
  });

  it('neither reads nor appends through a link', async () => {
    writeFileSync(path.join(place, 'secret'), 'theirs');
    const output = createFolderOutput(path.join(place, 'out'));
    await output.write('a', 'x');
    symlinkSync(path.join(place, 'secret'), path.join(place, 'out', 'b'));
    symlinkSync(place, path.join(place, 'out', 'linked'));
    expect(await output.read('b', { maxBytes: 10 })).toBeUndefined();
    await expect(output.append('b', 'x')).rejects.toThrow(/symbolic link/);
    await expect(output.read('linked/secret', { maxBytes: 10 })).rejects.toThrow(/symbolic link/);
    expect(readFileSync(path.join(place, 'secret'), 'utf8')).toBe('theirs');
  });

  it.each(['', '..', '../a.md', 'a/../../b.md', '/etc/a.md', 'a//b.md', 'a\\b.md', 'a\u0000.md'])(
    'refuses the path %j',
    async (name) => {
      await expect(createFolderOutput(path.join(place, 'out')).write(name, 'x')).rejects.toThrow('no place');
      expect(existsSync(path.join(place, 'out'))).toBe(false);
    },
  );

  it('follows no link that lies in its way', async () => {
    const outside = path.join(place, 'outside.md');
    writeFileSync(outside, 'theirs');
    const output = createFolderOutput(path.join(place, 'out'));
    await output.write('a.md', 'x');
    symlinkSync(place, path.join(place, 'out', 'linked'));
    await expect(output.write('linked/outside.md', 'x')).rejects.toThrow(/symbolic link/);
    symlinkSync(outside, path.join(place, 'out', 'b.md'));
    await output.write('b.md', 'mine');
    expect(readFileSync(outside, 'utf8')).toBe('theirs');
  });
});
