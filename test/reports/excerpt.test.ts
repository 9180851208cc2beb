import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codeLines } from '../../src/reports/code-lines.ts';
import { toExcerpts } from '../../src/reports/excerpt.ts';

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`).join('\n');
const at = (startLine: number, more = {}) => ({ path: 'a.js', startLine, quote: `line ${startLine}`, ...more });
const file = (text: string) => ({ path: 'a.js', text });
const textOf = (excerpts: ReturnType<typeof toExcerpts>) => excerpts.flatMap((excerpt) => excerpt.lines).join('\n');

describe('excerpts', () => {
  it('hold four lines on either side, and no line that is not there', () => {
    expect(toExcerpts(file(lines(40)), [at(20)])).toEqual([
      { path: 'a.js', startLine: 16, lines: Array.from({ length: 9 }, (_, index) => `line ${16 + index}`) },
    ]);
    const [start, end] = toExcerpts(file(lines(40)), [at(2), at(40)]);
    expect([start?.startLine, start?.lines.length]).toEqual([1, 6]);
    expect([end?.startLine, end?.lines.length]).toEqual([36, 5]);
  });

  it('join where they meet', () => {
    expect(
      toExcerpts(file(lines(40)), [at(19), at(10)]).map(({ startLine, lines: { length } }) => [startLine, length]),
    ).toEqual([[6, 18]]);
    expect(toExcerpts(file(lines(40)), [at(10), at(20)])).toHaveLength(2);
  });

  it('leave out places of other files, without lines, or behind the end', () => {
    expect(toExcerpts(file(lines(5)), [at(2, { path: 'b.js' }), { path: 'a.js' }, at(6)])).toEqual([]);
  });

  it('cut long lines and keep the quote in sight', () => {
    const text = `${'x'.repeat(5000)}eval(input)${'y'.repeat(5000)}`;
    const [excerpt] = toExcerpts(file(text), [at(1, { quote: 'eval(input)' })]);
    expect(excerpt?.lines[0]).toContain('eval(input)');
    expect(excerpt?.lines[0]?.length).toBeLessThanOrEqual(241);
    expect(toExcerpts(file('z'.repeat(999)), [at(1, { quote: 'z' })])[0]?.lines[0]).toHaveLength(240);
  });

  it('bound a highlight that would show a whole file', () => {
    expect(toExcerpts(file(lines(500)), [at(1, { endLine: 500 })])[0]?.lines).toHaveLength(44);
  });
});

describe('masked secrets', () => {
  const secret = 'AKIAQ3EGRTZ5EXAMPLE7';
  const text = ['a', 'b', `  key: '${secret}',`, "  other: 'hunter2hunter2',", `log('${secret}')`, 'c', 'd'].join('\n');

  it('are shown as quoted, indented as in the file, and without the neighbours', () => {
    const excerpts = toExcerpts(file(text), [at(3, { quote: "key: '***'," })]);
    expect(excerpts).toEqual([{ path: 'a.js', startLine: 3, lines: ["  key: '***',"] }]);
  });

  it('stay masked in the context of another finding, in every line', () => {
    const shown = textOf(toExcerpts(file(text), [at(3, { quote: "key: '***'," }), at(6)]));
    expect(shown).not.toContain(secret);
    expect(shown).toContain("key: '***'");
    expect(shown).toContain("log('***')");
  });

  it('stay masked when the quote names no line, or a wrong one', () => {
    for (const startLine of [undefined, 1]) {
      const masked = { path: 'a.js', quote: "key: '***',", startLine };
      expect(textOf(toExcerpts(file(text), [masked, at(6)]))).not.toContain(secret);
    }
  });

  it('stay masked over several lines', () => {
    const key = '-----BEGIN KEY-----\nMIIEabcdefgh\nijklmnopqrst\n-----END KEY-----\nrest';
    const masked = at(1, { endLine: 4, quote: '-----BEGIN KEY-----***' });
    const shown = textOf(toExcerpts(file(key), [masked, at(5)]));
    expect(shown).not.toMatch(/MIIE|ijkl|END/);
    expect(shown).toContain('rest');
  });

  it('never show the secret, wherever it stands and whatever else is quoted', () => {
    const word = fc.stringMatching(/^[A-Za-z0-9+/]{12,40}$/);
    const other = fc.integer({ min: 1, max: 9 });
    fc.assert(
      fc.property(word, other, fc.array(other, { maxLength: 4 }), (token, line, others) => {
        const all = Array.from({ length: 9 }, (_, index) =>
          index % 3 === line % 3 ? `const k = "${token}";` : 'code();',
        );
        const at_ = all.findIndex((candidate) => candidate.includes(token)) + 1;
        const places = [at(at_, { quote: 'const k = "***";' }), ...others.map((number) => at(number))];
        expect(textOf(toExcerpts(file(all.join('\n')), places))).not.toContain(token);
      }),
    );
  });
});

describe('code lines', () => {
  it('mark the place within its excerpt', () => {
    const excerpts = toExcerpts(file(lines(40)), [at(10, { endLine: 11 }), at(15)]);
    const shown = codeLines(excerpts, at(10, { endLine: 11 }));
    expect(shown.map(({ number }) => number)).toEqual([6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(shown.filter(({ highlighted }) => highlighted).map(({ number }) => number)).toEqual([10, 11]);
  });

  it('fall back to the quote', () => {
    expect(codeLines([], at(7, { quote: 'one\ntwo\n' }))).toEqual([
      { number: 7, text: 'one', highlighted: false },
      { number: 8, text: 'two', highlighted: false },
    ]);
    expect(codeLines([], { path: 'a.js' })).toEqual([]);
  });

  it('spell out characters that would show other code than a compiler reads', () => {
    const [line] = codeLines([], at(1, { quote: 'if (admin\u202E \u2066// ok\u2069) {' }));
    expect(line?.text).toBe('if (admin‹U+202E› ‹U+2066›// ok‹U+2069›) {');
  });
});
