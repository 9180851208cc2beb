import { describe, expect, it } from 'vitest';
import { findRenames } from '../../src/flows/find-renames.ts';
import { aKnown, sighting } from '../findings/builders.ts';

const [old, older, head] = ['1', '2', '3'].map((digit) => digit.repeat(40));
const seenAt = (commit: string, at: string) => ({ ...sighting, commit, at });
const known = (path: string, over: Parameters<typeof aKnown>[0] = {}) =>
  aKnown({ location: { path }, evidence: [], lastSeen: seenAt(old ?? '', '2026-11-20T10:00:00Z'), ...over });

/** A repository whose git knows renames since some commits. */
function gitThatKnows(since: Readonly<Record<string, Readonly<Record<string, string>>>>) {
  const asked: string[] = [];
  return {
    asked,
    commit: head,
    renames: async (commit: string) => {
      asked.push(commit);
      const found = since[commit];
      return found && new Map(Object.entries(found));
    },
  };
}

describe('the renames that a scan goes by', () => {
  it('are those of the files of known findings that are gone', async () => {
    const git = gitThatKnows({ [old ?? '']: { 'src/a.ts': 'lib/a.ts', 'src/nobody.ts': 'lib/nobody.ts' } });
    const files = new Set(['lib/a.ts', 'lib/nobody.ts', 'src/b.ts']);
    const { renames, notes } = await findRenames([known('src/a.ts'), known('src/b.ts')], files, git);
    expect(renames).toEqual([['src/a.ts', 'lib/a.ts']]);
    expect(notes).toEqual([]);
  });

  it('are looked for from the commit at which each finding was last seen', async () => {
    const git = gitThatKnows({ [old ?? '']: { 'b.ts': 'c.ts' }, [older ?? '']: { 'a.ts': 'z.ts' } });
    const first = known('a.ts', { lastSeen: seenAt(older ?? '', '2026-11-01T10:00:00Z') });
    const { renames } = await findRenames([first, known('b.ts')], new Set(['c.ts', 'z.ts']), git);
    expect(renames.toSorted()).toEqual([
      ['a.ts', 'z.ts'],
      ['b.ts', 'c.ts'],
    ]);
    expect(git.asked).toEqual([old, older]);
  });

  it('cost nothing when no file is gone', async () => {
    const git = gitThatKnows({});
    expect(await findRenames([known('a.ts')], new Set(['a.ts']), git)).toEqual({ renames: [], notes: [] });
    expect(git.asked).toEqual([]);
  });

  it('ask git a bounded number of times', async () => {
    const many = Array.from({ length: 40 }, (_, at) =>
      known(`${at}.ts`, { lastSeen: seenAt(String(at).padStart(40, '0'), `2026-11-20T10:${10 + at}:00Z`) }),
    );
    const git = gitThatKnows({});
    await findRenames(many, new Set(), git);
    expect(git.asked).toHaveLength(10);
    expect(git.asked[0]).toMatch(/39$/);
  });

  it('lead to no file that is not there', async () => {
    const git = gitThatKnows({ [old ?? '']: { 'a.ts': '../outside.ts' } });
    expect((await findRenames([known('a.ts')], new Set(['b.ts']), git)).renames).toEqual([]);
  });

  it('are said to be unknown where the checkout is too shallow and the file of an open finding is gone', async () => {
    const git = gitThatKnows({});
    const { notes } = await findRenames([known('a.ts'), known('b.ts')], new Set(['b.ts']), git);
    expect(notes).toHaveLength(1);
    expect(notes[0]).toMatch(/^Files of 1 known finding are gone, .* Set fetch-depth: 0 in the checkout step\.$/);
    const closed = known('a.ts', { state: 'resolved' });
    expect((await findRenames([closed], new Set(), git)).notes).toEqual([]);
    expect((await findRenames([known('a.ts')], new Set(), { ...git, commit: undefined })).notes).toEqual([]);
  });
});
