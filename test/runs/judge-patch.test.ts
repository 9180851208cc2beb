import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgePatch, patchLimits } from '../../src/runs/judge-patch.ts';
import { compareTrees, type PatchChange } from '../../src/runs/patch.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const added = (path: string, text = 'x\n'): PatchChange => ({
  path,
  change: 'added',
  mode: 'file',
  data: bytes(text),
});
const link = (path: string, target: string): PatchChange => ({
  path,
  change: 'added',
  mode: 'link',
  data: bytes(target),
});
const policy = {
  ...patchLimits,
  isProtected: (path: string) => path.startsWith('vendor/'),
  holdsSecret: (text: string) => text.includes('hunter2'),
  submodules: ['modules/lib'],
};
function judge(changes: readonly PatchChange[], besides: readonly string[] = []) {
  return judgePatch(changes, { ...policy, paths: [...besides, ...changes.map(({ path }) => path)] });
}
const kinds = (changes: readonly PatchChange[], besides?: readonly string[]) =>
  judge(changes, besides).map(({ kind }) => kind);

describe('a patch', () => {
  it('may leave with files of the project, in whatever folder', () => {
    const files = [
      'src/app.ts',
      'docs/guide.md',
      'test/a b.test.ts',
      '.eslintrc.json',
      'package-lock.json',
      '.env.example',
    ];
    expect(judge(files.map((path) => added(path)))).toEqual([]);
  });

  it.each([
    ['workflow', ['.github/workflows/ci.yml', '.GitHub/Workflows/ci.yml', '.github/actions/own/action.yml']],
    [
      'git',
      [
        '.gitattributes',
        'sub/.gitmodules',
        '.gitignore',
        'a/.gitkeep',
        'a/git~2/x',
        '.git/config',
        'a/.GIT/hooks/pre-commit',
      ],
    ],
    ['unsafe', ['../out', '/etc/passwd', 'a/.g\u200cit/config', 'c:\\x', 'a\nb', 'a:b', 'con /x.']],
    ['agent', ['.claude/settings.json', 'sub/CLAUDE.md', '.mcp.json', '.husky/pre-commit', '.npmrc', 'app/.env']],
    ['own', ['.courier/blueprints/fix.yml', '.github/courier.yml']],
    ['owners', ['CODEOWNERS', '.github/CODEOWNERS', 'docs/codeowners']],
    ['protected', ['vendor/lib.js']],
  ])('is refused for a path of the kind %s', (kind, paths) => {
    for (const path of paths) expect(kinds([added(path)]), path).toEqual([kind]);
  });

  it('is refused also where it deletes such a file', () => {
    expect(kinds([{ path: '.github/workflows/ci.yml', change: 'deleted', before: { mode: 'file' } }])).toEqual([
      'workflow',
    ]);
  });

  it.each([
    '/etc/passwd',
    '../../etc/passwd',
    '../..',
    '../.git/config',
    '../.github/workflows/ci.yml',
    'C:\\Windows',
    '',
    // Where a link `up` leads to another folder, what lies behind the step back is not what it looks like.
    'up/../../etc/passwd',
    '.../..',
    './a/./..',
  ])('is refused for a link from a folder to %j', (target) => {
    expect(kinds([link('src/link', target)])).toEqual(['link']);
  });

  it('may add a link that stays inside', () => {
    const inside = [link('src/link', '../docs/guide.md'), link('here', './docs'), link('a/b/up', '../..')];
    expect(judge(inside)).toEqual([]);
  });

  it('is refused in a submodule, and for a credential in a name or in where a link points', () => {
    expect(kinds([added('modules/lib/a.js'), added('modules/lib'), added('modules/library.js')])).toEqual([
      'submodule',
      'submodule',
    ]);
    expect(kinds([added('src/hunter2.js'), link('src/link', 'hunter2')])).toEqual(['secret', 'secret']);
  });

  it('is refused for what is not text, and not for a binary file that it leaves as it was', () => {
    const data = new Uint8Array([0x89, 0x50, 0, 1]);
    expect(kinds([{ path: 'a.png', change: 'added', mode: 'file', data }])).toEqual(['binary']);
    expect(kinds([{ path: 'a.txt', change: 'added', mode: 'file', data: new Uint8Array([0xff, 0xfe, 0x41]) }])).toEqual(
      ['binary'],
    );
    const mode: PatchChange = {
      path: 'a',
      change: 'changed',
      mode: 'executable',
      data,
      before: { mode: 'file', data },
    };
    expect(kinds([mode])).toEqual([]);
  });

  it('is refused for a credential that it adds, and not for one that was there', () => {
    expect(kinds([added('a.ts', 'const p = "hunter2";\n')])).toEqual(['secret']);
    const before = { mode: 'file' as const, data: bytes('const p = "hunter2";\n') };
    const after: PatchChange = {
      path: 'a.ts',
      change: 'changed',
      mode: 'file',
      data: bytes('// why\nconst p = "hunter2";\n'),
      before,
    };
    expect(judge([after])).toEqual([]);
    const twice: PatchChange = { ...after, data: bytes('const p = "hunter2";\nconst p = "hunter2";\n') };
    expect(kinds([twice])).toEqual(['secret']);
  });

  it('is refused where it is too large, in a file, in all, or in files', () => {
    expect(kinds([added('a', 'x'.repeat(patchLimits.largestFile + 1))])).toEqual(['size']);
    const part = 'x'.repeat(patchLimits.largestFile);
    expect(kinds(['a', 'b', 'c', 'd', 'e'].map((path) => added(path, part)))).toEqual(['size']);
    expect(kinds(Array.from({ length: patchLimits.mostFiles + 1 }, (_, at) => added(`f${at}`)))).toEqual(['size']);
  });

  it('is refused for a name that is another on many machines', () => {
    expect(kinds([added('README.md')], ['readme.MD'])).toEqual(['clash']);
    expect(kinds([added('caf\u00e9.md')], ['cafe\u0301.md'])).toEqual(['clash']);
  });

  it('never leaves with a path that git, a workflow or Courier itself reads, however it is spelled', () => {
    const spelled = (text: string) =>
      fc
        .array(fc.boolean(), { minLength: text.length, maxLength: text.length })
        .map((upper) => [...text].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join(''));
    const guarded = fc
      .constantFrom('.github/workflows/x.yml', '.git/hooks/x', '.gitmodules', '.courier/a.yml')
      .chain(spelled);
    fc.assert(
      fc.property(guarded, (path) => {
        expect(judge([added(path)])).toHaveLength(1);
      }),
    );
  });
});

describe('what a sandbox holds beside its base', () => {
  it('differs by content and mode, and by what is gone', () => {
    const tree = (...files: readonly (readonly [string, string, 'file' | 'executable'])[]) =>
      new Map(files.map(([path, digest, mode]) => [path, { mode, digest }]));
    const base = tree(['a', '1', 'file'], ['b', '2', 'file'], ['c', '3', 'file'], ['d', '4', 'file']);
    const work = tree(['a', '1', 'file'], ['b', '9', 'file'], ['c', '3', 'executable'], ['e', '5', 'file']);
    expect(compareTrees(base, work)).toEqual([
      { path: 'b', change: 'changed' },
      { path: 'c', change: 'changed' },
      { path: 'd', change: 'deleted' },
      { path: 'e', change: 'added' },
    ]);
  });
});
