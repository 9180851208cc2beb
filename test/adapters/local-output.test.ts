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
