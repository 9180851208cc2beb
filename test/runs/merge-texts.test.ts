import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { mergesCleanly } from '../../src/runs/merge-texts.ts';

const lines = (...all: string[]) => all.map((line) => `${line}\n`).join('');
const ten = lines('1', '2', '3', '4', '5', '6', '7', '8', '9', '10');

describe('what two sides made of a text', () => {
  it.each([
    ['other lines', ten.replace('2\n', 'two\n'), ten.replace('8\n', 'eight\n'), true],
    ['the same line', ten.replace('5\n', 'five\n'), ten.replace('5\n', 'V\n'), false],
    ['the same change', ten.replace('5\n', 'five\n'), ten.replace('5\n', 'five\n'), true],
    ['lines that touch', ten.replace('5\n', 'five\n'), ten.replace('6\n', 'six\n'), false],
    ['lines at both ends', `0\n${ten}`, `${ten}11\n`, true],
    ['both the end', `${ten}a\n`, `${ten}b\n`, false],
    ['nothing on one side', ten, `${ten}b\n`, true],
    ['several places, one of them the same', ten.replace('2', 'a').replace('9', 'b'), ten.replace('9', 'c'), false],
    ['the last line break', ten.slice(0, -1), ten.replace('10', 'ten'), false],
  ])('can be put together or not: %s', (_, ours, theirs, clean) => {
    expect(mergesCleanly(ten, ours, theirs)).toBe(clean);
    expect(mergesCleanly(ten, theirs, ours)).toBe(clean);
  });

  it('is not told where too much was changed', () => {
    const other = (word: string) => Array.from({ length: 3000 }, (_, at) => `${word}${at}\n`).join('');
    expect(mergesCleanly(other('a'), other('b'), other('c'))).toBeUndefined();
  });
});

describe('against git merge-file', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'courier-merge-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function asGit(base: string, ours: string, theirs: string): boolean {
    const names = Object.entries({ ours, base, theirs }).map(([name, text]) => {
      const file = path.join(folder, name);
      writeFileSync(file, text);
      return file;
    });
    const { status, error } = spawnSync('git', ['merge-file', '-p', '-q', ...names], { stdio: 'pipe' });
    // How many conflicts there are; 128 and more, or nothing where it was killed, is no answer.
    if (status === null || status >= 128) throw error ?? new Error(`git merge-file ended with ${status}`);
    return status === 0;
  }

  // Lines that are all different: where lines repeat, several shortest scripts are as good as one another.
  const edits = fc.array(fc.tuple(fc.nat(11), fc.constantFrom('replace', 'remove', 'insert'), fc.nat(3)), {
    maxLength: 3,
  });
  const base = Array.from({ length: 12 }, (_, at) => `line ${at}`);
  const edited = (changes: readonly (readonly [number, string, number])[]) =>
    base
      .flatMap((line, at) => {
        const change = changes.find(([place]) => place === at);
        if (!change) return [line];
        const [, what, word] = change;
        if (what === 'remove') return [];
        return what === 'insert' ? [`new ${word}`, line] : [`new ${word}`];
      })
      .map((line) => `${line}\n`)
      .join('');

  it('says the same, and where it does not, it sees a conflict that git puts right', () => {
    fc.assert(
      fc.property(edits, edits, (ours, theirs) => {
        const [mine, others] = [edited(ours), edited(theirs)];
        const said = mergesCleanly(edited([]), mine, others);
        const told = asGit(edited([]), mine, others);
        if (said) expect(told).toBe(true);
        else if (told) expect(mine === others || said === false).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});
