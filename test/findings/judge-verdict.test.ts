import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/finding.ts';
import { judgeVerdict, type SaidVerdict } from '../../src/findings/judge-verdict.ts';
import { judgeVerdicts } from '../../src/findings/judge-verdicts.ts';
import { aKnown } from './builders.ts';

const before = 'function find(db, name) {\n  return db.query("select * from users where name = " + name);\n}\n';
const repaired = 'function find(db, name) {\n  return db.query("select * from users where name = ?", [name]);\n}\n';
const quote = 'return db.query("select * from users where name = " + name);';
const proof = { path: 'src/db.js', quote: 'return db.query("select * from users where name = ?", [name]);' };

const finding = aKnown(
  { id: 'F-0000000a' },
  { evidence: [{ path: 'src/db.js', startLine: 2, endLine: 2, quote }], location: { path: 'src/db.js', startLine: 2 } },
);

const said = (over: Partial<SaidVerdict> = {}): SaidVerdict => ({
  known: finding.id,
  verdict: 'fixed',
  evidence: [proof],
  reason: 'The name is bound as a parameter',
  ...over,
});

type Files = Readonly<Record<string, string>>;

function scannedOf(files: Files, renames: readonly (readonly [string, string])[] = []) {
  return { files: new Set(Object.keys(files)), readText: async (path: string) => files[path], renames };
}

const judge = (over: Partial<SaidVerdict>, files: Files, known: Finding = finding) =>
  judgeVerdict(said(over), known, scannedOf(files));

