import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { comparedLines } from '../../src/coverage/file-facts.ts';
import { createLineMatcher } from '../../src/coverage/match-lines.ts';
import { indexShown } from '../../src/coverage/shown-lines.ts';
import { createGitRepository, type GitRepository } from '../fakes/git-repository.ts';

const licence = Array.from({ length: 12 }, (_, line) => `// Licence clause ${line}: as is, without warranty`);

function aModule(name: string, length: number): string {
  const body = Array.from({ length }, (_, line) =>
    line % 7 === 3 ? ['', '}', '  });'][line % 3] : `  const ${name}${line} = compute(${line * 31}, '${name}');`,
  );
  return `${[...licence, '', "import { compute } from './compute.ts';", '', ...body].join('\n')}\n`;
}

const files: Readonly<Record<string, string>> = {
  'src/orders.ts': aModule('order', 200),
  'src/users.ts': aModule('user', 90),
  'src/deep/orders.ts': aModule('deep', 40),
  'README.md': '# Shop\n\nIt sells things to people who want them.\n',
  '.npmrc': 'save=1\n',
};

/** What each command's output shows, as ranges by path. */
function see(commands: readonly { command: string; output: string }[], of = files) {
  const matcher = createLineMatcher(indexShown(commands));
  for (const [path, text] of Object.entries(of)) matcher.take(path, comparedLines(text));
  return Object.fromEntries(matcher.settle());
}

describe('what of a file a command showed', () => {
  let repository: GitRepository;
  beforeAll(() => {
    repository = createGitRepository(files);
  });
  afterAll(() => repository.remove());

  function run(command: string) {
    const output = execFileSync('bash', ['-c', command], { cwd: repository.root, encoding: 'utf8' });
    return { command, output: `exit code 0\n${output}` };
  }

  const whole = [[1, 215]];
  it.each([
    ['cat src/orders.ts', { 'src/orders.ts': whole }],
    ['cat -n src/orders.ts', { 'src/orders.ts': whole }],
    ['nl -ba src/orders.ts', { 'src/orders.ts': whole }],
    ['nl src/orders.ts', { 'src/orders.ts': whole }],
    ['awk \'{print NR": "$0}\' src/orders.ts', { 'src/orders.ts': whole }],
    ["awk '{print NR, $0}' src/orders.ts", { 'src/orders.ts': whole }],
    ['grep -n "" src/orders.ts', { 'src/orders.ts': whole }],
    ['grep -rn "" src/orders.ts src/users.ts', { 'src/orders.ts': whole, 'src/users.ts': [[1, 105]] }],
    ['cd src && cat o*.ts', { 'src/orders.ts': whole }],
    ['find src/deep -type f | xargs cat', { 'src/deep/orders.ts': [[1, 55]] }],
    ["sed -n '100,120p' src/orders.ts", { 'src/orders.ts': [[100, 120]] }],
    ['head -40 src/orders.ts | tail -5', { 'src/orders.ts': [[36, 40]] }],
    ['tail -n 10 src/users.ts', { 'src/users.ts': [[96, 105]] }],
    ['head -n 30 src/orders.ts src/users.ts', { 'src/orders.ts': [[1, 30]], 'src/users.ts': [[1, 30]] }],
    ['grep -n "user42 " src/users.ts', { 'src/users.ts': [[58, 58]] }],
    ['grep -rn -C1 "user43 " src', { 'src/users.ts': [[58, 61]] }],
    ['git log --format=%s; cat ./README.md', { 'README.md': [[1, 3]] }],
    ['cat .npmrc', { '.npmrc': [[1, 1]] }],
    ['git show HEAD -- src/deep/orders.ts', { 'src/deep/orders.ts': [[1, 55]] }],
  ])('%s', (command, expected) => {
    expect(see([run(command)])).toEqual(expected);
  });

  it.each(['ls -R', 'wc -l src/*.ts', 'grep -rl compute src', 'find . -name "*.ts"', 'git log', 'echo orders.ts'])(
    'of nothing: %s',
    (command) => {
      expect(see([run(command)])).toEqual({});
    },
  );

  it('adds up over commands, and takes a cut output for what it shows', () => {
    const { output } = run('cat src/orders.ts');
    const lines = output.split('\n');
    const cut = [...lines.slice(0, 51), '[… 2000 characters cut: narrow the command …]', ...lines.slice(-21)].join(
      '\n',
    );
    const seen = see([{ command: 'cat src/orders.ts', output: cut }, run("sed -n '51,80p' src/orders.ts")]);
    expect(seen).toEqual({
      'src/orders.ts': [
        [1, 80],
        [196, 215],
      ],
    });
  });

  it('gives what many files share to the one around it, and to nobody where nothing tells whose it is', () => {
    const many = { ...files, ...Object.fromEntries([1, 2, 3, 4].map((n) => [`lib/${n}.ts`, aModule(`m${n}x`, 20)])) };
    expect(see([run('cat src/users.ts')], many)).toEqual({ 'src/users.ts': [[1, 105]] });
    expect(see([{ command: 'make', output: licence.join('\n') }], many)).toEqual({});
    expect(see([{ command: 'head -12 lib/3.ts', output: licence.join('\n') }], many)).toEqual({
      'lib/3.ts': [[1, 13]],
    });
  });

  it('does not take lines of a file that is another by now for a look at it', () => {
    const changed = files['src/users.ts']?.replaceAll('compute', 'computed') ?? '';
    const seen = see([run('cat src/users.ts')], { ...files, 'src/users.ts': changed });
    expect(seen['src/users.ts']?.every(([, to]) => to <= 15) ?? true).toBe(true);
  });
});

it('finds exactly the lines of any slice of real code', () => {
  const path = 'src/agents/prompt.ts';
  const text = readFileSync(path, 'utf8');
  const lines = text.split('\n').slice(0, -1);
  const place = fc.integer({ min: 1, max: lines.length - 8 });
  fc.assert(
    fc.property(place, fc.integer({ min: 6, max: 60 }), fc.boolean(), (from, length, isNumbered) => {
      const slice = lines.slice(from - 1, from - 1 + length);
      const output = slice.map((line, index) => (isNumbered ? `${from + index}\t${line}` : line)).join('\n');
      const seen = see([{ command: 'x', output }], { [path]: text });
      const isIn = (line: number) => (seen[path] ?? []).some(([first, last]) => first <= line && line <= last);
      lines.forEach((line, index) => {
        const isShown = index + 1 >= from && index + 1 < from + slice.length;
        const isTelling = line.trim().length > 30;
        if (isShown && isTelling) expect(isIn(index + 1)).toBe(true);
        const occursOnce = lines.filter((other) => other.trim() === line.trim()).length === 1;
        if (!isShown && line.trim() !== '' && occursOnce) expect(isIn(index + 1)).toBe(false);
      });
    }),
    { numRuns: 60 },
  );
});
