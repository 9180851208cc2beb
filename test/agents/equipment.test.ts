import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseEquipment, equipmentLimits, toEquipment } from '../../src/agents/equipment.ts';
import { fitLines } from '../../src/agents/fit-lines.ts';

const place = { place: '/home/user/.courier', workspace: '/home/user/repo' };
const bytes = (text: string) => new TextEncoder().encode(text);
const equip = (
  texts: Readonly<Record<string, string>>,
  wanted: { skills?: string[]; scripts?: string[]; commands?: Record<string, string> },
) => {
  const { skills = [], scripts = [], commands = {} } = wanted;
  const chosen = chooseEquipment({ skills, scripts }, Object.keys(texts));
  const contents = new Map(Object.entries(texts).map(([path, text]) => [path, bytes(text)]));
  return toEquipment({ commands, chosen }, contents, place);
};
const pathsIn = ({ files }: ReturnType<typeof equip>) => files.map(({ path }) => path);

describe('skills', () => {
  const sql = '---\nname: sql-review\ndescription: >\n  How queries are built\n  here.\n---\n# SQL\n';

  it('are folders with a SKILL.md, taken whole, and described by its first lines', () => {
    const texts = {
      '.claude/skills/sql/SKILL.md': sql,
      '.claude/skills/sql/scripts/check.sh': '#!/bin/sh\n',
      '.claude/skills/none/README.md': 'no skill',
      'other/SKILL.md': sql,
    };
    const equipment = equip(texts, { skills: ['.claude/skills/*'] });
    const folder = '/home/user/.courier/skills/sql';
    expect(equipment.skills).toEqual([{ name: 'sql-review', description: 'How queries are built here.', folder }]);
    expect(equipment.files.map(({ path, executable }) => [path, executable])).toEqual([
      [`${folder}/SKILL.md`, false],
      [`${folder}/scripts/check.sh`, true],
    ]);
  });

  it.each(['.claude/skills/sql', '.claude/skills/sql/', '.claude/skills/**', '.claude/skills/*/SKILL.md'])(
    'are found by %s',
    (glob) => {
      const texts = { '.claude/skills/sql/SKILL.md': sql, '.claude/skills/sql/more/SKILL.md': sql };
      expect(equip(texts, { skills: [glob] }).skills).toHaveLength(1);
    },
  );

  it('keep apart where their folders have the same name', () => {
    const { skills } = equip({ 'a/sql/SKILL.md': sql, 'b/sql/SKILL.md': sql }, { skills: ['*/sql'] });
    expect(skills.map(({ folder }) => folder)).toEqual([
      '/home/user/.courier/skills/sql',
      '/home/user/.courier/skills/sql-2',
    ]);
  });

  it.each([
    ['', 'sql', ''],
    ['# No frontmatter\n', 'sql', ''],
    ['---\n[broken: yaml\n---\n', 'sql', ''],
    ['---\nname: [a, b]\ndescription: 7\n---\n', 'sql', ''],
    [`---\nname: ${'n'.repeat(300)}\ndescription: "two\\nlines"\n---`, `${'n'.repeat(63)}…`, 'two lines'],
    ['---\r\nname: windows\r\ndescription: lines\r\n---\r\n', 'windows', 'lines'],
  ])('have their folder’s name where they do not say another: %j', (text, name, description) => {
    const { skills } = equip({ 'skills/sql/SKILL.md': text }, { skills: ['skills/*'] });
    expect(skills).toMatchObject([{ name, description }]);
  });

  it('are left out whole where there is no room for them, which is said', () => {
    const many = Object.fromEntries(
      Array.from({ length: equipmentLimits.files + 1 }, (_, index) => [`s/big/${index}.md`, 'x']),
    );
    const texts = { ...many, 's/big/SKILL.md': sql, 's/small/SKILL.md': sql };
    const equipment = equip(texts, { skills: ['s/*'] });
    expect(equipment.skills.map(({ folder }) => folder)).toEqual(['/home/user/.courier/skills/small']);
    expect(equipment.notes).toEqual([expect.stringContaining('The skill s/big is not given to the agent')]);
    const crowd = Object.fromEntries(Array.from({ length: 52 }, (_, index) => [`s/${index}/SKILL.md`, sql]));
    expect(equip(crowd, { skills: ['s/*'] }).notes).toEqual(['2 skills beyond the first 50 had no room.']);
    const heavy = equip({ 's/a/SKILL.md': 'x'.repeat(equipmentLimits.bytes + 1) }, { skills: ['s/*'] });
    expect([heavy.skills, heavy.files]).toEqual([[], []]);
  });
});

it('what could not be read whole is not given', () => {
  const chosen = chooseEquipment({ skills: ['s/*'], scripts: ['t/*'] }, ['s/a/SKILL.md', 's/a/large.bin', 't/x']);
  const equipment = toEquipment({ commands: {}, chosen }, new Map([['s/a/SKILL.md', bytes('x')]]), place);
  expect([equipment.skills, equipment.scripts, equipment.files]).toEqual([[], [], []]);
  expect(equipment.notes).toHaveLength(2);
});

describe('scripts', () => {
  it('can be run by their names, each name once', () => {
    const texts = { 'tools/scan-a.sh': 'echo a\n', 'other/scan-a.sh': 'echo b\n', 'tools/courier-run': 'x' };
    const equipment = equip(texts, { scripts: ['tools/*', 'other/*'] });
    expect(equipment.scripts).toEqual(['scan-a.sh']);
    expect(equipment.files).toMatchObject([{ path: '/home/user/.courier/bin/scan-a.sh', executable: true }]);
    expect(equipment.notes).toHaveLength(2);
  });
});

it('nothing lies outside of the one folder, whatever names a repository has', () => {
  const segment = fc
    .string({ minLength: 1, maxLength: 8 })
    .filter((text) => !text.includes('/') && !/^\.{1,2}$/.test(text));
  const paths = fc.array(fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('/')));
  fc.assert(
    fc.property(paths, (names) => {
      const texts = Object.fromEntries(
        names.flatMap((name) => [
          [name, 'x'],
          [`${name}/SKILL.md`, 'x'],
        ]),
      );
      const equipment = equip(texts, { skills: ['**'], scripts: ['**'], commands: { build: 'make' } });
      for (const path of pathsIn(equipment))
        expect(path).toMatch(/^\/home\/user\/\.courier\/(?:skills|bin|commands)\/./s);
      for (const path of pathsIn(equipment)) expect(path.split('/')).not.toContain('..');
      expect(new Set(pathsIn(equipment)).size).toBe(pathsIn(equipment).length);
    }),
  );
});

it('the first lines fit, and the others are counted', () => {
  expect(fitLines(['aa', 'bb', 'c'], 6)).toEqual({ kept: ['aa', 'bb'], left: 1 });
  expect(fitLines(['aa', 'bb'], 100)).toEqual({ kept: ['aa', 'bb'], left: 0 });
  expect(fitLines(['a'.repeat(10), 'b'], 5)).toEqual({ kept: [], left: 2 });
});