describe('the word of an agent on a known finding', () => {
  it('counts as gone where the code changed and the repaired code is quoted', async () => {
    const { verdict, disbelieved } = await judge({}, { 'src/db.js': repaired });
    expect(disbelieved).toBeUndefined();
    expect(verdict).toMatchObject({ finding: 'F-0000000a', verdict: 'gone', by: 'agent' });
    expect(verdict.proof).toBe(
      'The agent, asked about it, says that it is fixed: The name is bound as a parameter. The code that showed it is no longer in src/db.js.',
    );
    expect(verdict.evidence).toEqual([{ path: 'src/db.js', startLine: 2, endLine: 2, quote: `  ${proof.quote}` }]);
  });

  it('takes a quote without a path to be from the file of the finding', async () => {
    const { verdict } = await judge({ evidence: [{ quote: proof.quote }] }, { 'src/db.js': repaired });
    expect(verdict.verdict).toBe('gone');
  });

  it('counts as gone where the file was removed and nothing like its code is left', async () => {
    const files = { 'src/other.js': 'export {};\n' };
    const { verdict } = await judge({ evidence: [], reason: 'The module was dropped.' }, files);
    expect(verdict).toMatchObject({ verdict: 'gone' });
    expect(verdict.proof).toContain('The file src/db.js that showed it is no longer there.');
  });

  it('follows a file that was renamed', async () => {
    const moved = scannedOf({ 'src/users.js': repaired }, [['src/db.js', 'src/users.js']]);
    const there = { evidence: [{ ...proof, path: 'src/users.js' }] };
    expect((await judgeVerdict(said(there), finding, moved)).verdict.verdict).toBe('gone');
    const unchanged = scannedOf({ 'src/users.js': before }, [['src/db.js', 'src/users.js']]);
    expect((await judgeVerdict(said(there), finding, unchanged)).verdict.verdict).toBe('inconclusive');
  });

  const twoQuotes = {
    ...finding,
    evidence: [...finding.evidence, { path: 'src/route.js', quote: 'find(db, request.query.name)' }],
  };

  it('tells which of its other quotes still stand', async () => {
    const files = { 'src/db.js': repaired, 'src/route.js': 'find(db, request.query.name);\n' };
    expect((await judge({}, files, twoQuotes)).verdict.proof).toMatch(/1 other quote of it still stands\.$/);
  });

  const noQuotes: Finding = { ...finding, evidence: [] };
  const byCheck: Finding = { ...finding, origin: { kind: 'check', name: 'lint', rule: 'no-sql' } };
  const redacted: Finding = { ...finding, evidence: [{ path: 'src/db.js', quote: 'const key = "***";' }] };
  const onlySecret: Finding = { ...finding, evidence: [{ path: 'src/db.js', quote: '***' }] };
  const numbered: Finding = { ...finding, evidence: [{ path: 'src/db.js', quote: `2: ${quote}\n...\n3: }` }] };

  it.each<[string, Partial<SaidVerdict>, Files, Finding, RegExp]>([
    ['the code is unchanged', {}, { 'src/db.js': before }, finding, /quoted code is still there, in src\/db\.js/],
    ['only white space changed', {}, { 'src/db.js': before.replaceAll(' ', '   ') }, finding, /still there/],
    ['the code is there besides the repaired one', {}, { 'src/db.js': before + repaired }, finding, /still there/],
    [
      'invisible characters were put into it',
      {},
      { 'src/db.js': before.replace('name);', 'na\u200bme);') },
      finding,
      /still there/,
    ],
    [
      'the code moved to another file',
      {},
      { 'src/db.js': repaired, 'src/old.js': before },
      finding,
      /still there, in src\/old\.js/,
    ],
    [
      'the file moved, and nobody knows',
      { evidence: [] },
      { 'lib/db.js': before },
      finding,
      /still there, in lib\/db\.js/,
    ],
    ['the file is gone, and nothing is said about it', { evidence: [], reason: '' }, {}, finding, /does not say why/],
    ['nothing is quoted', { evidence: [] }, { 'src/db.js': repaired }, finding, /quotes no code as proof/],
    [
      'what is quoted is made up',
      { evidence: [{ path: 'src/db.js', quote: 'safe(name)' }] },
      { 'src/db.js': repaired },
      finding,
      /not in src\/db\.js/,
    ],
    [
      'what is quoted is of another file',
      { evidence: [{ path: 'a.js', quote: 'export {}' }] },
      { 'src/db.js': repaired, 'a.js': 'export {}' },
      finding,
      /not in src\/db\.js/,
    ],
    ['nothing was quoted when it was found', {}, { 'src/db.js': repaired }, noQuotes, /no code is on record/],
    ['a check raised it', {}, { 'src/db.js': repaired }, byCheck, /only that check decides/],
    [
      'the record hides a secret, and the code around it stands',
      {},
      { 'src/db.js': `const key = "abc";\n${repaired}` },
      redacted,
      /still there/,
    ],
    ['the record hides all of it', {}, { 'src/db.js': repaired }, onlySecret, /no code is on record/],
    ['the record has line numbers and leaves lines out', {}, { 'src/db.js': before }, numbered, /still there/],
  ])('does not count as gone where %s', async (_case, over, files, known, reason) => {
    const { verdict, disbelieved } = await judge(over, files, known);
    expect(verdict).toMatchObject({ verdict: 'inconclusive', by: 'agent', evidence: [] });
    expect(disbelieved).toMatch(reason);
    expect(verdict.proof).toBe(disbelieved);
  });

  it('does not count as gone where its file cannot be read', async () => {
    const unreadable = { files: new Set(['src/db.js']), readText: async () => undefined, renames: [] };
    expect((await judgeVerdict(said(), finding, unreadable)).disbelieved).toMatch(/cannot be read/);
  });

  it('counts as present with a quote that stands in the files, and not without', async () => {
    const there = { verdict: 'present', evidence: [{ path: 'src/db.js', quote }] } as const;
    expect((await judge(there, { 'src/db.js': before })).verdict).toMatchObject({ verdict: 'present' });
    const { verdict, disbelieved } = await judge({ ...there, evidence: [] }, { 'src/db.js': before });
    expect(verdict.verdict).toBe('inconclusive');
    expect(disbelieved).toMatch(/quotes no code/);
  });

  it('is inconclusive where it could not tell', async () => {
    const { verdict, disbelieved } = await judge(
      { verdict: 'unsure', reason: 'Too many callers' },
      { 'src/db.js': repaired },
    );
    expect(verdict).toMatchObject({ verdict: 'inconclusive', proof: 'The agent could not tell: Too many callers.' });
    expect(disbelieved).toBeUndefined();
  });

  it('never closes a finding whose code is unchanged, whatever is written', async () => {
    const line = fc.string({ minLength: 8, maxLength: 60 }).filter((text) => /[a-z]{3}/i.test(text));
    const evidence = fc.array(
      fc.record({
        path: fc.constantFrom('src/db.js', 'a.js', 'b.js'),
        quote: fc.oneof(line, fc.constant(quote), fc.constant(proof.quote)),
      }),
      { maxLength: 4 },
    );
    const place = fc.constantFrom('src/db.js', 'src/moved.js', 'deep/down/db.js');
    const around = fc.array(line, { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(evidence, place, around, around, fc.string(), async (quotes, path, head, tail, reason) => {
        const files = { [path]: [...head, before, ...tail].join('\n'), 'a.js': repaired, 'b.js': head.join('\n') };
        const { verdict } = await judge({ evidence: quotes, reason }, files);
        expect(verdict.verdict).not.toBe('gone');
      }),
      { numRuns: 300 },
    );
  });
});

describe('the words of an agent on several findings', () => {
  const other = { ...finding, id: 'F-0000000b' };
  const closed: Finding = { ...finding, id: 'F-0000000c', state: 'resolved' };
  const known = [finding, other, closed];
  const files = scannedOf({ 'src/db.js': repaired });

  it('lists those on unknown and on resolved findings as rejected', async () => {
    const words = [said({ known: 'F-zzzzzzzz' }), said({ known: closed.id })];
    expect(await judgeVerdicts({ said: words, asked: [], whole: true }, known, files)).toEqual({
      verdicts: [],
      rejected: [
        { title: 'Verdict on F-zzzzzzzz', reason: 'There is no known finding of this id.' },
        { title: 'Verdict on F-0000000c', reason: 'The finding is resolved: there is nothing to decide.' },
      ],
    });
  });

  it('takes the last one on each', async () => {
    const words = [said(), said({ verdict: 'unsure' })];
    const { verdicts } = await judgeVerdicts({ said: words, asked: [], whole: true }, known, files);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['inconclusive']);
  });

  it('believes no end where the agent did not come to its own, and says so', async () => {
    const { verdicts, rejected } = await judgeVerdicts({ said: [said()], asked: [], whole: false }, known, files);
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(['inconclusive']);
    expect(rejected[0]?.reason).toMatch(/read only in part/);
  });

  it('notes who was asked about and got no answer, after a whole scan only', async () => {
    const asked = [finding.id, other.id];
    const { verdicts } = await judgeVerdicts({ said: [said()], asked, whole: true }, known, files);
    expect(verdicts).toMatchObject([
      { finding: finding.id, verdict: 'gone' },
      { finding: other.id, verdict: 'inconclusive', proof: 'The agent was asked about it and did not say.' },
    ]);
    expect((await judgeVerdicts({ said: [], asked, whole: false }, known, files)).verdicts).toEqual([]);
  });
});
